internal import Language
internal import Rendering
package import Workbench

/// The colours of a line while it is typed. A name that holds nothing is underlined, unless it may still become one.
package struct StatementHighlighter {
  private let session: Session

  package init(_ session: Session) { self.session = session }

  package func highlights(_ line: String) -> [Highlight] {
    let script = Script(line, session.vocabulary)
    let names = Set(session.names.map(\.name))
    let statement = script.items.first?.statement
    return script.tokens.compactMap { token in
      style(token, text: text(line, token.range), statement, names).map { Highlight(token.range, $0) }
    }
  }

  private func style(_ token: Token, text: String, _ statement: Statement?, _ names: Set<String>) -> TextStyle? {
    switch token.kind {
    case .name: .name
    case .equals, .comparator: nil
    case .command: .command
    case .unknownCommand: mayBecomeCommand(text) || names.contains { $0.hasPrefix(text) } ? nil : .unknownName
    case .parameter: .parameter
    case .number, .size, .range: .number
    case .text: .quoted
    case .comment: .comment
    case .word: word(text, role(of: token.range, in: statement), names)
    }
  }

  private func word(_ text: String, _ role: ParameterInfo.Role?, _ names: Set<String>) -> TextStyle? {
    if names.contains(String(text.prefix { !".[@".contains($0) })) { return .name }
    switch role {
    case .choice(let choices): return choices.contains(text) ? .choice : choices.contains { $0.hasPrefix(text) } ? nil : .unknownName
    case .path: return .path
    case .setting, .words: return .choice
    case .operand, .operands, .comparison, nil:
      let mayGrow = names.contains { $0.hasPrefix(text) } || mayBecomeCommand(text)
      return mayGrow ? nil : .unknownName
    }
  }

  private func mayBecomeCommand(_ text: String) -> Bool { session.vocabulary.list.contains { $0.hasPrefix(text) } }

  /// What the parameter takes whose argument stands there.
  private func role(of range: SourceRange, in statement: Statement?) -> ParameterInfo.Role? {
    guard let call = statement?.call, let command = session.catalog[call.command] else { return nil }
    if call.comparison != nil { return .comparison }
    let unnamed = call.arguments.filter { $0.parameter == nil }
    guard let argument = call.arguments.first(where: { $0.value.range == range }) else { return nil }
    let parameters = StatementParameters(command.parameters)
    if let name = argument.parameter { return parameters.named(name.text)?.role }
    return unnamed.firstIndex(of: argument).flatMap { parameters.positional($0)?.role }
  }

  private func text(_ line: String, _ range: SourceRange) -> String {
    String(decoding: Array(line.utf8)[range.start..<range.end], as: UTF8.self)
  }
}

/// The parameters of a command as a line fills them.
struct StatementParameters {
  let all: [ParameterInfo]

  init(_ all: [ParameterInfo]) { self.all = all }

  func named(_ name: String) -> ParameterInfo? { all.first { $0.name == name } }

  /// What the n-th argument without a name is for, from 0: the last one that takes many takes the rest.
  func positional(_ index: Int) -> ParameterInfo? {
    let positional = all.filter { $0.isPositional && $0.role != .comparison }
    if index < positional.count { return positional[index] }
    switch positional.last?.role {
    case .operands, .words: return positional.last
    default: return nil
    }
  }
}
