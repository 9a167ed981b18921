import Language
import Storage

/// The numbers of one table for several values of something that it was made with.
struct SweepTable: StorableValue, SavableValue, PlottableValue, Measured, Codable {
  static let kind = Kind.table

  let values: [Literal]
  /// By value.
  var results: [Measures]
  /// What was varied, as the statement at hand names it.
  var name: String
  /// The row that is shown.
  var row: String

  init(values: [Literal], results: [Measures]) {
    (self.values, self.results, name, row) = (values, results, "value", results[0].main)
  }

  private var columns: [String] { results[0].columns }

  private var unitWords: String { results[0].unit.isEmpty ? "" : " in \(results[0].unit)" }

  private func number(_ place: Int, _ column: Int) -> Number? { results[place].row(row)?[column] ?? nil }

  var display: Display {
    .table(
      DisplayTable(
        title: "\(row)\(unitWords)", columns: [.init(name, .left)] + columns.map { .init($0) },
        rows: values.indices.map { place in
          ["\(values[place].description)"] + columns.indices.map { column -> Phrase in number(place, column).map { "\($0)" } ?? "-" }
        }))
  }

  var summary: Phrase { "\(row) for \(counted(values.count, "value")) of \(name)" }

  var fieldNames: [String] { ["best"] }

  /// The value whose number in the first column is largest, the first of equals.
  func field(_ name: String) throws -> any Value {
    let known = values.indices.compactMap { place in number(place, 0).map { (place: place, number: $0.value) } }
    guard let largest = known.map(\.number).max(), let best = known.first(where: { $0.number == largest }) else {
      throw Diagnostic("\(row) has no meaning with any of the values")
    }
    return values[best.place].value
  }

  /// A column for each value of each column: what `repeat` compares.
  var measures: Measures {
    let titles = values.flatMap { value in columns.map { columns.count == 1 ? value.description : "\($0), \(value.description)" } }
    let first = results[0]
    return Measures(
      main: first.main, unit: first.unit, rows: first.rows, columns: titles,
      numbers: first.rows.indices.map { row in results.flatMap { $0.numbers[row] } })
  }

  /// Curves over numbers; bars where the values are none.
  var plot: Plot {
    let numbers = values.compactMap(\.number)
    let places = numbers.count == values.count ? numbers : values.indices.map(Double.init)
    let order = places.indices.sorted { places[$0] < places[$1] }
    let series = columns.indices.map { column in
      Plot.Series(columns[column], order.compactMap { place in number(place, column).map { (places[place], $0.value) } })
    }
    return Plot(
      title: "\(row) over \(name)", horizontal: name, vertical: "\(row)\(unitWords)",
      form: numbers.count == values.count ? .curves : .bars(categories: values.map(\.description)), series: series,
      caption: "\(row) of \(columns.joined(separator: ", ")) over \(name)")
  }

  static let fileExtensions = [".csv"]

  /// A line for each number: value, column, row, value of it; empty where a number has no meaning.
  func bytes(forFileWithExtension ending: String) throws -> [UInt8] {
    var lines = ["\(commaSeparatedField(name)),column,row,value"]
    for (value, measures) in zip(values, results) {
      for (row, numbers) in zip(measures.rows, measures.numbers) {
        lines += zip(measures.columns, numbers).map {
          "\(commaSeparatedField(value.description)),\(commaSeparatedField($0)),\(commaSeparatedField(row)),\($1.map { String($0.value) } ?? "")"
        }
      }
    }
    return Array((lines.joined(separator: "\n") + "\n").utf8)
  }

  /// The numbers alone.
  func fingerprint() throws -> String {
    var plain = SweepTable(values: values, results: results)
    plain.results = results.map { measures in measures.titled(measures.columns.indices.map { "\($0)" }) }
    return contentDigest(try StudyFile.encode(plain))
  }

  func save(to folder: Folder) throws { try folder.write("table.json", try StudyFile.encode(self)) }

  static func load(from folder: Folder) throws -> SweepTable {
    let table = try StudyFile.decode(SweepTable.self, try folder.read("table.json"))
    guard table.values.count == table.results.count, !table.values.isEmpty, table.results.allSatisfy(\.isSound) else { throw Diagnostic("the stored table is damaged") }
    return table
  }
}
