import Adaptation
import Workbench

/// What `toward=` adds to a training. `train` knows of a method what is declared here and nothing else: which settings are checked, filled in
/// and explained, what is cited, and what is shown as an example follow from it.
enum TargetMethod: String, CaseIterable, Sendable {
  case adversary, entropy

  /// What `method=` is by default.
  static let usual = TargetMethod.adversary

  var declaration: TargetMethodDeclaration {
    switch self {
    case .adversary:
      TargetMethodDeclaration(
        AdversarialObjective.self, noun: "adversary",
        explanation: "a discriminator, whose gradient makes the target's output look like the source's", source: "Tsai et al., CVPR 2018",
        settings: ["adversarial", "dlr"]
      ) { AdversarialObjective(weight: Float($0.adversarial), rate: Float($0.dlr)) }
    case .entropy:
      TargetMethodDeclaration(
        EntropyObjective.self, noun: "entropy loss", explanation: "entropy minimisation (MinEnt): the network becomes certain about the target",
        source: "Vu et al., CVPR 2019", settings: ["entropy"]
      ) { EntropyObjective(weight: Float($0.entropy)) }
    }
  }
}

/// The settings of all methods, which are parameters of `train`.
struct TargetSettings: ParameterGroup {
  @Setting("weight of the adversarial loss", in: 0...10) var adversarial = 0.001
  @Setting("Adam's first rate for the discriminator", in: 0...1) var dlr = 1e-4
  @Setting("weight of the entropy loss, with method=entropy", in: 0...10) var entropy = 0.001
}
