import Language
import Storage

/// `repeat scores seeds=3`
struct Repeat: Command {
  static let summary = "Compute a table again with other random numbers: the mean over seeds, its interval, and what columns differ by."
  static let category = Category.judging
  static let isStored = true
  /// What it evaluates again is evaluated by all.
  static let isShared = true
  static let usesSeed = false
  static let searchTerms = ["seeds", "runs", "mean", "interval", "confidence", "spread", "significance", "again", "paired", "deviation"]
  static let fields: [(name: String, help: String)] = [
    ("mean", "the mean of the first column; a column's name gives that of the column; save NAME to=FILE.csv writes every number of every seed"),
  ]
  static let examples = [
    Example("repeat i seeds=2", shows: .table, after: Study.example),
    Example("repeat n", fails: "draws random numbers", after: ["n = 25"]),
  ]
  static let seeAlso = ["sweep", "seed", "iou", "diff"]

  @Input("a table of results, or a number of one", latest: .measured) var of: any Value
  @Setting("how many seeds: the one that it was computed with, and those after it", in: 2...100) var seeds = 3
  @Setting("the row that is shown, in quotes; by default the mean IoU", for: .display) var row: String?

  func check(_ context: Context) throws {
    let measures = try $of!.measures(of)
    if let row, measures.row(row) == nil {
      throw Diagnostic("\($of!.text) has no row '\(row)'", at: $row, unknown: row, among: measures.rows, none: "it has no rows")
    }
    if context.study.reached(for: $of!, by: Variation(repetition: 1)).isEmpty {
      throw Diagnostic("nothing that \($of!.text) was made from draws random numbers, so every seed gives the same", at: $of?.range)
    }
  }

  func explanation(_ context: Context) throws -> [Phrase] {
    let others = context.study.seeds(of: $of!, repetitions: seeds).dropFirst().map(String.init)
    let again = context.study.reached(for: $of!, by: Variation(repetition: 1))
    let names = again.compactMap { $0.name ?? $0.canonical }
    return ["computes \(names.joined(separator: ", ")) again with \(others.count == 1 ? "seed" : "seeds") \(others.joined(separator: ", ")); what is in the store already is taken from there"]
      + (context.study.seconds(of: again).map { ["time: at most about \(duration($0 * Double(others.count)))"] } ?? [])
  }

  func outline(_ context: Context) throws -> RepeatTable? {
    let measures = try $of!.measures(of)
    return RepeatTable(seeds: context.study.seeds(of: $of!, repetitions: seeds), repetitions: Array(repeating: measures, count: seeds))
  }

  private func pieces(_ study: Study) -> [Study.Piece] {
    study.seeds(of: $of!, repetitions: seeds).enumerated().map { place, seed in (Variation(repetition: place), "seed \(seed), \(place + 1) of \(seeds)") }
  }

  func prepare(_ context: Context) throws { try context.study.share(pieces(context.study), of: $of!) }

  func run(_ context: Context) throws -> RepeatTable {
    let study = context.study, numbers = study.seeds(of: $of!, repetitions: seeds)
    let own = try $of!.measures(of)
    let repetitions = try zip(numbers, pieces(study)).map { seed, piece in
      let measures = try $of!.measures(study.value(of: $of!, as: piece))
      guard measures.isAlike(own) else { throw Diagnostic("with seed \(seed) \($of!.text) has other rows or columns", at: $of?.range) }
      return measures.titled(own.columns.indices.map { "\($0)" })
    }
    return RepeatTable(seeds: numbers, repetitions: repetitions)
  }

  /// Under the titles that the table at hand has.
  func presented(_ result: RepeatTable, _ context: Context) throws -> RepeatTable {
    let own = try $of!.measures(of)
    guard result.repetitions.allSatisfy(own.isAlike) else { throw Diagnostic("the stored value is of another table") }
    var table = result
    table.repetitions = result.repetitions.map { $0.titled(own.columns.map { $0.isEmpty ? $of!.text : $0 }) }
    table.row = row ?? own.main
    return table
  }
}
