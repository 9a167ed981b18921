import Language

/// `diff iou1 iou2`, `diff near1 far1`
struct Diff: SessionCommand {
  static let summary = "Compare two values: tables row by row, and how their recipes differ."
  static let category = Category.judging
  static let isRecorded = true
  static let searchTerms = ["compare", "difference", "change", "versus", "per class", "recipe"]
  static let seeAlso = ["graph", "iou", "expect"]
  static let examples = [
    Example("diff few many", after: ["few = 8", "many = 25"]), Example("diff few", fails: "at least 2", after: ["few = 8"]),
  ]

  @Inputs("two values", atLeast: 2) var values: [any Value]

  func check(in session: Session) throws {
    if values.count > 2 { throw Diagnostic("diff compares two values, not \(values.count)", at: $values[2].range, remedy: "leave out '\($values[2].text)'") }
  }

  func run(in session: Session) throws -> Display {
    let (a, b) = ($values[0], $values[1])
    var parts: [Display] = []
    if let tables = TableDifference(values[0].display, values[1].display, names: (a.text, b.text)) { parts.append(.table(tables.table)) }
    let differences = RecipeDifference(a.origin, b.origin, in: session).rows
    if differences.isEmpty {
      parts.append(.text(a.origin == b.origin ? "\(a.text) and \(b.text) are the same value" : "\(a.text) and \(b.text) were made the same way"))
    } else {
      let columns: [DisplayTable.Column] = [.init("made differently", .left), .init(a.text, .left), .init(b.text, .left)]
      parts.append(.table(DisplayTable(columns: columns, rows: differences.map { ["\($0.place)", "\($0.first)", "\($0.second)"] })))
    }
    return .stack(parts)
  }
}

/// Two tables with the same rows, number by number.
private struct TableDifference {
  let table: DisplayTable

  /// Nil where the two are not such tables.
  init?(_ a: Display, _ b: Display, names: (String, String)) {
    guard case .table(let first) = a, case .table(let second) = b, first.columns.count > 1, second.columns.count > 1 else { return nil }
    // Columns of the same heading belong together; tables of one column each are compared whatever their headings.
    var pairs = first.columns.indices.dropFirst().compactMap { i in
      second.columns.indices.dropFirst().first { second.columns[$0].heading == first.columns[i].heading }.map { (i, $0) }
    }
    if pairs.isEmpty, first.columns.count == second.columns.count { pairs = first.columns.indices.dropFirst().map { ($0, $0) } }
    let rows = Dictionary(second.rows.compactMap { row in row.first.map { ($0.text, row) } }) { first, _ in first }
    let compared: [[Phrase]] = first.rows.compactMap { row in
      guard let head = row.first, let other = rows[head.text] else { return nil }
      let cells = pairs.flatMap { i, j -> [Phrase] in
        let (old, new) = (i < row.count ? row[i] : "", j < other.count ? other[j] : "")
        let change = old.sole.flatMap { old in new.sole.map { "\(old.change(to: $0))" as Phrase } } ?? "-"
        return [old, new, change]
      }
      return [head] + cells
    }
    guard !pairs.isEmpty, !compared.isEmpty else { return nil }
    let headings = pairs.flatMap { i, j -> [DisplayTable.Column] in
      let (old, new) = (first.columns[i].heading, second.columns[j].heading)
      return [.init(old == new ? names.0 : old), .init(old == new ? names.1 : new), .init("change")]
    }
    table = DisplayTable(title: first.title, columns: [first.columns[0]] + headings, rows: compared)
  }
}

extension Phrase {
  /// The number, where the phrase is one number and nothing else.
  fileprivate var sole: Number? { if pieces.count == 1, case .number(let number) = pieces[0] { number } else { nil } }
}

extension Number {
  /// How far it is to another: off by as much as both may be.
  fileprivate func change(to other: Number) -> Number {
    func slack(_ number: Number) -> Double {
      switch number.nature {
      case .exact, .rounded: 0
      case .trained(.absolute(let most)): most
      case .trained(.relative(let share)): share * abs(number.value)
      }
    }
    let slack = slack(self) + slack(other)
    let isExact = nature == .exact && other.nature == .exact
    return Number(other.value - value, places: max(places, other.places), slack > 0 ? .trained(.absolute(slack)) : isExact ? .exact : .rounded)
  }
}

/// Where two recipes part, from the values down to what they were made from.
private struct RecipeDifference {
  struct Row {
    /// The way from the values: `on › fda beta`.
    var place: String
    var first: String
    var second: String
  }

  private(set) var rows: [Row] = []
  private var seen: Set<[Origin]> = []
  private let session: Session

  init(_ a: Origin, _ b: Origin, in session: Session) {
    self.session = session
    compare(a, b, at: "")
  }

  private mutating func compare(_ a: Origin, _ b: Origin, at place: String) {
    guard a != b, seen.insert([a, b]).inserted else { return }
    func note(_ what: String, _ first: String, _ second: String) {
      rows.append(Row(place: place.isEmpty || what.isEmpty ? place + what : "\(place) › \(what)", first: first, second: second))
    }
    if a.digest == b.digest, a.path == b.path { return note("seed", a.seed.map(String.init) ?? "none", b.seed.map(String.init) ?? "none") }
    guard a.digest != b.digest, let first = session.recipe(a.digest), let second = session.recipe(b.digest) else {
      return note(place.isEmpty ? "part" : "", name(a), name(b))
    }
    if first.command != second.command { return note(place.isEmpty ? "command" : "", name(a), name(b)) }
    if a.path != b.path { note("part", a.path, b.path) }
    if first.version != second.version { note("version of \(first.command)", String(first.version), String(second.version)) }
    let order = session.catalog[first.command]?.parameters.map(\.name) ?? []
    let parameters = Set(first.parameters.keys).union(second.parameters.keys).sorted {
      (order.firstIndex(of: $0) ?? order.count, $0) < (order.firstIndex(of: $1) ?? order.count, $1)
    }
    for parameter in parameters where first.parameters[parameter] != second.parameters[parameter] {
      if case .made(let ours)? = first.parameters[parameter], case .made(let theirs)? = second.parameters[parameter], ours.count == theirs.count {
        for (own, other) in zip(ours, theirs) { compare(own, other, at: place.isEmpty ? parameter : "\(place) › \(parameter)") }
      } else {
        note(parameter, words(first.parameters[parameter]), words(second.parameters[parameter]))
      }
    }
    // In recipes of former versions, an ingredient that is called like a parameter only says how that was written.
    for key in Set(first.ingredients.keys).union(second.ingredients.keys).sorted()
    where first.ingredients[key] != second.ingredients[key] && first.parameters[key] == nil {
      func short(_ value: String?) -> String { value.map { $0.utf8.count == 64 ? "@\($0.prefix(8))" : $0 } ?? "none" }
      note(key, short(first.ingredients[key]), short(second.ingredients[key]))
    }
    if first.seed != second.seed { note("seed", first.seed.map(String.init) ?? "none", second.seed.map(String.init) ?? "none") }
  }

  private func words(_ ingredient: Recipe.Ingredient?) -> String {
    guard case .made(let origins)? = ingredient else { return ingredient?.words ?? "none" }
    return origins.map(name).joined(separator: " ")
  }

  /// The latest name of what an origin leads to, or its recipe's command.
  private func name(_ origin: Origin) -> String {
    let entry = session.timeline.entries.last { $0.name != nil && $0.origin?.digest == origin.digest && $0.origin?.path == "" }
    return (entry?.name ?? session.recipe(origin.digest)?.command ?? "@\(origin.digest.prefix(8))") + origin.path
  }
}
