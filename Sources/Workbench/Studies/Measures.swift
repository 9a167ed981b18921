/// A value of numbers that can be compared when they come out of other random numbers or other settings: what `repeat` and `sweep` take.
public protocol Measured: Value {
  var measures: Measures { get }
}

/// Numbers by row and column: of a table of IoU a row a class and a column a model.
public struct Measures: Sendable, Hashable, Codable {
  /// The row that is shown where none is asked for: `mIoU`.
  public var main: String
  /// What all numbers are in, for a heading: `per cent`; empty for a plain number.
  public var unit: String
  public var rows: [String]
  /// As the statement at hand titles them.
  public var columns: [String]
  /// By row, then column; nil where a number has no meaning.
  public var numbers: [[Number?]]

  /// - Precondition: `main` is one of `rows`, and there is a number or nil for each row and column.
  public init(main: String, unit: String, rows: [String], columns: [String], numbers: [[Number?]]) {
    (self.main, self.unit, self.rows, self.columns, self.numbers) = (main, unit, rows, columns, numbers)
    precondition(isSound)
  }

  /// What ``init(main:unit:rows:columns:numbers:)`` asks for, of numbers that were read from a file.
  var isSound: Bool { rows.contains(main) && numbers.count == rows.count && numbers.allSatisfy { $0.count == columns.count } }

  /// A row's numbers, by column; nil where there is no such row.
  func row(_ name: String) -> [Number?]? { rows.firstIndex(of: name).map { numbers[$0] } }

  /// The same numbers under other titles.
  func titled(_ columns: [String]) -> Measures { Measures(main: main, unit: unit, rows: rows, columns: columns, numbers: numbers) }

  /// Whether the numbers of both are about the same things.
  func isAlike(_ other: Measures) -> Bool { (main, unit, rows) == (other.main, other.unit, other.rows) && columns.count == other.columns.count }
}

extension Number: Measured {
  /// One row of one column.
  public var measures: Measures { Measures(main: "value", unit: "", rows: ["value"], columns: [""], numbers: [[self]]) }
}
