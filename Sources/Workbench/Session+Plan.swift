import Language

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
  func plan(_ statement: Statement) throws -> Plan {
    switch statement.body {
    case .value(let term): return plan(term, name: statement.name?.text)
    case .command(let call):
      guard let type = catalog[call.command] else {
        throw Diagnostic("no command is named '\(call.command)'", at: call.commandRange, remedy: suggestion(for: call.command, in: vocabulary.list))
      }
      let bound = try type.bound(call, scope, directory: surroundings.directory)
      if let command = bound.command as? any SessionCommand { return try plan(command, bound, statement) }
      guard let command = bound.command as? any Command else { preconditionFailure("\(type) is neither a Command nor a SessionCommand") }
      return try plan(command, bound, statement)
    }
  }

  /// A literal or a reference, with a name or to be shown.
  private func plan(_ term: Term, name: String?) -> Plan {
    let text = term.canonical
    return Plan(
      name: name, canonical: name.map { "\($0) = \(text)" } ?? text, full: text, references: Set([term.reference?.name].compactMap(\.self)),
      isRecorded: true, effect: name == nil ? .showing : .binding
    ) { [unowned self] entry in
      let bound: Bound
      if let literal = term.literal {
        let recipe = Recipe(literal)
        entry.recipe = recipe
        bound = Bound(literal.value, Origin(digest: recipe.digest))
      } else if let reference = term.reference {
        if name == nil { try suspectCommand(reference, term) }
        bound = try self.bound(reference, at: term.range)
      } else {
        throw Diagnostic("'\(text)' is no value", at: term.range, remedy: "a text stands between quotes")
      }
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
    throw Diagnostic("no command and no value is named '\(reference.name)'", at: term.range, remedy: "did you mean \(command)?")
  }

  private func plan(_ command: any SessionCommand, _ bound: BoundCall, _ statement: Statement) throws -> Plan {
    let type = Swift.type(of: command)
    if let name = statement.name { throw Diagnostic("\(type.name) makes no value to name", at: name.range, remedy: "leave out '\(name.text) ='") }
    let effect: Entry.Effect = (command as? SetSeed).map { .seed($0.value) } ?? .showing
    return Plan(
      name: nil, canonical: bound.canonical.canonical, full: bound.full.canonical, references: bound.references, isRecorded: type.isRecorded, effect: effect
    ) { [unowned self] _ in
      Product(value: nil, kind: "text", display: try command.run(in: self))
    }
  }

  private func plan<C: Command>(_ command: C, _ bound: BoundCall, _ statement: Statement) throws -> Plan {
    var name = statement.name?.text
    switch C.naming {
    case .counted: name = name ?? timeline.numbering.next(C.countedWord)
    case .optional: break
    case .none: if let word = statement.name { throw Diagnostic("\(C.name) makes no value to name", at: word.range, remedy: "leave out '\(word.text) ='") }
    }
    let text = bound.canonical.canonical
    return Plan(
      name: name, canonical: name.map { "\($0) = \(text)" } ?? text, full: bound.full.canonical, references: bound.references, isRecorded: C.isRecorded,
      effect: name == nil ? .showing : .binding
    ) { [unowned self] entry in
      let made = try obtain(command, bound, scope)
      entry.origin = Origin(digest: made.recipe.digest)
      entry.recipe = made.recipe
      entry.kind = made.value.kind
      entry.isStored = C.isStored
      return Product(value: made.value, kind: made.value.kind.name, display: made.value.display, isKept: made.isKept)
    }
  }
}
