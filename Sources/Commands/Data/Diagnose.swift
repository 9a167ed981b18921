import Imaging
import Language
import Scenes
import Workbench

struct Diagnose: Command {
  static let summary = "Look for what is wrong with a dataset: blank or stray labels, pictures in both splits, classes that are rare, or rarer than elsewhere."
  static let category = Category.data
  static let isStored = true
  static let usesSeed = true
  static let searchTerms = ["doctor", "check", "mistakes", "leak", "duplicates", "overlap", "misaligned", "rare", "imbalance", "quality"]
  static let examples = [
    Example("diagnose few", shows: .table, after: Samples.data),
    Example("diagnose few beside=d.target crop=32x32", shows: .table, after: Samples.data),
    Example("diagnose d", fails: "several datasets", after: Samples.data),
  ]

  @Input("the dataset; its .train and .val are compared") var of: DatasetValue
  @Input("a labelled dataset whose shares of classes stand beside") var beside: DatasetValue?
  @Setting("the windows that training would cut, to see which classes they rarely hold", in: 8...8192) var crop: PixelSize?

  static let seeAlso = ["describe", "show", "confusion"]

  func check(_ context: Context) throws {
    _ = try dataset(of, $of)
    if let beside { _ = try labelled(beside, $beside, for: "compare with") }
  }

  func explanation(_ context: Context) throws -> [Phrase] {
    ["\(counted(try dataset(of, $of).count, "picture")) and \(try dataset(of, $of).hasLabels ? "their labels" : "no labels") are looked at, at the size at which networks see them"]
  }

  func run(_ context: Context) throws -> DiagnosisTable {
    let data = try dataset(of, $of), other = try beside.map { try labelled($0, $beside, for: "compare with") }
    let all = Double(data.count + (other?.count ?? 0))
    let diagnosis = try DatasetDiagnosis(data, crop: crop, seed: context.seed) { done in
      try context.step(Progress(fraction: Double(done) / all, stage: "image \(done) of \(data.count)"))
    }
    let summary = try other.map { other in
      try DatasetSummary(other) { done in
        guard done.isMultiple(of: 8) else { return }
        try context.step(Progress(fraction: Double(data.count + done) / all, stage: "label \(done) of \(other.count) beside"))
      }
    }
    return DiagnosisTable(diagnosis, beside: summary, crop: crop)
  }

  /// Headed by how this statement wrote what stands beside.
  func presented(_ result: DiagnosisTable, _ context: Context) throws -> DiagnosisTable {
    var table = result
    table.titles = ($of?.text ?? "", $beside?.text ?? "")
    return table
  }
}
