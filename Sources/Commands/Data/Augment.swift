import Language
import Scenes
import Workbench

struct Augment: Command {
  static let summary = "Change colours and mirror at random, each label moving with its image."
  static let category = Category.data
  static let isStored = false
  static let usesSeed = false
  static let searchTerms = ["jitter", "flip", "contrast", "saturation", "brightness", "mirror"]
  static let examples = [
    Example("augment", shows: .dataset, after: ["load dataset"]),
    Example("augment contrast=0.8..1.2 hue=0.02", shows: .dataset, after: ["load dataset"]),
    Example("augment p=2", fails: "must lie in 0...1", after: ["load dataset"]),
  ]

  @Input("images to vary", latest: .source) var source: DatasetValue
  @Setting("probability that an image is changed", in: 0...1) var p = 0.5
  @Setting("factors of contrast", in: 0...10) var contrast = 0.5...1.5
  @Setting("factors of saturation", in: 0...10) var saturation = 0.5...1.5
  @Setting("factors of brightness", in: 0...10) var brightness = 1.0...1.0
  @Setting("largest shift of hue either way, as a share of the colour circle", in: 0...0.5) var hue = 0.0
  @Setting("probability that a changed image is mirrored", in: 0...1) var flip = 1.0
  @Choice("what becomes of the label of a mirrored image") var labels = MirroredLabels.move
  @Choice(Profile.summary, for: .display) var profile: Profile?

  static let additions: Set<String> = ["labels"]
  static let reference: String? = "the paper's row with augmentation: contrast, saturation and flip with probability 0.5"
  static let seeAlso = ["fda", "show", "train"]

  func usual(_ context: Context) -> [String: Literal] { Augment.fallbacks.filter { Augment.additions.contains($0.key) } }

  /// The paper gives no ranges: it has the defaults, said explicitly. The code's flip is sure within its probability of a half.
  var presets: [String: Term] {
    switch profile {
    case nil: [:]
    case .paper: ["p": Term(.number(0.5)), "contrast": Term(.range(0.5, 1.5)), "saturation": Term(.range(0.5, 1.5)), "labels": Term(word: "move")]
    case .repo: ["p": Term(.number(0.5)), "contrast": Term(.range(2, 6)), "saturation": Term(.range(1, 4)), "labels": Term(word: "still")]
    }
  }

  func explanation(_ context: Context) throws -> [Phrase] {
    let source = try dataset(source, $source)
    return (profile.map { [$0.words(presets)] } ?? []) + [
      "of \(counted(source.count, "image")) about \(Number(p * Double(source.count), places: 0)) are changed in an epoch, different ones each time",
      "about \(Number(p * flip * Double(source.count), places: 0)) of them are mirrored \(labels == .move ? "with their labels" : "and their labels are not, as in the authors' code: those teach the wrong places")",
    ]
  }

  /// Images are read when they are looked at.
  func outline(_ context: Context) throws -> DatasetValue? { try run(context) }

  func run(_ context: Context) throws -> DatasetValue {
    let source = try dataset(source, $source)
    func floats(_ range: ClosedRange<Double>) -> ClosedRange<Float> { Float(range.lowerBound)...Float(range.upperBound) }
    let augmentation = Augmentation(
      probability: Float(p), brightness: floats(brightness), contrast: floats(contrast), saturation: floats(saturation),
      hue: Float(-hue)...Float(hue), flip: Float(flip), movesLabels: labels == .move)
    return DatasetValue(source.augmented(by: augmentation))
  }
}

/// The words for ``Augmentation/movesLabels``.
enum MirroredLabels: String, CaseIterable, Sendable, ExplainedChoice {
  case move, still

  var explanation: String {
    switch self {
    case .move: "it is mirrored too"
    case .still: "it stays as it is, which is the error of the paper's authors' code"
    }
  }
}
