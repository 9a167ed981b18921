internal import Language
internal import Rendering
package import Workbench

/// The colours of a line while it is typed. A name that holds nothing, a parameter that the command lacks, a field that the value lacks are
/// underlined, unless they may still become what is meant.
package struct StatementHighlighter {
  private let session: Session

  package init(_ session: Session) { self.session = session }

  package func highlights(_ line: String) -> [Highlight] {
    let script = Script(line, session.vocabulary)
    let names = session.boundNames
    let statement = script.items.first?.statement
    var words = script.tokens.filter { $0.kind == .command }.map { text(line, $0.range) }
    if words.count > 1, session.vocabulary.prefixes.contains(words[0]) { words.removeFirst() }
    let typed = words.joined(separator: " ")
    let command = session.catalog[typed]
    return script.tokens.flatMap { token -> [Highlight] in
      let text = text(line, token.range)
      switch token.kind {
      case .name: return [Highlight(token.range, .name)]
      case .equals, .comparator: return []
      case .command: return [Highlight(token.range, .command)]
      case .unknownCommand: 
        let isFirst = session.vocabulary.pairs[typed] == nil
        let mayGrow = mayBecomeCommand(isFirst ? text : typed + " " + text) || isFirst && names.contains { $0.hasPrefix(text) }
        return mayGrow ? [] : [Highlight(token.range, .unknownName)]
      case .parameter: return [Highlight(token.range, isParameter(text, of: command) ? .parameter : .unknownName)]
      case .number, .size, .range: return [Highlight(token.range, .number)]
      case .text: return [Highlight(token.range, .quoted)]
      case .comment: return [Highlight(token.range, .comment)]
      case .word:
        // The beginning of a parameter's name, where one may be written.
        if isBare(token.range, in: statement), command?.parameters.contains(where: { !$0.isPositional && $0.name.hasPrefix(text) }) ?? false { return [] }
        return word(text, token.range, role(of: token.range, in: statement, command), names)
      }
    }
  }

  private func word(_ text: String, _ range: SourceRange, _ role: ParameterInfo.Role?, _ names: Set<String>) -> [Highlight] {
    if let place = text.firstIndex(where: { ".[@".contains($0) }) ?? (names.contains(text) ? text.endIndex : nil), names.contains(String(text[..<place])) {
      return reference(text, range)
    }
    let mayGrow = names.contains { $0.hasPrefix(text) }
    let style: TextStyle? =
      switch role {
      case .choice(let choices): choices.contains(text) ? .choice : mayGrow || choices.contains { $0.hasPrefix(text) } ? nil : .unknownName
      case .path: .path
      case .setting(let type): isWord(text, of: type) ? .choice : mayGrow ? nil : .unknownName
      case .words: .choice
      case .operand, .operands, .comparison: mayGrow ? nil : .unknownName
      case nil: mayGrow || mayBecomeCommand(text) ? nil : .unknownName
      }
    return style.map { [Highlight(range, $0)] } ?? []
  }

  /// A name, and the way from it as far as it leads somewhere.
  private func reference(_ text: String, _ range: SourceRange) -> [Highlight] {
    let known = knownLength(of: text)
    let cut = range.start + known
    return [Highlight(SourceRange(range.start, cut), .name)] + (cut < range.end ? [Highlight(SourceRange(cut, range.end), .unknownName)] : [])
  }

  /// The bytes of a reference that lead somewhere or may still do; all of them where the value is not in memory.
  private func knownLength(of text: String) -> Int {
    let name = text.prefix { !".[@".contains($0) }
    guard var value = session.valueInMemory(named: String(name)) else { return text.utf8.count }
    var known = name.utf8.count
    var rest = text.dropFirst(name.count)
    while let sign = rest.first {
      let word = rest.dropFirst().prefix { !".[@".contains($0) }
      let isLast = word.endIndex == rest.endIndex
      guard Self.leads(value, sign, word, isLast: isLast) else { return known }
      known += 1 + word.utf8.count
      rest = rest[word.endIndex...]
      // A part is only looked into where more follows: making it may be work.
      guard !isLast, let step = Reference("x" + String(sign) + word)?.steps.first, let part = try? Self.part(of: value, step) else { return isLast ? known : text.utf8.count }
      value = part
    }
    return known
  }

  private static func leads(_ value: any Value, _ sign: Character, _ word: Substring, isLast: Bool) -> Bool {
    switch sign {
    case ".": value.fieldNames.contains(String(word)) || isLast && value.fieldNames.contains { $0.hasPrefix(word) }
    case "@": value.epochs.contains(String(word)) || isLast && value.epochs.contains { $0.hasPrefix(word) }
    default: word.last == "]" ? Int(word.dropLast()).map { $0 < value.count ?? 0 } ?? false : value.count != nil && isLast && word.allSatisfy(\.isNumber)
    }
  }

  private static func part(of value: any Value, _ step: Reference.Step) throws -> any Value {
    switch step {
    case .field(let name): try value.field(name)
    case .index(let index): try value.element(index)
    case .epoch(let epoch): try value.epoch(epoch)
    }
  }

  private func mayBecomeCommand(_ text: String) -> Bool { session.vocabulary.list.contains { $0.hasPrefix(text) } }

  private func isParameter(_ text: String, of command: (any CommandDeclaration.Type)?) -> Bool {
    command?.parameters.contains { $0.name == text } ?? true
  }

  private func isWord(_ text: String, of type: String) -> Bool { type == "yes or no" ? ["yes", "no"].contains { $0.hasPrefix(text) } : type == "text" }

  /// What the parameter takes whose argument stands there.
  private func role(of range: SourceRange, in statement: Statement?, _ command: (any CommandDeclaration.Type)?) -> ParameterInfo.Role? {
    guard let call = statement?.call, let command else { return nil }
    if call.comparison != nil { return .comparison }
    let unnamed = call.arguments.filter { $0.parameter == nil }
    guard let argument = call.arguments.first(where: { $0.value.range == range }) else { return nil }
    let parameters = StatementParameters(command.parameters)
    if let name = argument.parameter { return parameters.named(name.text)?.role }
    return unnamed.firstIndex(of: argument).flatMap { parameters.positional($0)?.role }
  }

  /// Whether it is an argument without `name=`.
  private func isBare(_ range: SourceRange, in statement: Statement?) -> Bool {
    statement?.call?.arguments.contains { $0.value.range == range && $0.parameter == nil } ?? false
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
