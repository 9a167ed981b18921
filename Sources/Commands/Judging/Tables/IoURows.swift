import Language
import Scenes
import Storage
import Workbench

/// IoU of models as papers print it: a row a model, a column a class, their mean last.
struct IoURows: SavableValue, Measured, PlottableValue {
  static let kind = Kind.table

  /// The models in the order of the rows.
  let models: IoUTable
  /// What each was evaluated on and how, by row.
  let protocols: [String]
  /// Whose rows stand below.
  let paper: PaperTable?

  /// The rows of several tables one below another; a row that is there already, by its title, numbers and protocol, is not repeated.
  init(_ tables: [IoUTable], paper: PaperTable?) {
    var columns: [IoUTable.Column] = [], protocols: [String] = []
    for table in tables {
      for column in table.columns where !zip(columns, protocols).contains(where: { $0.hasNumbers(of: column) && $0.title == column.title && $1 == table.protocolWords }) {
        columns.append(column)
        protocols.append(table.protocolWords)
      }
    }
    models = IoUTable(columns: columns, protocolWords: "", classes: tables.first?.classes ?? .nineteen, absentClasses: tables.first?.absentClasses ?? .excluded)
    (self.protocols, self.paper) = (protocols, paper)
  }

  /// Train ids of the columns.
  private var shown: [Int] { models.classes.kinds.sorted() }

  var display: Display {
    let own = zip(models.headings, models.columns).map { heading, column -> [Phrase] in
      ["\(heading)"] + shown.map { Figures.phrase(column.classes.isEmpty ? nil : column.classes[$0], Figures.classIoU) } + [Figures.phrase(models.mean(column), Figures.meanIoU)]
    }
    return .table(
      DisplayTable(
        title: "IoU in per cent", columns: [.init("", .left)] + shown.map { .init(CityscapesClass.all[$0].heading) } + [.init(models.classes.heading)], rows: own + printed,
        remarks: protocolRemarks + (hasGaps ? [gaps] : []) + (paper.map { [$0.remark] } ?? [])))
  }

  /// The paper's rows. It prints no mean over fewer classes.
  private var printed: [[Phrase]] {
    func number(_ value: Double) -> Phrase { "\(Number(value, places: 1, .exact))" }
    return (paper?.rows ?? []).map { row in
      ["paper: \(row.name)"] + shown.map { kind in row.classes.map { number($0[kind]) } ?? "-" } + [models.classes == .nineteen ? number(row.mean) : "-"]
    }
  }

  /// One remark where all rows were evaluated alike, else one for each way, with its rows.
  private var protocolRemarks: [Phrase] {
    var ways: [(words: String, rows: [String])] = []
    for (words, heading) in zip(protocols, models.headings) {
      if let known = ways.firstIndex(where: { $0.words == words }) { ways[known].rows.append(heading) } else { ways.append((words, [heading])) }
    }
    return ways.count == 1 ? ["\(ways[0].words)"] : ways.map { "\($0.rows.joined(separator: ", ")): \($0.words)" }
  }

  private var hasGaps: Bool { models.columns.contains { column in !column.classes.isEmpty && shown.contains { column.classes[$0] == nil } } || paper?.rows.contains { $0.classes == nil } == true }

  private var gaps: Phrase { "-: neither labelled nor predicted, or unknown to the labels, and \(models.absentClasses == .zero ? "0 in" : "left out of") the row's mean; or not printed" }

  var summary: Phrase { "IoU of \(counted(models.columns.count, "model")), \(models.summary)" }

  var measures: Measures { models.measures }
  var plot: Plot { models.plot }

  var fieldNames: [String] { models.fieldNames }
  func field(_ name: String) throws -> any Value { try models.field(name) }
  var count: Int? { models.count }
  func element(_ index: Int) throws -> any Value { IoUTable(columns: [models.columns[index]], protocolWords: protocols[index], classes: models.classes, absentClasses: models.absentClasses) }

  static let fileExtensions = [".csv"]

  /// A line a model, every number in full; the paper's follow as they are printed.
  func bytes(forFileWithExtension ending: String) throws -> [UInt8] {
    func line(_ name: String, _ values: [Double?], _ words: String) -> String {
      ([commaSeparatedField(name)] + values.map { $0.map { String($0) } ?? "" } + [commaSeparatedField(words)]).joined(separator: ",")
    }
    var lines = [(["model"] + shown.map { CityscapesClass.all[$0].name } + ["mean", "protocol"]).joined(separator: ",")]
    for (row, heading) in models.headings.enumerated() {
      let column = models.columns[row]
      lines.append(line(heading, shown.map { column.classes[$0] } + [models.mean(column)], protocols[row]))
    }
    for row in paper?.rows ?? [] {
      // In shares, as the rows above.
      let mean = models.classes == .nineteen ? row.mean / 100 : nil
      lines.append(line("paper: \(row.name)", shown.map { kind in row.classes.map { $0[kind] / 100 } } + [mean], "the paper's Table \(paper!.rawValue)"))
    }
    return Array((lines.joined(separator: "\n") + "\n").utf8)
  }
}

extension IoUTable.Column {
  fileprivate func hasNumbers(of other: Self) -> Bool { (classes, meanIoU, accuracy) == (other.classes, other.meanIoU, other.accuracy) }
}
