/// `vars`
struct Vars: SessionCommand {
  static let summary = "List what holds a name: kind, summary, what made it, and whether that has changed since."
  static let searchTerms = ["names", "variables", "list", "stale"]
  static let examples = [Example("vars", after: ["rounds = 25"])]

  func run(in session: Session) throws -> Display {
    let names = session.names
    if names.isEmpty { return .text("nothing has a name yet") }
    let columns: [DisplayTable.Column] = [.init("name", .left), .init("kind", .left), .init("what", .left), .init("made by", .left), .init("", .left)]
    let rows: [[Phrase]] = names.map { value in
      let summary = session.value(named: value.name)?.summary ?? "not in the store"
      let statement = value.statement.split(separator: " = ", maxSplits: 1).last.map(String.init) ?? ""
      return ["\(value.name)", "\(value.kind.name)", summary, "\(statement)", value.isStale ? "stale" : ""]
    }
    return .table(DisplayTable(columns: columns, rows: rows))
  }
}
