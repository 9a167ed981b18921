public import Language
import Storage

/// The numbers of one table from many jobs: those that differ by their seed alone are repetitions of one another.
public struct CollectedResults {
  /// Jobs of one script with the same settings but for the one that tells repetitions apart.
  private struct Group {
    /// With the script's file under a name that no setting can have.
    var settings: [String: String]
    /// By repetition.
    var tables: [(repetition: String, table: ResultFile.Table)] = []
  }

  /// As a column's title it says what it is, and it stands before names, as a full stop begins none.
  private static let script = ".script"

  private let table: String
  private let over: String
  private let row: String
  private let unit: String
  private let places: Int
  private var groups: [Group] = []

  /// - Parameters:
  ///   - files: each with its name.
  ///   - table: which table of theirs; nil where they have one alone, not counting single numbers.
  ///   - row: the table's own row where it is nil.
  ///   - over: the setting that tells repetitions apart.
  /// - Throws: a diagnostic that names a file that lacks the table, has other rows or columns, or repeats another file's settings.
  public init(_ files: [(name: String, file: ResultFile)], table wanted: String?, row: String?, over: String) throws(Diagnostic) {
    guard let first = files.first else { throw Diagnostic("there is nothing to collect") }
    if let wanted { table = wanted } else { table = try CollectedResults.onlyTable(of: first.file, name: first.name) }
    self.over = over
    guard let sample = first.file.tables[table] else { throw Diagnostic("\(first.name) has no table '\(table)'", remedy: CollectedResults.known(first.file)) }
    (self.row, unit, places) = (row ?? sample.main, sample.unit, sample.places)
    guard sample.rows.contains(self.row) else { throw Diagnostic("'\(table)' has no row '\(self.row)'", remedy: "its rows are \(sample.rows.joined(separator: ", "))") }
    var seen: [[String: String]: String] = [:]
    for (name, file) in files {
      guard let found = file.tables[table] else { throw Diagnostic("\(name) has no table '\(table)'", remedy: CollectedResults.known(file)) }
      guard found.rows == sample.rows, found.columns == sample.columns, found.unit == sample.unit else {
        throw Diagnostic("'\(table)' of \(name) has other rows or columns than that of \(first.name)", remedy: "collect only results of one script")
      }
      var settings = file.settings
      settings[CollectedResults.script] = lastName(file.script)
      if let twin = seen.updateValue(name, forKey: settings) {
        throw Diagnostic("\(twin) and \(name) are results of the same settings", remedy: "each repetition has its own \(over), as in --set \(over)=1: leave one of them out")
      }
      guard let repetition = settings.removeValue(forKey: over) else { throw Diagnostic("\(name) does not say which \(over) it was computed with", remedy: "give --set \(over)=1 to each run, or name the setting that numbers repetitions with --over") }
      let place = groups.firstIndex { $0.settings == settings } ?? groups.endIndex
      if place == groups.endIndex { groups.append(Group(settings: settings)) }
      groups[place].tables.append((repetition, found))
    }
  }

  private static func onlyTable(of file: ResultFile, name: String) throws(Diagnostic) -> String {
    let tables = file.tables.filter { $0.value.rows.count > 1 }.keys.sorted()
    guard tables.count == 1 else { throw Diagnostic("\(name) has \(tables.isEmpty ? "no table" : "several tables")", remedy: "choose with --table; \(known(file))") }
    return tables[0]
  }

  private static func known(_ file: ResultFile) -> String { file.tables.isEmpty ? "it holds nothing" : "it holds \(file.tables.keys.sorted().joined(separator: ", "))" }

  /// One line of the tables: a column of a group's table.
  private struct Line {
    var title: String
    /// By repetition; a number without a meaning makes the line one without a mean.
    var numbers: [String: Double?]

    var known: [Double]? { numbers.values.contains { $0 == nil } ? nil : numbers.sorted { $0.key < $1.key }.compactMap(\.value) }
  }

  private var lines: [Line] {
    // Only settings that differ tell groups apart.
    let names = Set(groups.flatMap(\.settings.keys)).filter { name in Set(groups.map { $0.settings[name] }).count > 1 }.sorted()
    return groups.flatMap { group -> [Line] in
      let title = names.map { $0 == CollectedResults.script ? group.settings[$0]! : "\($0)=\(group.settings[$0] ?? "-")" }.joined(separator: " "), columns = group.tables[0].table.columns
      return columns.indices.map { column in
        let words = [title, columns.count > 1 || title.isEmpty ? columns[column] : ""].filter { !$0.isEmpty }.joined(separator: ", ")
        let numbers = group.tables.map { ($0.repetition, $0.table.numbers[$0.table.rows.firstIndex(of: row)!][column]) }
        return Line(title: words.isEmpty ? table : words, numbers: Dictionary(numbers) { first, _ in first })
      }
    }
  }

  /// Mean, interval and range of each group and column; then how each differs from the first, over the repetitions that both have.
  public var display: Display {
    let lines = lines, spreads = spreads(lines)
    return lines.count > 1 ? .stack([.table(spreads), .table(differences(lines))]) : .table(spreads)
  }

  private func number(_ value: Double) -> Phrase { "\(Number(value, places: places, .rounded))" }
  private func interval(_ spread: Spread) -> Phrase { spread.interval(like: Number(0, places: places, .rounded)) }

  private func spreads(_ lines: [Line]) -> DisplayTable {
    DisplayTable(
      title: "\(row)\(unit.isEmpty ? "" : " in \(unit)") of \(table)",
      columns: [.init("", .left), .init("runs"), .init("mean"), .init("95 % interval"), .init("least"), .init("most")],
      rows: lines.map { line -> [Phrase] in
        guard let known = line.known else { return ["\(line.title)", "\(line.numbers.count)", "-", "-", "-", "-"] }
        let spread = Spread(known)
        return ["\(line.title)", "\(known.count)", number(spread.mean), interval(spread), number(known.min()!), number(known.max()!)]
      })
  }

  private func differences(_ lines: [Line]) -> DisplayTable {
    let first = lines[0]
    return DisplayTable(
      title: "\(row), difference from \(first.title)", columns: [.init("", .left), .init("pairs"), .init("mean"), .init("95 % interval"), .init("", .left)],
      rows: lines.dropFirst().map { line -> [Phrase] in
        let pairs = line.numbers.keys.sorted().compactMap { key -> Double? in
          guard case .some(.some(let own)) = line.numbers[key], case .some(.some(let other)) = first.numbers[key] else { return nil }
          return own - other
        }
        guard !pairs.isEmpty else { return ["\(line.title)", "0", "-", "-", ""] }
        let spread = Spread(pairs)
        return ["\(line.title)", "\(pairs.count)", "\(spread.mean > 0 ? "+" : "")\(number(spread.mean))", interval(spread), "\(spread.verdict)"]
      },
      remarks: ["Student's t; differences are taken between runs with the same \(over)"])
  }

  /// Every number of the table, a line each: the settings, then column, row, value; empty where a number has no meaning.
  public var commaSeparated: String {
    let names = Set(groups.flatMap(\.settings.keys)).sorted()
    let titles = names.map { $0 == CollectedResults.script ? "script" : $0 }
    var lines = [(titles + [over, "column", "row", "value"]).map(commaSeparatedField).joined(separator: ",")]
    for group in groups {
      for (repetition, table) in group.tables {
        for (row, numbers) in zip(table.rows, table.numbers) {
          for (column, value) in zip(table.columns, numbers) {
            lines.append((names.map { group.settings[$0] ?? "" } + [repetition, column, row, value.map { String($0) } ?? ""]).map(commaSeparatedField).joined(separator: ","))
          }
        }
      }
    }
    return lines.map { $0 + "\n" }.joined()
  }
}
