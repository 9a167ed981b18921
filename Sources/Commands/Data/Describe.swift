import Language
import Scenes
import Workbench

struct Describe: Command {
  static let summary = "What a dataset holds: classes by pixels and images, kinds and sizes of files, what label values mean."
  static let category = Category.data
  static let isStored = true
  static let usesSeed = false
  static let searchTerms = ["statistics", "classes", "distribution", "histogram", "count", "inspect", "info", "depth", "void"]
  static let examples = [
    Example("describe few", shows: .table, after: Samples.data),
    Example("describe d", fails: "several datasets", after: Samples.data),
  ]

  @Input("the dataset") var of: DatasetValue

  static let seeAlso = ["load dataset", "show", "confusion"]

  func check(_ context: Context) throws { _ = try dataset(of, $of) }

  func explanation(_ context: Context) throws -> [Phrase] { ["the labels of \(counted(try dataset(of, $of).count, "image")) are counted, as large as they are kept"] }

  func run(_ context: Context) throws -> DescriptionTable {
    let data = try dataset(of, $of)
    let summary = try DatasetSummary(data) { done in
      guard done.isMultiple(of: 8) else { return }
      try context.step(Progress(fraction: Double(done) / Double(data.count), stage: "image \(done) of \(data.count)"))
    }
    return DescriptionTable(role: data.role.rawValue, isPredicted: data.role == .pseudo, summary: summary)
  }
}
