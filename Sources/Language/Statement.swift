/// One line of work: `name = command arguments`, a literal, or a reference.
public struct Statement: Sendable, Hashable {
  public enum Body: Sendable, Hashable {
    case command(Call)
    /// `rounds = 25`, `best = near@best`, or a name alone, which shows its value.
    case value(Term)
  }

  /// A word such as `explain` that stands before a statement and asks about it.
  public var prefix: Word?
  /// What the result is to be called; nil where Segue gives a name.
  public var name: Word?
  public var body: Body
  public var range: SourceRange

  public init(prefix: Word? = nil, name: Word? = nil, body: Body, range: SourceRange) {
    self.prefix = prefix
    self.name = name
    self.body = body
    self.range = range
  }

  public var call: Call? { if case .command(let call) = body { call } else { nil } }
  public var value: Term? { if case .value(let term) = body { term } else { nil } }
}

/// A command with what it was given.
public struct Call: Sendable, Hashable {
  /// One word or two: `load dataset`.
  public var command: String
  public var commandRange: SourceRange
  public var arguments: [Argument]
  /// Only for commands that compare, such as `expect`.
  public var comparison: Comparison?

  public init(command: String, commandRange: SourceRange, arguments: [Argument], comparison: Comparison? = nil) {
    self.command = command
    self.commandRange = commandRange
    self.arguments = arguments
    self.comparison = comparison
  }
}

/// A value, and the parameter that it is for where that is written.
public struct Argument: Sendable, Hashable {
  public var parameter: Word?
  public var value: Term

  public init(parameter: Word? = nil, value: Term) {
    self.parameter = parameter
    self.value = value
  }

  public var range: SourceRange { parameter.map { $0.range.joined(to: value.range) } ?? value.range }
}

extension Statement {
  /// The statement in its one canonical spelling: single spaces, numbers at their shortest.
  public var canonical: String {
    var words: [String] = []
    if let prefix { words.append(prefix.text) }
    if let name { words += [name.text, "="] }
    switch body {
    case .value(let term): words.append(term.canonical)
    case .command(let call): words.append(call.canonical)
    }
    return words.joined(separator: " ")
  }
}

extension Call {
  public var canonical: String {
    ([command] + arguments.map(\.canonical) + (comparison.map { [$0.canonical] } ?? [])).joined(separator: " ")
  }
}

extension Argument {
  public var canonical: String { parameter.map { "\($0.text)=\(value.canonical)" } ?? value.canonical }
}
