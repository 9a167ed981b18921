/// `time`
struct Time: SessionCommand {
  static let summary = "List how long each statement took."
  static let searchTerms = ["seconds", "duration", "slow"]
  static let seeAlso = ["explain", "store"]
  static let examples = [Example("time", after: ["rounds = 25"])]

  func run(in session: Session) throws -> Display {
    let entries = session.timeline.entries.filter { !$0.isProse }
    let rows: [[Phrase]] = entries.map { ["\(Number($0.seconds, places: 2)) s", "\($0.canonical)"] }
    let total = entries.reduce(0) { $0 + $1.seconds }
    return .table(DisplayTable(columns: [.init("took"), .init("statement", .left)], rows: rows, remarks: ["\(Number(total, places: 2)) s together"]))
  }
}
