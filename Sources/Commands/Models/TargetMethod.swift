import Adaptation
import Language
import Workbench

/// What `toward=` adds to a training. `train` knows of a method what is declared here and nothing else: which settings are checked, filled in
/// and explained, what is cited, and what is shown as an example follow from it.
enum TargetMethod: String, CaseIterable, Sendable {
  case adversary, entropy, teacher

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
    case .teacher:
      TargetMethodDeclaration(
        TeacherObjective.self, noun: "mean teacher",
        explanation: "self-training (DACS): a moving average of the network labels target images, which the network learns mixed with source images",
        source: "Tranheden et al., WACV 2021", settings: ["mixed", "threshold", "alpha", "jitter", "blur"], derived: { steps in ["alpha": TeacherObjective.alphaWords(steps)] }
      ) { settings in
        let jitter = Float(settings.jitter), blurs = settings.blur
        return TeacherObjective(weight: Float(settings.mixed), threshold: Float(settings.threshold), alpha: settings.alpha) {
          MixDraw.drawn(for: $0, jitter: jitter, blurs: blurs)
        }
      }
    }
  }
}

/// The settings of all methods, which are parameters of `train`.
struct TargetSettings: ParameterGroup {
  @Setting("weight of the adversarial loss", in: 0...10) var adversarial = 0.001
  @Setting("Adam's first rate for the discriminator", in: 0...1) var dlr = 1e-4
  @Setting("weight of the entropy loss, with method=entropy", in: 0...10) var entropy = 0.001
  @Setting("weight of the loss on mixed images, with method=teacher; 0 is its control", in: 0...10) var mixed = 1.0
  @Setting("with method=teacher: the probability from which the teacher is confident of a pixel; with 1 no pixel of the target counts", in: 0...1)
  var threshold = 0.968
  @Setting("with method=teacher: what of the teacher stays in a step; by default it averages over 3 % of the steps", in: 0...0.9999) var alpha: Double?
  @Setting("with method=teacher: how far the colours of mixed images are changed at most", in: 0...0.5) var jitter = 0.25
  @Setting("with method=teacher: whether the mixed images of every second step are blurred") var blur = true
}

extension TeacherObjective {
  /// For `explain`.
  fileprivate static func alphaWords(_ steps: Int) -> String {
    let alpha = alpha(steps: steps)
    return "\(Literal.spelled((1e4 * alpha).rounded() / 1e4)), an average over \(max(Int((1 / (1 - alpha)).rounded()), 1)) of \(counted(steps, "step"))"
  }
}
