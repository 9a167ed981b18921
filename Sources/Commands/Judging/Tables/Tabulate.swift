import Language
import Workbench

struct Tabulate: Command {
  static let summary = "Put tables of `iou` together as papers print them: a row a model, a column a class, mIoU last; nothing is evaluated again."
  static let category = Category.judging
  static let isStored = false
  static let usesSeed = false
  static let isRemembered = false
  static let fields: [(name: String, help: String)] = [
    ("miou", "of the first row; .NAME is that of a model; save NAME to=FILE.csv writes every number in full"),
  ]
  static let searchTerms = ["table", "rows", "layout", "paper", "results", "transpose", "publish"]
  static let examples = [
    Example("tabulate i", shows: .table, after: Samples.trained + ["i = iou t t@1 on=few.val"]),
    Example("tabulate i paper=2", shows: .table, after: Samples.trained + ["i = iou t on=few.val"]),
    Example("tabulate", fails: "nothing to take", after: Samples.data),
  ]

  @Inputs("tables of `iou`; names of their models head the rows", latest: .allEvaluated) var tables: [any Value]
  @Choice("a table of the paper's, whose rows stand below as they were printed") var paper: PaperTable?

  static let reference: String? = "the paper, tables 1 and 2"
  static let seeAlso = ["iou", "repeat", "diff", "plot", "export"]

  func check(_ context: Context) throws { _ = try evaluated() }

  /// The tables, all of which take their means over the same classes.
  private func evaluated() throws -> [IoUTable] {
    let all = try zip(tables, $tables).map { value, operand in
      if let table = value as? IoUTable { return table }
      if let rows = value as? IoURows { throw Diagnostic("\(operand.text) is in rows already", at: operand.range, remedy: "name the tables of `iou` that \(rows.models.columns.count == 1 ? "it is" : "they are") made of") }
      throw Diagnostic("\(operand.text) is \(value.kind.withArticle) that `iou` did not make", at: operand.range, remedy: "`iou MODELS on=IMAGES` makes one")
    }
    for (table, operand) in zip(all, $tables) where table.classes != all[0].classes {
      throw Diagnostic(
        "\(operand.text) has its mean over \(table.classes.rawValue) classes, and \($tables[0].text) over \(all[0].classes.rawValue)", at: operand.range,
        remedy: "give both `iou` statements the same classes=; nothing is evaluated again for that")
    }
    for (table, operand) in zip(all, $tables) where table.absentClasses != all[0].absentClasses {
      throw Diagnostic(
        "absent classes are \(table.absentClasses == .zero ? "0 in" : "left out of") the mean of \(operand.text), and not so in \($tables[0].text)", at: operand.range,
        remedy: "give both `iou` statements the same absent= or profile=; nothing is evaluated again for that")
    }
    return all
  }

  func outline(_ context: Context) throws -> IoURows? { IoURows(try evaluated(), paper: paper) }

  func run(_ context: Context) throws -> IoURows { IoURows(try evaluated(), paper: paper) }
}

extension LeftOut<any Value> {
  static var allEvaluated: Self { .every("every table of `iou` that a name holds") { value, _ in value is IoUTable } }
}
