internal import Language
internal import Workbench

/// The dim rest of a line: that of the latest line that began so, else the first parameter that is not given yet, with its default.
struct StatementHint {
  private let session: Session
  private let lines: [String]

  /// - Parameter lines: oldest first.
  init(_ session: Session, lines: [String]) {
    self.session = session
    self.lines = lines
  }

  func rest(of line: String) -> String? {
    guard !line.isEmpty, line.first != "#" else { return nil }
    if let earlier = lines.last(where: { $0.hasPrefix(line) && $0 != line }) { return String(earlier.dropFirst(line.count)) }
    return parameter(after: line)
  }

  private func parameter(after line: String) -> String? {
    let parsed = Statement.parse(line, session.vocabulary)
    guard parsed.diagnostics.isEmpty, parsed.comment == nil, let call = parsed.statement?.call, let command = session.catalog[call.command] else { return nil }
    guard areKnown(call.arguments, StatementParameters(command.parameters)) else { return nil }
    let given = Set(call.arguments.compactMap { $0.parameter?.text })
    let next = command.parameters.first { parameter in
      guard !parameter.isPositional, !given.contains(parameter.name), parameter.fallback != nil else { return false }
      switch parameter.role {
      case .setting, .choice: return true
      default: return false
      }
    }
    guard let next, let fallback = next.fallback else { return nil }
    return (line.hasSuffix(" ") ? "" : " ") + "\(next.name)=\(fallback)"
  }

  /// Nothing goes on behind a name that is still being typed, or misspelt.
  private func areKnown(_ arguments: [Argument], _ parameters: StatementParameters) -> Bool {
    let names = session.boundNames
    var place = 0
    return arguments.allSatisfy { argument in
      if argument.parameter == nil { place += 1 }
      let parameter = argument.parameter.map { parameters.named($0.text) } ?? parameters.positional(place - 1)
      if argument.value.literal != nil { return parameter != nil }
      switch parameter?.role {
      case .choice(let choices) where choices.contains(argument.value.text): return true
      case .path, .words: return true
      default: return argument.value.reference.map { names.contains($0.name) } ?? false
      }
    }
  }
}
