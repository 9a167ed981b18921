public import Language

extension Script {
  /// The canonical text, as far as declarations tell it: arguments in their declared order, numbers in base units, paths between quotes,
  /// positional arguments without their names. Prose, comments and outputs stay, and nothing that was left out is filled in.
  public func formatted(_ catalog: Catalog) -> String {
    var names: Set<String> = []
    return formatted { statement in
      var rewritten = statement
      if case .command(let call) = statement.body, let command = catalog[call.command] {
        rewritten.body = .command(command.ordered(call, isBound: names.contains))
      }
      if let name = statement.name?.text { names.insert(name) }
      return rewritten
    }
  }
}

extension CommandDeclaration {
  /// The call as it would be recorded, but for what is filled in; as it is where it could not be bound.
  fileprivate static func ordered(_ call: Call, isBound: (String) -> Bool) -> Call {
    guard call.comparison == nil, let given = try? assigned(call, parameters) else { return call }
    var arguments: [Argument] = []
    var isGapless = true
    for parameter in parameters {
      let own = given[parameter.name] ?? []
      for argument in own {
        let value = parameter.spelled(argument.value, isBound: isBound)
        // Without its name a value that begins with # would be a comment.
        if value.canonical.hasPrefix("#") { isGapless = false }
        let isNamed = !parameter.isPositional || !isGapless
        arguments.append(Argument(parameter: isNamed ? argument.parameter ?? Word(parameter.name, argument.range) : nil, value: value))
      }
      if parameter.isPositional, own.isEmpty { isGapless = false }
    }
    var ordered = call
    ordered.arguments = arguments
    return ordered
  }
}

extension ParameterInfo {
  /// A value as this parameter records it.
  fileprivate func spelled(_ term: Term, isBound: (String) -> Bool) -> Term {
    switch (role, term.form) {
    case (.setting, .literal(.percent)), (.setting, .literal(.fraction)): term.literal?.number.map { Term(.number($0)) } ?? term
    case (.path, .reference(let reference)): isBound(reference.name) ? term : Term(.text(term.plainText))
    case (.path, .word), (.path, .literal(.fraction)): Term(.text(term.plainText))
    default: term
    }
  }
}
