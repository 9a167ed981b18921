import Language
import Storage

/// `sweep beta 0.01 0.05 0.09 of=scores`
struct Sweep: Command {
  static let summary = "Compute a table again with other values of a number, size or text that has a name: a row for each value, and a curve."
  static let category = Category.judging
  static let isStored = true
  /// What it evaluates again is evaluated by all.
  static let isShared = true
  static let usesSeed = false
  static let searchTerms = ["parameter", "grid", "search", "ablation", "vary", "curve", "hyperparameter", "values"]
  static let fields: [(name: String, help: String)] = [
    ("best", "the value whose first column is largest; save NAME to=FILE.csv writes every number of every value"),
  ]
  static let examples = [
    Example("sweep n 1 2 of=i", shows: .table, after: Study.example),
    Example("sweep n 1 2 of=n", fails: "nothing that n was made from uses n", after: ["n = 25"]),
  ]
  static let seeAlso = ["repeat", "iou", "diff"]

  @Inputs("the name, as in `beta = 0.05`, and the values that it takes", atLeast: 2) var values: [any Value]
  @Input("a table of results, or a number of one", latest: .measured) var of: any Value
  @Setting("the row that is shown, in quotes; by default the mean IoU", for: .display) var row: String?

  /// The name's entry, and the literals that stand in its place.
  private func varied(_ context: Context) throws -> (id: Int, literals: [Literal]) {
    let name = $values[0]
    guard Reference(name.text)?.steps.isEmpty == true, let (id, now) = context.study.literal(named: name) else {
      throw Diagnostic("\(name.text) is no name of a number, a size or a text", at: name.range, remedy: "name it first, as in beta = 0.05, use it as in fda beta=beta, and vary that")
    }
    let literals = try $values.dropFirst().map { operand -> Literal in
      guard let literal = Statement.parse(operand.text, Vocabulary(commands: [], comparing: [])).statement?.value?.literal ?? context.study.literal(named: operand)?.literal else {
        throw Diagnostic("'\(operand.text)' is no literal", at: operand.range, remedy: "write the values themselves, such as 0.01 0.05")
      }
      guard type(of: literal.value) == type(of: now.value) else {
        throw Diagnostic("\(name.text) is \(now.value.kind.withArticle), and '\(operand.text)' is \(literal.value.kind.withArticle)", at: operand.range)
      }
      return literal
    }
    for (place, literal) in literals.enumerated() where literals[..<place].contains(literal) {
      throw Diagnostic("\(literal.description) is given twice", at: $values[place + 1].range, remedy: "leave one out")
    }
    return (id, literals)
  }

  /// Where the name is used, which the values' own recipes do not say.
  func ingredients(_ context: Context) throws -> [String: String] {
    ["varied": context.study.places(of: try varied(context).id, below: $of!).joined(separator: ", ")]
  }

  func check(_ context: Context) throws {
    let measures = try $of!.measures(of)
    if let row, measures.row(row) == nil {
      throw Diagnostic("\($of!.text) has no row '\(row)'", at: $row, unknown: row, among: measures.rows, none: "it has no rows")
    }
    if try context.study.places(of: varied(context).id, below: $of!).isEmpty {
      throw Diagnostic("nothing that \($of!.text) was made from uses \($values[0].text)", at: $values[0].range, remedy: "write \($values[0].text) where the statements that lead to \($of!.text) have the number itself")
    }
  }

  func explanation(_ context: Context) throws -> [Phrase] {
    let (id, literals) = try varied(context)
    let again = context.study.reached(for: $of!, by: Variation(literals: [id: literals[0]])).filter { $0.id != id }
    return ["computes \(again.compactMap { $0.name ?? $0.canonical }.joined(separator: ", ")) with each of \(counted(literals.count, "value")); what is in the store already is taken from there"]
      + (context.study.seconds(of: again).map { ["time: at most about \(duration($0 * Double(literals.count)))"] } ?? [])
  }

  func outline(_ context: Context) throws -> SweepTable? {
    let measures = try $of!.measures(of), literals = try varied(context).literals
    return SweepTable(values: literals, results: Array(repeating: measures, count: literals.count))
  }

  private func pieces(_ context: Context) throws -> [(literal: Literal, piece: Study.Piece)] {
    let (id, literals) = try varied(context)
    return literals.enumerated().map { place, literal in
      (literal, (Variation(literals: [id: literal]), "\($values[0].text)=\(literal.description), \(place + 1) of \(literals.count)"))
    }
  }

  func prepare(_ context: Context) throws { try context.study.share(pieces(context).map(\.piece), of: $of!) }

  func run(_ context: Context) throws -> SweepTable {
    let pieces = try pieces(context), own = try $of!.measures(of)
    let results = try pieces.map { literal, piece in
      let measures = try $of!.measures(context.study.value(of: $of!, as: piece))
      guard measures.isAlike(own) else { throw Diagnostic("with \(literal.description) \($of!.text) has other rows or columns", at: $of?.range) }
      return measures.titled(own.columns.indices.map { "\($0)" })
    }
    return SweepTable(values: pieces.map(\.literal), results: results)
  }

  /// Under the names that are used here.
  func presented(_ result: SweepTable, _ context: Context) throws -> SweepTable {
    let own = try $of!.measures(of)
    guard result.results.allSatisfy(own.isAlike) else { throw Diagnostic("the stored value is of another table") }
    var table = result
    table.results = result.results.map { $0.titled(own.columns.map { $0.isEmpty ? $of!.text : $0 }) }
    (table.name, table.row) = ($values[0].text, row ?? own.main)
    return table
  }
}
