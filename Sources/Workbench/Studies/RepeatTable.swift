import Language
import Storage

/// The numbers of one table under several seeds, each column's mean with its interval, and each column's difference from the first.
struct RepeatTable: StorableValue, SavableValue, Codable {
  static let kind = Kind.table

  /// Of each repetition, in the statement that has the least.
  var seeds: [UInt64]
  /// By seed.
  var repetitions: [Measures]
  /// The row that is shown.
  var row: String

  init(seeds: [UInt64], repetitions: [Measures]) {
    (self.seeds, self.repetitions, row) = (seeds, repetitions, repetitions[0].main)
  }

  private var columns: [String] { repetitions[0].columns }

  /// A column's numbers by seed; nil where one has no meaning.
  private func numbers(_ column: Int) -> [Number]? {
    let all = repetitions.map { $0.row(row)?[column] ?? nil }
    return all.contains { $0 == nil } ? nil : all.compactMap(\.self)
  }

  var display: Display { columns.count > 1 ? .stack([.table(spreads), .table(differences)]) : .table(spreads) }

  private var spreads: DisplayTable {
    let unit = repetitions[0].unit
    // More than a screen holds are told by their ends.
    let isShort = seeds.count <= 5
    let rows = columns.indices.map { column -> [Phrase] in
      guard let numbers = numbers(column) else {
        return ["\(columns[column])"] + (isShort ? repetitions.map { ($0.row(row)?[column] ?? nil).map { "\($0)" } ?? "-" } : ["-"]) + ["-", "-"]
      }
      let spread = Spread(numbers.map(\.value)), sample = numbers[0]
      let ordered = numbers.sorted { $0.value < $1.value }
      let seen: [Phrase] = isShort ? numbers.map { "\($0)" } : ["\(ordered.first!) to \(ordered.last!)"]
      return ["\(columns[column])"] + seen + ["\(sample.alike(spread.mean))", spread.interval(like: sample)]
    }
    let seen = isShort ? seeds.map { DisplayTable.Column("seed \($0)") } : [.init("\(seeds.count) seeds, range")]
    return DisplayTable(
      title: "\(row)\(unit.isEmpty ? "" : " in \(unit)")", columns: [.init("", .left)] + seen + [.init("mean"), .init("95 % interval")], rows: rows)
  }

  /// Beside the first column, paired by seed: what two columns share in one seed is no part of their difference.
  private var differences: DisplayTable {
    let first = numbers(0)
    let rows = columns.indices.dropFirst().map { column -> [Phrase] in
      guard let first, let numbers = numbers(column) else { return ["\(columns[column])", "-", "-", ""] }
      let spread = Spread(zip(numbers, first).map { $0.value - $1.value }), sample = numbers[0]
      return ["\(columns[column])", "\(spread.mean > 0 ? "+" : "")\(sample.alike(spread.mean))", spread.interval(like: sample), "\(spread.verdict)"]
    }
    return DisplayTable(
      title: "\(row), difference from \(columns[0])", columns: [.init("", .left), .init("mean"), .init("95 % interval"), .init("", .left)], rows: rows,
      remarks: ["Student's t over \(seeds.count) seeds; differences are taken seed by seed"])
  }

  var summary: Phrase { "\(row) over \(seeds.count) seeds, mean \(mean(0).map { "\($0)" } ?? "-")" }

  private func mean(_ column: Int) -> Number? { numbers(column).map { $0[0].alike(Spread($0.map(\.value)).mean) } }

  var fieldNames: [String] { ["mean"] + columns.filter { Reference.isName($0) && $0 != "mean" } }

  func field(_ name: String) throws -> any Value {
    let column = name == "mean" ? 0 : columns.firstIndex(of: name) ?? 0
    guard let mean = mean(column) else { throw Diagnostic("\(row) has no meaning with some of the seeds") }
    return mean
  }

  static let fileExtensions = [".csv"]

  /// As CSV a line for each number: seed, column, row, value; empty where a number has no meaning.
  func bytes(forFileWithExtension ending: String) throws -> [UInt8] {
    var lines = ["seed,column,row,value"]
    for (seed, measures) in zip(seeds, repetitions) {
      for (row, numbers) in zip(measures.rows, measures.numbers) {
        lines += zip(measures.columns, numbers).map { "\(seed),\(commaSeparatedField($0)),\(commaSeparatedField(row)),\($1.map { String($0.value) } ?? "")" }
      }
    }
    return Array((lines.joined(separator: "\n") + "\n").utf8)
  }

  func fingerprint() throws -> String {
    var plain = self
    plain.repetitions = repetitions.map { measures in measures.titled(measures.columns.indices.map { "\($0)" }) }
    plain.row = repetitions[0].main
    return contentDigest(try StudyFile.encode(plain))
  }

  func save(to folder: Folder) throws { try folder.write("table.json", try StudyFile.encode(self)) }

  static func load(from folder: Folder) throws -> RepeatTable {
    let table = try StudyFile.decode(RepeatTable.self, try folder.read("table.json"))
    guard table.seeds.count == table.repetitions.count, table.seeds.count > 1, table.repetitions.allSatisfy(\.isSound) else { throw Diagnostic("the stored table is damaged") }
    return table
  }
}

extension Spread {
  /// `12.0 to 16.1`, `-` where there is none.
  func interval(like sample: Number) -> Phrase {
    guard let halfWidth else { return "-" }
    return "\(sample.alike(mean - halfWidth, times: 4)) to \(sample.alike(mean + halfWidth, times: 4))"
  }

  /// Of a difference: on which side of nothing its whole interval lies.
  var verdict: String {
    guard let halfWidth else { return "" }
    return mean - halfWidth > 0 ? "higher" : mean + halfWidth < 0 ? "lower" : "no difference shown"
  }
}

extension Number {
  /// Another number of this one's places; where it came out of training, it may lie `times` as far away in a replay.
  func alike(_ value: Double, times: Double = 1) -> Number {
    let nature: Nature = switch self.nature {
    case .exact: .rounded
    case .trained(.absolute(let far)): .trained(.absolute(times * far))
    default: self.nature
    }
    return Number(value, places: places, nature)
  }
}
