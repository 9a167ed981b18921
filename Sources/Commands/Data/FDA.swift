import Adaptation
import Imaging
import Language
import Scenes
import Workbench

struct FDA: Command {
  static let summary = "Give images the target's style by swapping low frequencies (Fourier domain adaptation)."
  static let category = Category.data
  /// 2: few frequencies are computed without a transform of the whole, which rounds otherwise. 3: with half the products.
  static let version = 3
  static let isStored = false
  static let usesSeed = false
  static let searchTerms = ["fourier", "style", "amplitude", "spectrum", "restyle"]
  static let examples = [
    Example("fda beta=0.05", shows: .dataset, after: ["load dataset"]),
    Example("fda beta=1% window=corners", shows: .dataset, after: ["load dataset"]),
    Example("fda beta=2", fails: "must lie in 0...0.5", after: ["load dataset"]),
  ]

  @Input("images to restyle", latest: .source) var source: DatasetValue
  @Input("where the style comes from", latest: .target) var toward: DatasetValue
  @Setting("half the window's side over the shorter image side", in: 0...0.5) var beta = 0.01
  @Choice("which frequencies are swapped") var window = FourierWindow.square
  @Choice(Profile.summary, for: .display) var profile: Profile?

  static let foundations = Versions.arithmetic
  static let reference: String? = "the paper, equation (5) and figure 3; Yang and Soatto, CVPR 2020"
  static let seeAlso = ["spectrum", "show", "train", "ensemble"]

  /// Equation (5) is a rectangle, a share of either side; the code swaps a square.
  var presets: [String: Term] { profile.map { ["window": Term(word: ($0 == .paper ? FourierWindow.paper : .square).rawValue)] } ?? [:] }

  func explanation(_ context: Context) throws -> [Phrase] {
    let source = try dataset(source, $source), toward = try dataset(toward, $toward)
    let style = toward.count(of: .train) > 0 ? try toward.train : toward
    return (profile.map { [$0.words(presets)] } ?? []) + [
      "\(words(source)) of each image, when it is read",
      "where train crops, of each crop: fewer, because beta is a share of the crop's own side; `show` with crop= shows it",
      "each time with the amplitudes of another of the \(style.count) training images of \($toward?.text ?? toward.title)",
    ]
  }

  /// Images are read when they are looked at.
  func outline(_ context: Context) throws -> DatasetValue? { try run(context) }

  /// What it swaps of whole images, of the size that most have.
  private func words(_ source: Dataset) -> String {
    let sizes = source.sizes, words = FourierAdaptation(beta: beta, window: window).describe(sizes[0])
    return sizes.count == 1 ? words : "\(words), and by the same share of \(counted(sizes.count - 1, "other size"))"
  }

  func run(_ context: Context) throws -> DatasetValue {
    let source = try dataset(source, $source), toward = try dataset(toward, $toward)
    // Style is learnt from images that may be trained on; the others judge.
    let style = toward.count(of: .train) > 0 ? try toward.train : toward
    let adaptation = FourierAdaptation(beta: beta, window: window)
    return DatasetValue(
      source.restyled(by: FourierStyle(adaptation, toward: style)), remark: "\(words(source)), toward \(toward.title)")
  }
}
