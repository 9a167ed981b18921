public import Language

extension Session {
  /// What a text of a statement that is still being typed may be: its operands are bound as far as they are there.
  public func suggestions(for parameter: String, in call: Call) -> [Suggestion] {
    guard let type = catalog[call.command] else { return [] }
    let command = type.init(), scope = scope
    let declared = command.declared
    var given = (try? type.assigned(call, declared.map(\.info))) ?? [:]
    for (info, wrapped) in declared where info.name != parameter {
      switch info.role {
      case .operand, .operands: break
      default: continue
      }
      let binder = Binder(
        command: type.name, commandRange: call.commandRange, info: info, lookUp: scope.lookUp, candidates: scope.candidates(type.name),
        directory: surroundings.directory, isBound: { scope.entry($0) != nil })
      _ = try? wrapped.bind(given.removeValue(forKey: info.name) ?? [], binder)
    }
    return command.words(for: parameter)
  }
}
