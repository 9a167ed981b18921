import Adaptation
import Language
import Segmentation
import Tensors
import Workbench

/// What `toward=` adds to a training. `train` knows of a method what is declared here and nothing else: which settings are checked, filled in
/// and explained, what is cited, and what is shown as an example follow from it.
enum TargetMethod: String, CaseIterable, Sendable {
  case adversary, advent, entropy, teacher

  /// What `method=` is by default.
  static let usual = TargetMethod.adversary

  var declaration: TargetMethodDeclaration {
    switch self {
    case .adversary:
      TargetMethodDeclaration(
        AdversarialObjective.self, noun: "adversary",
        explanation: "a discriminator, whose gradient makes the target's output look like the source's", source: "Tsai et al., CVPR 2018",
        settings: ["adversarial", "dlr", "gan", "auxiliary", "discriminator"]
      ) { $0.adversary(reading: .probabilities) }
    case .advent:
      TargetMethodDeclaration(
        AdversarialObjective.self, noun: "adversary on entropy maps", explanation: "an adversary whose discriminator reads weighted self-information (AdvEnt)",
        source: "Vu et al., CVPR 2019", settings: ["adversarial", "dlr", "gan", "auxiliary", "discriminator"]
      ) { $0.adversary(reading: .information) }
    case .entropy:
      TargetMethodDeclaration(
        EntropyObjective.self, noun: "entropy loss", explanation: "entropy minimisation (MinEnt): the network becomes certain about the target",
        source: "Vu et al., CVPR 2019", settings: ["entropy", "penalty"]
      ) { EntropyObjective(weight: Float($0.entropy), penalty: $0.penalty == .linear ? .linear : .robust()) }
    case .teacher:
      TargetMethodDeclaration(
        TeacherObjective.self, noun: "mean teacher",
        explanation: "self-training (DACS): a moving average of the network labels target images, which the network learns mixed with source images",
        source: "Tranheden et al., WACV 2021", settings: ["mixed", "threshold", "alpha", "jitter", "blur", "masked", "hidden", "block"], derived: { steps in ["alpha": TeacherObjective.alphaWords(steps)] }
      ) { settings in
        let jitter = Float(settings.jitter), blurs = settings.blur
        let masked = settings.masked > 0 ? MaskedConsistency(weight: Float(settings.masked), hidden: Float(settings.hidden), block: settings.block) : nil
        return TeacherObjective(weight: Float(settings.mixed), threshold: Float(settings.threshold), alpha: settings.alpha, masked: masked) {
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
  @Choice("the adversary's loss") var gan = AdversaryLoss.vanilla
  @Setting("weight of the adversarial loss on each auxiliary output, which then has a discriminator of its own; 0.0002 is usual, and by default there are none", in: 0...10)
  var auxiliary = 0.0
  @Choice("the adversary's network") var discriminator = DiscriminatorForm.full
  @Setting("weight of the entropy loss, with method=entropy", in: 0...10) var entropy = 0.001
  @Choice("with method=entropy: what the entropy of a pixel adds") var penalty = EntropyPenalty.linear
  @Setting("weight of the loss on mixed images, with method=teacher; 0 is its control", in: 0...10) var mixed = 1.0
  @Setting("with method=teacher: the probability from which the teacher is confident of a pixel; with 1 no pixel of the target counts", in: 0...1)
  var threshold = 0.968
  @Setting("with method=teacher: what of the teacher stays in a step; by default it averages over 3 % of the steps", in: 0...0.9999) var alpha: Double?
  @Setting("with method=teacher: how far the colours of mixed images are changed at most", in: 0...0.5) var jitter = 0.25
  @Setting("with method=teacher: whether the mixed images of every second step are blurred") var blur = true
  @Setting("with method=teacher: weight of the loss on target images with blocks hidden (MIC, CVPR 2023, with 1); by default there are none", in: 0...10) var masked = 0.0
  @Setting("with masked=: the share of blocks that are hidden", in: 0...1) var hidden = 0.7
  @Setting("with masked=: the side of a block in pixels; a sixteenth of the longer side", in: 1...8192) var block: Int?
}

extension TargetSettings {
  fileprivate func adversary(reading input: AdversaryForm.Input) -> AdversarialObjective {
    AdversarialObjective(
      weight: Float(adversarial), auxiliary: Float(auxiliary), rate: Float(dlr), form: .init(loss: gan.loss, input: input, discriminator: discriminator.form))
  }
}

extension TeacherObjective {
  /// For `explain`.
  fileprivate static func alphaWords(_ steps: Int) -> String {
    let alpha = alpha(steps: steps)
    return "\(Literal.spelled((1e4 * alpha).rounded() / 1e4)), an average over \(max(Int((1 / (1 - alpha)).rounded()), 1)) of \(counted(steps, "step"))"
  }
}

/// The words for ``AdversaryForm/Loss``.
enum AdversaryLoss: String, CaseIterable, Sendable, ExplainedChoice {
  case vanilla, ls

  var loss: AdversaryForm.Loss { self == .vanilla ? .vanilla : .squares }

  var explanation: String {
    switch self {
    case .vanilla: "binary cross-entropy"
    case .ls: "squared differences (least-squares GAN), with which adversarial=0.01 is usual"
    }
  }
}

/// The words for ``Discriminator/Form``.
enum DiscriminatorForm: String, CaseIterable, Sendable, ExplainedChoice {
  case full, light

  var form: Discriminator.Form { self == .full ? .full : .light }

  var explanation: String {
    switch self {
    case .full: "five 4x4 convolutions (Tsai et al.)"
    case .light: "four of them as depthwise and 1x1 convolutions: a fifteenth of the arithmetic"
    }
  }
}

enum EntropyPenalty: String, CaseIterable, Sendable, ExplainedChoice {
  case linear, robust

  var explanation: String {
    switch self {
    case .linear: "itself"
    case .robust: "its Charbonnier penalty, which leaves certain pixels alone (Yang and Soatto, CVPR 2020, with entropy=0.005)"
    }
  }
}
