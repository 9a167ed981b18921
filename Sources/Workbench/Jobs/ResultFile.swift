import FoundationEssentials
public import Language

/// What a run leaves for programs: the numbers of every name that holds a table of results or a number, as JSON.
public struct ResultFile: Codable, Sendable, Hashable {
  /// A table as `iou` makes it, or a single number as one row of one column.
  public struct Table: Codable, Sendable, Hashable {
    /// The row that is shown where none is asked for: `mIoU`.
    public var main: String
    /// `per cent`; empty for a plain number.
    public var unit: String
    public var rows: [String]
    public var columns: [String]
    /// By row, then column, in full precision; null where a number has no meaning.
    public var numbers: [[Double?]]
    /// Digits after the point that are worth showing.
    public var places: Int

    package init(_ measures: Measures) {
      (main, unit, rows, columns) = (measures.main, measures.unit, measures.rows, measures.columns)
      numbers = measures.numbers.map { $0.map { $0?.value } }
      places = measures.numbers.joined().lazy.compactMap { $0?.places }.max() ?? 0
    }

    var isSound: Bool {
      rows.contains(main) && Set(rows).count == rows.count && numbers.count == rows.count && numbers.allSatisfy { $0.count == columns.count }
        && numbers.joined().allSatisfy { $0?.isFinite ?? true } && (0...17).contains(places)
    }
  }

  /// Of the form of these files.
  public static let form = 1

  public var segueResults: Int
  /// The script's file, as it was named.
  public var script: String
  /// What `--set` changed, by name.
  public var settings: [String: String]
  /// By the name that holds it.
  public var tables: [String: Table]

  /// - Throws: a diagnostic where the bytes are none of these files.
  public init(bytes: [UInt8], name: String) throws(Diagnostic) {
    guard let file = try? JSONDecoder().decode(ResultFile.self, from: Data(bytes)) else {
      throw Diagnostic("\(name) holds no results of `segue run --result`")
    }
    guard file.segueResults == ResultFile.form else { throw Diagnostic("\(name) was written by another version of Segue, in form \(file.segueResults)") }
    guard file.tables.values.allSatisfy(\.isSound) else { throw Diagnostic("\(name) is damaged: a table's numbers do not fit its rows and columns") }
    self = file
  }

  /// The same for the same numbers.
  public func bytes() throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    return Array(try encoder.encode(self)) + [0x0A]
  }
}

extension Session {
  /// The numbers of what holds a name now.
  public func results(of script: String, settings: [String: String]) throws -> ResultFile {
    var tables: [String: ResultFile.Table] = [:]
    for held in names where held.kind == .table || held.kind == .number {
      if let measured = try value(of: Reference(held.name)) as? any Measured { tables[held.name] = ResultFile.Table(measured.measures) }
    }
    return ResultFile(script: script, settings: settings, tables: tables)
  }
}

extension ResultFile {
  package init(script: String, settings: [String: String], tables: [String: Table]) {
    (segueResults, self.script, self.settings, self.tables) = (ResultFile.form, script, settings, tables)
  }
}
