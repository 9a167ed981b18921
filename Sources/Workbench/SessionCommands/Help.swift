import Language

/// `help`, `help data`, `help train`, `help mean`
struct Help: SessionCommand {
  static let summary = "List the commands, say how one is used, or find commands by any word."
  static let searchTerms = ["manual", "usage", "documentation", "?"]
  static let seeAlso = ["explain"]
  static let examples = [
    Example("help"), Example("help session"), Example("help undo"), Example("help seconds"), Example("help zzz", fails: "nothing is known about"),
  ]

  @Words("a command, a category, or any word") var topic: [Word]

  func check(in session: Session) throws {
    guard let first = topic.first, let last = topic.last, category == nil, found(session.catalog).isEmpty else { return }
    let names = Category.allCases.map(\.rawValue) + session.catalog.commands.map { $0.name }
    throw Diagnostic("nothing is known about '\(words)'", at: first.range.joined(to: last.range), unknown: words, among: names)
  }

  func run(in session: Session) throws -> Display {
    if topic.isEmpty { return Help.overview(session.catalog) }
    if session.catalog[words] == nil, let category { return .table(Help.list(session.catalog.commands.filter { $0.category == category }, title: "\(category.rawValue)", isShort: true)) }
    let found = found(session.catalog)
    return found.count == 1 ? Help.page(found[0]) : .table(Help.list(found, title: "about '\(words)':"))
  }

  private var words: String { topic.map(\.text).joined(separator: " ") }
  private var category: Category? { Category(rawValue: words) }

  /// The command of that name, else those that have to do with the words.
  private func found(_ catalog: Catalog) -> [any CommandDeclaration.Type] {
    catalog[words].map { [$0] } ?? catalog.matching(words)
  }

  /// The names of all commands, so that they fit on a screen; a category or a command says more.
  private static func overview(_ catalog: Catalog) -> Display {
    let rows: [[Phrase]] = Category.allCases.compactMap { category in
      let names = catalog.commands.filter { $0.category == category }.map { $0.name }
      return names.isEmpty ? nil : ["\(category.rawValue)", "\(names.joined(separator: ", "))"]
    }
    return .stack([
      .table(DisplayTable(columns: [.init("", .left), .init("", .left)], rows: rows)),
      .text("`help CATEGORY` says what its commands do, `help COMMAND` how one is used, `help WORD` finds commands by any word; `explain STATEMENT` says what it would do."),
    ])
  }

  private static func list(_ commands: [any CommandDeclaration.Type], title: Phrase, isShort: Bool = false) -> DisplayTable {
    DisplayTable(
      title: title, columns: [.init("", .left), .init("", .left)],
      rows: commands.map { ["  \($0.name)", "\(isShort ? short($0.summary) : $0.summary)"] })
  }

  /// The longest part of a sentence that ends at a comma, a colon or a bracket and stays on a line beside a name: a category fits on a screen.
  private static func short(_ summary: String) -> String {
    let room = 62
    if summary.count <= room { return summary }
    let ends = summary.indices.filter { ",;:".contains(summary[$0]) || summary[$0...].hasPrefix(" (") }
    guard let end = ends.last(where: { summary.distance(from: summary.startIndex, to: $0) <= room }) else { return summary }
    return summary[..<end] + "."
  }

  /// Everything that a command declares.
  static func page(_ command: any CommandDeclaration.Type) -> Display {
    var parts: [Display] = [.text("\(command.usage)"), .text("  \(command.summary)")]
    let rows: [[Phrase]] = command.parameters.flatMap { parameter -> [[Phrase]] in
      var more: [String] = []
      if case .choice(let choices) = parameter.role { more.append("one of \(choices.joined(separator: ", "))") }
      if let unit = parameter.unit { more.append("in \(unit)") }
      if let limits = parameter.limits { more.append(limits) }
      if let fallback = parameter.fallback { more.append("default: \(fallback)") }
      var rows: [[Phrase]] = [["  \(parameter.name)", "\(([parameter.summary] + more).joined(separator: "; "))"]]
      if case .choice(let choices) = parameter.role { rows += choices.compactMap { word in parameter.meanings[word].map { ["    \(word)", "\($0)"] } } }
      return rows
    }
    if !rows.isEmpty { parts.append(.table(DisplayTable(columns: [.init("", .left), .init("", .left)], rows: rows))) }
    if !command.fields.isEmpty {
      let rows: [[Phrase]] = command.fields.map { ["    .\($0.name)", "\($0.help)"] }
      parts.append(.table(DisplayTable(title: "  fields of its value", columns: [.init("", .left), .init("", .left)], rows: rows)))
    }
    if !command.examples.isEmpty {
      let rows: [[Phrase]] = command.examples.map { ["    \($0.statement)", "\(outcome($0))"] }
      parts.append(.table(DisplayTable(title: "  for example", columns: [.init("", .left), .init("", .left)], rows: rows)))
    }
    if let reference = command.reference { parts.append(.text("  method: \(reference)")) }
    if !command.seeAlso.isEmpty { parts.append(.text("  see also: \(command.seeAlso.joined(separator: ", "))")) }
    return .stack(parts)
  }

  private static func outcome(_ example: Example) -> String {
    let after = example.after.last.map { " after \($0)" } ?? ""
    switch example.outcome {
    case .shows(let kind): return "\(kind.withArticle)\(after)"
    case .fails(let words): return "fails\(after): \(words)"
    case .works: return after.isEmpty ? "" : String(after.dropFirst())
    }
  }
}

extension CommandDeclaration {
  /// What `help` shows of it.
  public static var page: Display { Help.page(self) }
}
