import Language
import Storage

/// What a statement is about to do.
struct Plan {
  var name: String?
  /// As it is recorded, with the name.
  var canonical: String
  /// For remaking, without the name.
  var full: String
  var references: Set<String>
  var isRecorded: Bool
  var effect: Entry.Effect
  /// Whether the session is over afterwards.
  var ends = false
  /// Does it, and completes the entry.
  var perform: (inout Entry) throws -> Product
}

/// What performing a plan gave.
struct Product {
  var value: (any Value)?
  var kind: String
  var display: Display
  var isKept = false
}

extension Session {
  /// `isScripted` where it stands in a script, and was not typed by a person.
  func plan(_ statement: Statement, isScripted: Bool) throws -> Plan {
    switch statement.body {
    case .value(let term): return plan(term, name: statement.name?.text)
    case .command(let call):
      let type = try command(call)
      let bound = try bound(type, call, scope)
      if let command = bound.command as? any SessionCommand {
        if isScripted { try command.refuseRemoval() }
        return try plan(command, bound, statement)
      }
      guard let command = bound.command as? any Command else { preconditionFailure("\(type) is neither a Command nor a SessionCommand") }
      return try plan(command, bound, statement)
    }
  }

  func command(_ call: Call) throws -> any CommandDeclaration.Type {
    if let type = catalog[call.command] { return type }
    throw Diagnostic("no command is named '\(call.command)'", at: call.commandRange, unknown: call.command, among: vocabulary.list)
  }

  /// What a literal is, with its recipe, or a reference leads to.
  func boundValue(of term: Term, isNamed: Bool) throws -> (bound: Bound, recipe: Recipe?) {
    if let literal = term.literal {
      let recipe = Recipe(literal)
      return (Bound(literal.value, Origin(digest: recipe.digest)), recipe)
    }
    guard let reference = term.reference else {
      throw Diagnostic("'\(term.canonical)' is not a value", at: term.range, remedy: "a text goes between quotes")
    }
    if !isNamed { try suspectCommand(reference, term) }
    if isNamed, reference.steps.isEmpty, timeline.names[reference.name] == nil { throw unknownValue(reference, term) }
    return (try bound(reference, at: term.range), nil)
  }

  /// `x = True`: a word that is neither a name nor a literal, with what may stand there.
  private func unknownValue(_ reference: Reference, _ term: Term) -> Diagnostic {
    var diagnostic = Diagnostic(unknown: reference, among: timeline.latestNames.map(\.name), at: term.range)
    if diagnostic.replacement == nil {
      diagnostic.remedy = "write \(Literal.quoted(reference.name)) for a text; a number, a size (512x256), a range (0.75..1.5) or a name of a value needs no quotes"
    }
    return diagnostic
  }

  /// A literal or a reference, with a name or to be shown.
  private func plan(_ term: Term, name: String?) -> Plan {
    let text = term.canonical
    return Plan(
      name: name, canonical: name.map { "\($0) = \(text)" } ?? text, full: text, references: Set([term.reference?.name].compactMap(\.self)),
      isRecorded: true, effect: name == nil ? .showing : .binding
    ) { [unowned self] entry in
      let (bound, recipe) = try boundValue(of: term, isNamed: name != nil)
      if let recipe { entry.recipe = recipe }
      entry.origin = bound.origin
      entry.kind = bound.value.kind
      return Product(value: name == nil ? nil : bound.value, kind: bound.value.kind.name, display: name == nil ? bound.value.display : .nothing)
    }
  }

  /// A word alone that is no name may be a slip in a command's.
  private func suspectCommand(_ reference: Reference, _ term: Term) throws {
    guard reference.steps.isEmpty, timeline.names[reference.name] == nil, nearest(reference.name, in: timeline.names.keys) == nil,
      let command = nearest(reference.name, in: vocabulary.list)
    else { return }
    throw Diagnostic("no command and no value is named '\(reference.name)'", at: term.range, remedy: "did you mean \(command)?", replacement: command)
  }

  private func plan(_ command: any SessionCommand, _ bound: BoundCall, _ statement: Statement) throws -> Plan {
    let type = Swift.type(of: command)
    try command.refuseName(of: statement)
    let change = command.change, seed: UInt64? = if case .seed(let seed)? = change { seed } else { nil }
    return Plan(
      name: nil, canonical: bound.canonical.canonical, full: bound.full.canonical, references: bound.references, isRecorded: type.isRecorded,
      effect: seed.map { .seed($0) } ?? .showing, ends: change == .end
    ) { [unowned self] _ in
      try command.check(in: self)
      return Product(value: nil, kind: "text", display: try command.run(in: self))
    }
  }

  private func plan<C: Command>(_ command: C, _ bound: BoundCall, _ statement: Statement) throws -> Plan {
    var name = statement.name?.text
    switch C.naming {
    case .counted: name = name ?? timeline.numbering.next(C.countedWord)
    case .optional: break
    case .none: try command.refuseName(of: statement)
    }
    let text = bound.canonical.canonical
    return Plan(
      name: name, canonical: name.map { "\($0) = \(text)" } ?? text, full: bound.full.canonical, references: bound.references, isRecorded: C.isRecorded,
      effect: name == nil ? .showing : .binding
    ) { [unowned self] entry in
      let made = try pointing(at: statement) { try obtain(command, bound, scope) }
      entry.origin = Origin(digest: made.recipe.digest)
      entry.recipe = made.recipe
      entry.kind = made.value.kind
      entry.isStored = C.isStored
      return Product(value: made.value, kind: made.value.kind.name, display: made.value.display, isKept: made.isKept)
    }
  }
}

extension Session {
  /// What goes wrong while a value is made, such as a file that was damaged since, is reported at its command, unless a place is known.
  private func pointing<Result>(at statement: Statement, _ work: () throws -> Result) throws -> Result {
    do {
      return try work()
    } catch where !(error is Interrupted) && !(error is Folder.Damage) && !(error is PartDone) {
      var diagnostic = self.diagnostic(error)
      diagnostic.range = diagnostic.range ?? statement.call?.commandRange
      throw diagnostic
    }
  }
}

extension CommandDeclaration {
  /// A command that makes no value gives none to name.
  func refuseName(of statement: Statement) throws {
    guard let name = statement.name, (self as? any Command).map({ Swift.type(of: $0).naming == .none }) ?? true else { return }
    throw Diagnostic("\(Self.name) makes no value to name", at: name.range, remedy: "leave out '\(name.text) ='")
  }
}
