/// `vars`
struct Vars: SessionCommand {
  static let summary = "List what holds a name: kind, summary, size on the disk, what it was made by and is used by, and whether that has changed since."
  static let searchTerms = ["names", "variables", "list", "stale", "who"]
  static let seeAlso = ["refresh", "graph", "store"]
  static let examples = [Example("vars", after: ["rounds = 25"])]

  func run(in session: Session) throws -> Display {
    let names = session.names
    if names.isEmpty { return .text("nothing has a name yet") }
    let columns: [DisplayTable.Column] = [
      .init("name", .left), .init("kind", .left), .init("what", .left), .init("size"), .init("", .left), .init("used by", .left), .init("made by", .left),
    ]
    let rows: [[Phrase]] = names.map { value in
      let summary = session.value(named: value.name)?.summary ?? "not in the store"
      let statement = value.statement.split(separator: " = ", maxSplits: 1).last.map(String.init) ?? ""
      let users = value.usedBy.prefix(4).joined(separator: ", ") + (value.usedBy.count > 4 ? " and \(value.usedBy.count - 4) more" : "")
      return [
        "\(value.name)", "\(value.kind.name)", summary, "\(session.storedSize(of: value.name).map(megabytes) ?? "")",
        value.isStale ? "stale" : session.changesOfVersion(of: value.name).isEmpty ? "" : "other version", "\(users)",
        // A long text would push every other statement to the side.
        "\(statement.count > 72 ? statement.prefix(71) + "…" : statement)",
      ]
    }
    let isStale = names.contains(where: \.isStale), changes = session.changesOfVersion
    let remarks: [Phrase] = (isStale ? ["stale: what it was made from has changed; `refresh` recomputes it"] : []) + changes.map { "other version: \($0)" }
    return .table(DisplayTable(columns: columns, rows: rows, remarks: remarks))
  }
}
