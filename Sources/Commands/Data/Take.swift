import Language
import Scenes
import Workbench

struct Take: Command {
  static let summary = "A number of a dataset's images: the first ones, or drawn at random."
  static let category = Category.data
  static let drawsData = true
  static let isStored = false
  static let fields: [(name: String, help: String)] = [
    ("image", "of one sample, such as x[0].image: save x[0].image to=FILE.png writes exactly its pixels, to=FILE.safetensors its numbers before they are clipped and rounded"),
    ("label", "of one sample: save x[0].label to=FILE.png writes train ids, 255 where nothing is labelled"),
  ]
  static let searchTerms = ["verify", "subset", "first", "few", "sample", "limit"]
  static let examples = [
    Example("take d.source count=8", shows: .dataset, after: ["d = load dataset"]),
    Example("take d.source count=1000", fails: "cannot take 1000", after: ["d = load dataset"]),
  ]

  @Input("the dataset") var of: DatasetValue
  @Setting("how many images", in: 1...1_000_000) var count: Int
  @Setting("drawn at random with the session's seed, instead of the first ones") var random = false

  static let seeAlso = ["join", "load dataset"]

  func explanation(_ context: Context) throws -> [Phrase] {
    ["\(random ? "at random, with the seed \(context.seed)," : "the first") \(count) of the \(try dataset(of, $of).count) images of \($of?.text ?? "it")"]
  }

  /// Images are read when they are looked at.
  func outline(_ context: Context) throws -> DatasetValue? { try run(context) }

  func drawsNumbers(_ context: Context) -> Bool { random }

  func run(_ context: Context) throws -> DatasetValue {
    let all = try dataset(of, $of)
    guard count <= all.count else { throw Diagnostic("cannot take \(count) of the \(all.count) images of \($of?.text ?? all.title)", at: $count) }
    return DatasetValue(try all.taking(count, seed: random ? context.seed : nil))
  }
}
