import Adaptation
import Language
import Scenes
import Workbench

struct LAB: Command {
  static let summary = "Give images the target's colours: mean and deviation of each channel of CIE L*a*b* (colour transfer)."
  static let category = Category.data
  static let isStored = false
  static let usesSeed = false
  static let searchTerms = ["colour", "color", "transfer", "style", "reinhard", "restyle", "cielab", "statistics"]
  static let examples = [
    Example("lab", shows: .dataset, after: ["load dataset"]),
    Example("lab few toward=d.target", shows: .dataset, after: Samples.data),
    Example("lab", fails: "nothing to take"),
  ]

  @Input("images to restyle", latest: .source) var source: DatasetValue
  @Input("where the colours come from", latest: .target) var toward: DatasetValue

  static let foundations = Versions.arithmetic
  static let reference: String? = "Reinhard et al., 2001; He et al., CVPR 2021"
  static let seeAlso = ["fda", "augment", "show", "train"]

  func check(_ context: Context) throws {
    _ = try dataset(source, $source)
    _ = try dataset(toward, $toward)
  }

  func explanation(_ context: Context) throws -> [Phrase] {
    let style = try style()
    return [
      "the mean and the deviation of lightness and both colours of each image, when it is read",
      "where train crops, of each crop",
      "each time those of another of the \(style.count) training images of \($toward?.text ?? style.title)",
    ]
  }

  /// Images are read when they are looked at.
  func outline(_ context: Context) throws -> DatasetValue? { try run(context) }

  func run(_ context: Context) throws -> DatasetValue {
    let source = try dataset(source, $source), toward = try dataset(toward, $toward)
    return DatasetValue(source.restyled(by: ColourStyle(toward: try style())), remark: "mean and deviation in L*a*b*, toward \(toward.title)")
  }

  /// Colours are learnt from images that may be trained on; the others are for evaluation.
  private func style() throws -> Dataset {
    let toward = try dataset(toward, $toward)
    return toward.count(of: .train) > 0 ? try toward.train : toward
  }
}
