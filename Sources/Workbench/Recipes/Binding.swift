import Language

/// A command whose parameters are bound: ready to be recorded, explained or run.
struct BoundCall {
  var command: any CommandDeclaration
  /// As it is recorded.
  var canonical: Call
  /// With operands that were filled in silently.
  var full: Call
  var ingredients: [String: Recipe.Ingredient]
  /// The names whose values it uses, written or filled in.
  var references: Set<String>
  /// The files and folders that it names.
  var files: [NamedFile] = []
  /// The least that is known of any of its values.
  var knowledge = Knowledge.whole
}

/// Remembers which names were looked up.
private final class Lookups {
  var names: Set<String> = []
}

extension CommandDeclaration {
  /// A command of this type with its parameters bound to what `call` says and `scope` fills in.
  static func bound(_ call: Call, _ scope: Scope, directory: String) throws -> BoundCall {
    let command = Self()
    let declared = command.declared
    var given = try assigned(call, declared.map(\.info))
    var canonical = Call(command: name, commandRange: call.commandRange, arguments: [], comparison: call.comparison)
    var full = canonical
    var ingredients: [String: Recipe.Ingredient] = [:]
    let lookups = Lookups()
    var knowledge = Knowledge.whole
    func binder(for info: ParameterInfo) -> Binder {
      Binder(
        command: name, commandRange: call.commandRange, info: info,
        lookUp: { reference, range in
          lookups.names.insert(reference.name)
          return try scope.lookUp(reference, range)
        }, candidates: scope.candidates(name), directory: directory, isBound: { scope.entry($0) != nil })
    }
    var leftOut: [(info: ParameterInfo, parameter: any Presettable)] = []
    for (info, parameter) in declared {
      let binder = binder(for: info)
      let written = given.removeValue(forKey: info.name) ?? []
      let resolution = try parameter.bind(written, binder)
      if written.isEmpty, let parameter = parameter as? any Presettable { leftOut.append((info, parameter)) }
      knowledge = min(knowledge, resolution.knowledge)
      if written.isEmpty { lookups.names.formUnion(resolution.full.compactMap { $0.reference?.name }) }
      if let claim = parameter as? Claim, let comparison = call.comparison { knowledge = min(knowledge, try claim.bind(comparison, binder)) }
      func arguments(_ terms: [Term]) -> [Argument] {
        terms.map { Argument(parameter: info.isPositional ? nil : Word(info.name, $0.range), value: $0) }
      }
      canonical.arguments += arguments(resolution.written)
      full.arguments += arguments(resolution.full)
      ingredients[info.name] = resolution.ingredient
    }
    // Only what is known of all operands decides them.
    let presets = knowledge > .kind ? command.presets : [:]
    for (info, parameter) in leftOut {
      guard let term = presets[info.name] else { continue }
      ingredients[info.name] = try parameter.take(term, binder(for: info)).ingredient
    }
    let files = declared.compactMap { _, parameter in (parameter as? any FileParameter)?.file }
    return BoundCall(command: command, canonical: canonical, full: full, ingredients: ingredients, references: lookups.names, files: files, knowledge: knowledge)
  }

  /// The arguments by parameter: those without a name go to the positional parameters in order, the last of which may take many.
  static func assigned(_ call: Call, _ infos: [ParameterInfo]) throws -> [String: [Argument]] {
    var given: [String: [Argument]] = [:]
    var positional = infos.filter { $0.isPositional && $0.role != .comparison }[...]
    for argument in call.arguments {
      if let parameter = argument.parameter {
        guard infos.contains(where: { $0.name == parameter.text && $0.role != .comparison }) else {
          throw Diagnostic(
            "\(name) has no parameter '\(parameter.text)'", at: parameter.range, unknown: parameter.text, among: infos.map(\.name), none: "it takes none")
        }
        given[parameter.text, default: []].append(argument)
        continue
      }
      guard let info = positional.first else {
        let open = infos.filter { !$0.isPositional && given[$0.name] == nil }.map { "\($0.name)=\(argument.value.text)" }
        let remedy = open.isEmpty ? nil : "write \(open.prefix(3).joined(separator: " or "))"
        throw Diagnostic("\(name) takes no more values without a name", at: argument.value.range, remedy: remedy)
      }
      switch info.role {
      case .operands, .words: break
      default: positional.removeFirst()
      }
      given[info.name, default: []].append(argument)
    }
    return given
  }
}
