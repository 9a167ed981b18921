public import Language
import Storage

/// `explain train epochs=25`: stands before a statement, and says what it would do without doing it.
struct Explain: SessionCommand {
  static let summary = "Say what a statement would do and cost, with its numbers filled in, and whether its value is in the store; nothing is run."
  static let searchTerms = ["dry run", "preview", "what if", "cost", "memory", "time", "macs"]
  static let seeAlso = ["help", "graph", "time"]
  static let examples = [Example("explain rounds = 25")]

  func run(in session: Session) throws -> Display { throw Diagnostic("explain goes before a statement", remedy: "for example explain iou") }
}

extension Session {
  /// The canonical text, the parameters with what they come to, what would happen, its cost, and whether the value is kept.
  public func explanation(of statement: Statement) throws -> Display {
    var lines: [Display] = [.text("\(try plan(statement, isScripted: false).canonical)")]
    guard let call = statement.call, let type = catalog[call.command] else { return .stack(lines) }
    lines.append(.text("\(type.summary)"))
    let bound = try bound(type, call, scope)
    let told = try (bound.command as? any Command).map { try account(of: $0, bound) }
    let rows: [[Phrase]] = type.parameters.compactMap { parameter in
      guard let ingredient = bound.ingredients[parameter.name], told?.unread.contains(parameter.name) != true else { return nil }
      let written = bound.full.arguments.filter { ($0.parameter?.text ?? (parameter.isPositional ? parameter.name : "")) == parameter.name }.map(\.value.canonical)
      let value = written.isEmpty ? told?.derived[parameter.name] ?? ingredient.words : written.joined(separator: " ")
      return ["  \(parameter.name)", "\(value)"]
    }
    if !rows.isEmpty { lines.append(.table(DisplayTable(columns: [.init("", .left), .init("", .left)], rows: rows))) }
    return .stack(lines + (told?.lines ?? []).map { .text($0) })
  }

  private func account<C: Command>(of command: C, _ bound: BoundCall) throws -> (derived: [String: String], unread: Set<String>, lines: [Phrase]) {
    let context = Context(self, scope)
    let recipe = try recipe(of: command, bound, context)
    try command.check(context)
    var lines = try command.explanation(context)
    let isKept = C.isStored && surroundings.store.contains(recipe.digest)
    var isRefused = false
    if let need = try command.memory(context), need.bytes > 0 {
      let told = context.words(for: need)
      lines.append(told.words)
      // A kept value is read, not computed.
      isRefused = told.isRefused && !isKept
    }
    if !isKept, let work = try command.work(context) {
      let runs = surroundings.store.runs(of: C.name)
      lines.append("time: \(Estimate(work, from: runs)?.words ?? "not known until a similar statement has run here")")
    }
    // An answer and no failure: nothing was asked to run. `segue check` and the statement itself fail.
    let state = isRefused ? "would be refused: there is not enough memory" : !C.isStored ? "cheap, computed when it is needed" : isKept ? "kept in the store" : "would be computed"
    return (try command.derived(context), try command.unread(context), lines + ["\(digest: recipe.digest) \(state)"])
  }
}

extension Recipe.Ingredient {
  /// For people.
  var words: String {
    switch self {
    case .literal(.text(let text)) where text == "yes" || text == "no": text
    case .literal(let literal): literal.description
    case .word(let word): word
    case .absent: "none"
    case .made(let origins): origins.map { "@\($0.digest.prefix(8))\($0.path)" }.joined(separator: " ")
    }
  }
}
