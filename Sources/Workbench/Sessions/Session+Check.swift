public import Language
import Storage

extension Session {
  /// What is wrong with a script, as far as that can be told without doing its work: words, names, kinds, ranges, files and the space on
  /// the disk. Datasets are looked at and networks are built; nothing is trained, judged, shown, stored or written. What would be made
  /// that way stands for itself by its outline (``Command/outline(_:)``), or by its kind.
  ///
  /// A failure that the script records (`#!`) is no fault. Ranges count from the start of the script.
  public static func check(_ script: Script, _ catalog: Catalog, _ surroundings: Surroundings) -> [Diagnostic] {
    checked(script, catalog, surroundings).diagnostics
  }

  /// The same, with a session that has the script's names: for completion. Its values stand for those that the script would compute.
  public static func checked(_ script: Script, _ catalog: Catalog, _ surroundings: Surroundings) -> (diagnostics: [Diagnostic], session: Session) {
    let session = Session(catalog, surroundings)
    return (ScriptCheck(script, session).diagnostics(), session)
  }

  /// What a script would read, write and take. Nothing is said of statements that are wrong, which ``check(_:_:_:)`` reports.
  public static func forecast(_ script: Script, _ catalog: Catalog, _ surroundings: Surroundings) -> Forecast {
    let check = ScriptCheck(script, Session(catalog, surroundings))
    _ = check.diagnostics()
    return check.forecast
  }
}

/// Goes through a script as a session would, with ``Unmade`` in place of what takes work.
private final class ScriptCheck {
  private let script: Script
  private let session: Session
  /// Files that the script itself would write.
  private var written: [String] = []
  private var isOver = false
  private(set) var forecast = Forecast()
  /// The statement that is looked at.
  private var current: Statement?

  init(_ script: Script, _ session: Session) { (self.script, self.session) = (script, session) }

  func diagnostics() -> [Diagnostic] {
    var found = script.strayOutputs.map { Diagnostic("no statement above this recorded line could show it", at: $0.range, remedy: "remove it, or put its statement above it") }
    for (index, item) in script.items.enumerated() where !isOver {
      guard case .statement(let statement, _) = item.content else { continue }
      let isExpected = script.expectsFailure(after: index)
      let faults = script.diagnostics.filter { item.range.start <= $0.range?.start ?? -1 && $0.range?.start ?? -1 <= item.range.end }
      if !faults.isEmpty || statement == nil {
        if !isExpected { found += faults }
        if !isExpected { bindBroken(script.source[item.range]) }
        continue
      }
      guard let statement else { continue }
      current = statement
      do {
        try check(statement, binds: !isExpected)
      } catch where !isExpected {
        var diagnostic = session.diagnostic(error)
        // What is wrong with the whole statement is shown at its command.
        diagnostic.range = diagnostic.range ?? statement.call?.commandRange
        found.append(diagnostic)
        bindFailed(statement)
      } catch {}
    }
    return found
  }

  private func check(_ statement: Statement, binds: Bool) throws {
    let isQuestion = statement.prefix != nil
    switch statement.body {
    case .value(let term):
      let (bound, recipe) = try session.boundValue(of: term, isNamed: statement.name != nil)
      let text = Recorded(full: term.canonical, references: Set([term.reference?.name].compactMap(\.self)))
      if binds, !isQuestion { bind(statement.name?.text, bound.value, bound.origin, recipe, text) }
    case .command(let call):
      let type = try session.command(call)
      let bound = try session.bound(type, call, session.scope)
      if !isQuestion { forecast.add(bound.files) }
      if let command = bound.command as? any SessionCommand {
        try command.refuseName(of: statement)
        try command.refuseRemoval()
        if bound.knowledge > .kind { try command.check(in: session) }
        if binds, !isQuestion, let change = command.change { make(change) }
      } else if let command = bound.command as? any Command {
        try check(command, bound, statement, binds: binds && !isQuestion)
      }
    }
  }

  private func check<C: Command>(_ command: C, _ bound: BoundCall, _ statement: Statement, binds: Bool) throws {
    try command.refuseName(of: statement)
    let context = Context(session, session.scope, isQuiet: true)
    var value: any Value = Unmade(expected: C.Result.kind)
    // A question is answered also where the machine lacks what its statement needs.
    if bound.knowledge > .kind { if statement.prefix == nil { try command.checkBeforeWork(context) } else { try command.check(context) } }
    if bound.knowledge > .kind, statement.prefix == nil { add(command, bound, context) }
    do {
      if bound.knowledge == .whole, !C.isStored, C.naming == .counted {
        value = try command.run(context)
      } else {
        try checkFiles(bound)
        if bound.knowledge > .kind { value = Unmade(expected: C.Result.kind, outline: try command.outline(context)) }
      }
    } catch where readsWhatIsWritten(bound) {}
    written += bound.files.filter { $0.use == .writing }.map(\.location.path)
    guard binds else { return }
    let recipe = Recipe(command: C.name, version: C.version, parameters: bound.ingredients, ingredients: [:], seed: C.usesSeed ? context.seed : nil)
    let name = statement.name?.text ?? (C.naming == .counted ? session.timeline.numbering.next(C.countedWord) : nil)
    bind(name, value, Origin(digest: recipe.digest), recipe, Recorded(full: bound.full.canonical, references: bound.references))
  }

  /// What a statement takes; what cannot be told by outlines adds nothing.
  private func add<C: Command>(_ command: C, _ bound: BoundCall, _ context: Context) {
    if let need = (try? command.memory(context)) ?? nil { forecast.memory = max(forecast.memory, need.bytes) }
    if let work = (try? command.work(context)) ?? nil {
      let known = Estimate(work, from: session.surroundings.store.runs(of: C.name))
      forecast.costs.append(.init(statement: bound.canonical.canonical, multiplyAccumulates: work.total, seconds: known?.seconds))
    }
  }

  private func checkFiles(_ bound: BoundCall) throws {
    for file in bound.files where file.use == .reading && !session.surroundings.fileSystem.exists(file.location.path) {
      throw Diagnostic("there is no file or folder '\(file.location.text)'", at: file.range)
    }
  }

  /// A file that an earlier statement writes is not there yet: what comes of it cannot be told.
  private func readsWhatIsWritten(_ bound: BoundCall) -> Bool {
    bound.files.contains { file in
      file.use == .reading && written.contains { $0 == file.location.path || $0.hasPrefix(file.location.path + "/") }
    }
  }

  /// What session commands do to names, the seed and the rest of the script.
  private func make(_ change: SessionChange) {
    switch change {
    case .seed(let seed): add(nil, .seed(seed), nil, nil, Recorded())
    case .undo(let count): for _ in 0..<count { _ = session.timeline.undo() }
    case .redo(let count): for _ in 0..<count { _ = session.timeline.redo() }
    case .file(let file): written.append(file.path)
    case .end: isOver = true
    }
  }

  /// A statement that cannot be read stands for what it was probably meant to be.
  private func bindBroken(_ text: String) {
    current = nil
    let parsed = Statement.parse(text, session.vocabulary)
    if let mended = parsed.diagnostics.first?.corrected(text).map({ Statement.parse($0, session.vocabulary) }), mended.diagnostics.isEmpty, let statement = mended.statement {
      do { try check(statement, binds: true) } catch { bindFailed(statement) }
    } else if let broken = parsed.statement {
      bindFailed(broken)
    }
  }

  /// The name of a statement that failed stands for what it would have held, so that one slip is reported once.
  private func bindFailed(_ statement: Statement) {
    guard statement.prefix == nil else { return }
    let command = statement.call.flatMap { session.catalog[$0.command] } as? any Command.Type
    let counted = command.flatMap { $0.naming == .counted ? session.timeline.numbering.next($0.countedWord) : nil }
    guard let name = statement.name?.text ?? counted else { return }
    let recipe = Recipe(command: command?.name ?? "unknown", version: 0, parameters: [:], ingredients: ["line": "\(statement.range.start)"], seed: nil)
    bind(name, Unmade(expected: command.map { resultKind($0) }), Origin(digest: recipe.digest), recipe, Recorded())
  }

  private func resultKind<C: Command>(_ command: C.Type) -> Kind { C.Result.kind }

  /// What an entry keeps of its statement.
  private struct Recorded {
    var full = ""
    var references: Set<String> = []
  }

  private func bind(_ name: String?, _ value: any Value, _ origin: Origin, _ recipe: Recipe?, _ recorded: Recorded) {
    add(name, name == nil ? .showing : .binding, (value, origin), recipe, recorded)
  }

  private func add(_ name: String?, _ effect: Entry.Effect, _ made: (value: any Value, origin: Origin)?, _ recipe: Recipe?, _ recorded: Recorded) {
    var entry = Entry(
      id: session.timeline.nextID, effect: effect, name: name, canonical: current?.canonical ?? "", full: recorded.full, seed: session.timeline.seed,
      environment: session.timeline.names.filter { recorded.references.contains($0.key) }, isStored: false, outputs: [], seconds: 0)
    (entry.origin, entry.recipe, entry.kind) = (made?.origin, recipe, made?.value.kind)
    session.timeline.add(entry)
    if let made { session.values[entry.id] = made.value }
  }
}
