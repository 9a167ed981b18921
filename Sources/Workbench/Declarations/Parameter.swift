public import Language

/// What the property wrappers have in common; a command's, and those of its groups, are found by `Mirror`.
protocol Parameter {
  /// As declared; the caller says the name and whether it is the first.
  func info(_ name: String, isFirst: Bool) -> ParameterInfo

  /// Takes what was written, or fills in what was left out.
  func bind(_ arguments: [Argument], _ binder: Binder) throws -> Resolution

  /// What it was bound to, each as it was written.
  var operands: [Operand] { get }
  /// Of a setting or a choice, before it is bound: its default; nil where there is none.
  var fallback: Literal? { get }
}

extension Parameter {
  var fallback: Literal? { nil }
}

/// A parameter that may take a value by another one's word where it is left out (``CommandDeclaration/presets``).
protocol Presettable: Parameter {
  func forgetPlace()
}

extension Presettable {
  /// The value is that of `term`, as if it were the default: it stands nowhere in the statement.
  func take(_ term: Term, _ binder: Binder) throws -> Resolution {
    defer { forgetPlace() }
    return try bind([Argument(value: term)], binder)
  }
}

/// Parameters that are declared together, in a structure of their own: a command that has such a property has its parameters, in its place.
public protocol ParameterGroup {}

/// What one parameter came to.
struct Resolution {
  /// As it is recorded; empty where it is not.
  var written: [Term] = []
  /// As `remaking` needs it: with operands that are in the recipe but are not recorded.
  var full: [Term]
  /// Nil where it is no part of the recipe: paths, and what only asks for something to be shown.
  var ingredient: Recipe.Ingredient?
  /// Less than the whole where a check stands in for a value that was not made (``Unmade``).
  var knowledge: Knowledge

  init(written: [Term], full: [Term]? = nil, ingredient: Recipe.Ingredient?, knowledge: Knowledge = .whole) {
    self.written = written
    self.full = full ?? written
    self.ingredient = ingredient
    self.knowledge = knowledge
  }
}

/// What a setting or a choice decides.
public enum Purpose: Sendable {
  /// The value, so that it is in the recipe.
  case value
  /// What is shown of the value, which is the same without it: how many rows a table has, whether a plan is printed.
  case display
}

/// Holds what a property wrapper was bound to. A command is created for each statement and lives as long as that.
final class Box<Content> {
  var content: Content?
  /// Of operands: how each was written, and where.
  var operands: [Operand] = []
  init(_ content: Content?) { self.content = content }
}

/// An operand beside its value: how it was written, where, and what made it. `$on.range` points a diagnostic at it.
public struct Operand: Sendable {
  /// `fda1.train`; for a literal the literal.
  public var text: String
  /// Nil where it was filled in.
  public var range: SourceRange?
  public var origin: Origin
}

/// What wrappers need to know of the session while they bind.
struct Binder {
  /// Of the command, for messages and for rules that exclude what the same command made.
  var command: String
  var commandRange: SourceRange
  var info: ParameterInfo
  /// The value of a reference.
  var lookUp: (Reference, SourceRange?) throws -> Bound
  /// What left-out operands are chosen from.
  var candidates: Candidates
  var directory: String

  /// True where the name is bound, so that a word may stand for a text or a number.
  var isBound: (String) -> Bool

  /// The one argument, for parameters that take one.
  func single(_ arguments: [Argument]) throws -> Argument? {
    if arguments.count > 1 { throw Diagnostic("\(info.name) is given twice", at: arguments[1].range, remedy: "leave one out") }
    return arguments.first
  }

  func missing() -> Diagnostic {
    let what: String = switch info.role {
    case .operand(let kind): kind?.withArticle ?? "a value"
    case .operands(let kind): kind.map { "\($0.name)s" } ?? "values"
    case .setting(let type): type
    case .choice(let choices): "one of \(choices.joined(separator: ", "))"
    case .path: "a path"
    case .words: "a word"
    case .comparison: "a comparison"
    }
    return Diagnostic("\(command) needs \(info.name): \(what)", at: commandRange, remedy: "write \(info.written)")
  }
}
