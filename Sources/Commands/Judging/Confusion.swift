import Adaptation
import Language
import Scenes
import Segmentation
import Workbench

struct Confusion: Command {
  static let summary = "Which classes a model takes for which: true classes in rows, predicted ones in columns, as IoU counts them."
  static let category = Category.judging
  static let isStored = true
  static let usesSeed = false
  static let searchTerms = ["matrix", "mistakes", "errors", "precision", "recall"]
  static let examples = [
    Example("confusion t on=few.val", shows: .table, after: Samples.trained),
    Example("confusion t on=few.val count=3 of=all", shows: .table, after: Samples.trained),
    Example("confusion t on=few.val count=0", fails: "must lie in 1...19", after: Samples.trained),
  ]

  enum Whole: String, CaseIterable, Codable { case row, all }

  @Input("the model", latest: .judged) var model: ModelValue
  @Input("labelled images to evaluate on", latest: .targetVal) var on: DatasetValue
  @Setting("how many classes are shown, those with most labelled pixels first; the rest are added up", in: 1...19, for: .display) var count = 7
  @Choice("what the percentages are of: the pixels of a true class (row), or all pixels", for: .display) var of = Whole.row

  static let foundations = Versions.arithmetic

  func drawsNumbers(_ context: Context) -> Bool { on.isDrawnInEvaluation }

  func check(_ context: Context) throws { _ = try labelled(on, $on, for: "evaluate against") }

  func memory(_ context: Context) throws -> MemoryNeed? { try judgingMemory([model], on: on, $on) }

  func run(_ context: Context) throws -> ConfusionTable {
    let data = try labelled(on, $on, for: "evaluate against")
    let matrix = try Evaluation.confusion(of: try model.models(), on: data, seed: context.seed) { judged in
      try context.step(Progress(fraction: Double(judged) / Double(data.count), stage: "evaluating image \(judged) of \(data.count)"))
    }
    return ConfusionTable(counts: matrix.counts)
  }

  func presented(_ result: ConfusionTable, _ context: Context) throws -> ConfusionTable {
    let data = try labelled(on, $on, for: "evaluate against")
    return ConfusionTable(
      counts: result.counts, shown: count, of: of, protocolWords: "\(evaluationWords(data, $on)), logits to label size (bilinear, corners aligned)")
  }
}
