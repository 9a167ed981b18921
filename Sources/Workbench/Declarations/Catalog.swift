public import Language

/// The commands there are.
public struct Catalog: Sendable {
  public let commands: [any CommandDeclaration.Type]
  public let vocabulary: Vocabulary
  private let byName: [String: any CommandDeclaration.Type]

  /// The session's own commands, and `commands`.
  public init(_ commands: [any CommandDeclaration.Type]) {
    self.commands = commands + Catalog.sessionCommands
    var byName: [String: any CommandDeclaration.Type] = [:]
    for command in self.commands {
      precondition(byName.updateValue(command, forKey: command.name) == nil, "two commands are named '\(command.name)'")
    }
    self.byName = byName
    let comparing = self.commands.filter { $0.parameters.contains { $0.role == .comparison } }.map { $0.name }
    vocabulary = Vocabulary(commands: byName.keys, comparing: Set(comparing), prefixes: ["explain"])
  }

  public subscript(name: String) -> (any CommandDeclaration.Type)? { byName[name] }

  /// Those whose name, search terms, parameters or summary hold the words, the best first.
  public func matching(_ words: String) -> [any CommandDeclaration.Type] {
    let words = words.lowercased()
    func rank(_ command: any CommandDeclaration.Type) -> Int? {
      if command.name == words { return 0 }
      if command.name.contains(words) { return 1 }
      if command.searchTerms.contains(where: { $0.lowercased().contains(words) }) { return 2 }
      if command.parameters.contains(where: { $0.name == words }) { return 3 }
      return command.summary.lowercased().contains(words) ? 4 : nil
    }
    return commands.compactMap { command in rank(command).map { ($0, command) } }.sorted { $0.0 < $1.0 }.map(\.1)
  }

  /// What is wrong with the declarations themselves; empty for a sane catalog. A test asks this.
  public func faults() -> [String] {
    commands.flatMap { command -> [String] in
      var faults: [String] = []
      let parameters = command.parameters
      func say(_ fault: String) { faults.append("\(command.name): \(fault)") }
      if command.summary.isEmpty || !command.summary.hasSuffix(".") { say("the summary is one sentence with its full stop") }
      for other in command.seeAlso where byName[other] == nil || other == command.name { say("'\(other)' is no other command to see") }
      let names = parameters.map(\.name)
      for name in Set(names) where names.count(where: { $0 == name }) > 1 { say("two parameters are named '\(name)'") }
      for parameter in parameters {
        if parameter.summary.isEmpty { say("\(parameter.name) has no summary") }
        if !Reference.isName(parameter.name) { say("'\(parameter.name)' cannot be written as a parameter") }
        if case .choice(let choices) = parameter.role, Set(choices).count != choices.count || choices.isEmpty { say("\(parameter.name) has no or equal choices") }
      }
      for example in command.examples {
        for statement in example.after + [example.statement] {
          for diagnostic in Statement.parse(statement, vocabulary).diagnostics { say("the example '\(statement)' cannot be read: \(diagnostic)") }
        }
        let parsed = Statement.parse(example.statement, vocabulary).statement
        if (parsed?.prefix?.text ?? parsed?.call?.command) != command.name { say("the example '\(example.statement)' is not about it") }
      }
      return faults
    }
  }
}
