import Language
import Scenes
import Workbench

struct Join: Command {
  static let summary = "One dataset of the samples of several, one after another."
  static let category = Category.data
  static let isStored = false
  static let usesSeed = false
  static let searchTerms = ["concatenate", "mix", "combine", "add"]
  static let examples = [Example("join a b", shows: .dataset, after: ["d = load dataset", "a = fda d.source", "b = augment d.source"])]

  @Inputs("datasets", atLeast: 2) var parts: [DatasetValue]

  static let seeAlso = ["take", "train"]

  /// Classes belong to images: of parts with different ones, an image's own are those that can occur in it.
  func ingredients(_ context: Context) throws -> [String: String] {
    let classes = Set(parts.compactMap { $0.whole?.classes })
    return classes.count > 1 ? ["classes": "by image"] : [:]
  }

  func explanation(_ context: Context) throws -> [Phrase] {
    let counts = try zip(parts, $parts).map { try dataset($0, $1).count }
    return ["\(counts.map(String.init).joined(separator: " and ")) images, \(counts.reduce(0, +)) together"]
  }

  func check(_ context: Context) throws {
    let counts = try zip(parts, $parts).map { try dataset($0, $1).count }, total = counts.reduce(0, +)
    guard total > Dataset.largestCount else { return }
    throw Diagnostic(
      "these have \(total) images together, and a joined dataset has at most \(Dataset.largestCount)", at: range,
      remedy: "join fewer, or take a number of each")
  }

  func memory(_ context: Context) throws -> MemoryNeed? {
    let total = try zip(parts, $parts).reduce(0) { try $0 + dataset($1.0, $1.1).count }
    return MemoryNeed([("the list of \(counted(total, "image"))", 128 * Int64(total))], at: range, remedy: "join fewer, or take a number of each")
  }

  private var range: SourceRange? { $parts.compactMap(\.range).reduce(nil) { $0?.joined(to: $1) ?? $1 } }

  /// Images are read when they are looked at.
  func outline(_ context: Context) throws -> DatasetValue? { try run(context) }

  func run(_ context: Context) throws -> DatasetValue {
    let all = try zip(parts, $parts).map { try dataset($0, $1) }
    return DatasetValue(try all.dropFirst().reduce(all[0]) { try $0.joined(with: $1) })
  }
}
