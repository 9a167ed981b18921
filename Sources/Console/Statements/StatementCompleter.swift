internal import Language
package import Workbench

/// Completion that knows kinds: commands, parameters that are not given yet, values of the right kind, fields, elements and epochs, choices,
/// paths; each with one line of help.
package struct StatementCompleter: Completer {
  private let session: Session
  private let values: ValueCompleter

  package init(_ session: Session) {
    self.session = session
    values = ValueCompleter(session)
  }

  package func completion(of line: String, at cursor: Int) -> Completion {
    let before = LineBefore(line, cursor: cursor)
    if before.isComment { return Completion(range: SourceRange(cursor, cursor), candidates: []) }
    let (words, skipped) = before.body(prefixes: session.vocabulary.prefixes)
    if let (command, count) = session.catalog.command(beginning: words) {
      return arguments(of: command, Array(words.dropFirst(count)), before, cursor)
    }
    // A command of two words is completed from its first word on.
    let typed = (words + [before.current]).joined(separator: " ")
    let start = words.isEmpty ? before.currentStart : before.starts[skipped]
    var candidates = commands(typed, withPrefixes: skipped == 0)
    if words.isEmpty { candidates += values.references(before.current, kind: nil) }
    return Completion(range: SourceRange(words.count > 1 ? cursor : start, cursor), candidates: words.count > 1 ? [] : candidates)
  }

  private func commands(_ typed: String, withPrefixes: Bool) -> [Candidate] {
    let commands = session.catalog.commands.filter { $0.name.hasPrefix(typed) }.map { Candidate($0.name, help: $0.summary) }
    // A prefix such as `explain` is a command of the catalog too where it can stand alone.
    let known = Set(commands.map(\.text))
    let prefixes = withPrefixes ? session.vocabulary.prefixes.filter { $0.hasPrefix(typed) && !known.contains($0) }.map { Candidate($0) } : []
    return (commands + prefixes).sorted { $0.text < $1.text }
  }

  private func arguments(of command: any CommandDeclaration.Type, _ given: [String], _ before: LineBefore, _ cursor: Int) -> Completion {
    let parameters = StatementParameters(command.parameters)
    func split(_ word: String) -> (name: String, valueStart: Int)? {
      guard let cut = word.firstIndex(of: "="), Reference.isName(word[..<cut]) else { return nil }
      return (String(word[..<cut]), word[...cut].utf8.count)
    }
    if let (name, valueStart) = split(before.current) {
      let value = String(decoding: Array(before.current.utf8)[valueStart...], as: UTF8.self)
      var candidates = parameters.named(name).map { values.candidates(for: $0, typed: value, excluding: []) } ?? []
      if case .setting(String.words)? = parameters.named(name)?.role {
        let suggestions = session.suggestions(for: name, in: call(command, given))
        if !suggestions.isEmpty { candidates = values.texts(suggestions, typed: value) }
      }
      return Completion(range: SourceRange(before.currentStart + valueStart, cursor), candidates: candidates)
    }
    let range = SourceRange(before.currentStart, cursor)
    if parameters.all.contains(where: { $0.role == .comparison }) {
      return Completion(range: range, candidates: values.references(before.current, kind: nil))
    }
    let unnamed = given.filter { split($0) == nil }
    let named = Set(given.compactMap { split($0)?.name })
    var candidates: [Candidate] = []
    if let parameter = parameters.positional(unnamed.count), !named.contains(parameter.name) {
      candidates += values.candidates(for: parameter, typed: before.current, excluding: unnamed)
    }
    candidates += parameters.all.filter { !$0.isPositional && $0.role != .comparison && !named.contains($0.name) && $0.name.hasPrefix(before.current) }
      .map { Candidate($0.name + "=", help: $0.help, ending: "") }
    return Completion(range: range, candidates: candidates)
  }

  /// The finished words of a statement as far as they can be read.
  private func call(_ command: any CommandDeclaration.Type, _ given: [String]) -> Call {
    let readable = given.filter { Statement.parse("\(command.name) \($0)", session.vocabulary).diagnostics.isEmpty }
    let text = ([command.name] + readable).joined(separator: " ")
    return Statement.parse(text, session.vocabulary).statement?.call ?? Call(command: command.name, commandRange: SourceRange(0, 0), arguments: [], comparison: nil)
  }
}
