public import Language

/// What every command says of itself, and what its property wrappers say of its parameters. Usage, help, completion, checks, errors,
/// documentation and tests are read from here.
public protocol CommandDeclaration: SendableMetatype {
  /// One word or two; the type's name in small letters unless it is said.
  static var name: String { get }
  /// One sentence.
  static var summary: String { get }
  static var category: Category { get }
  /// Each is run by a test.
  static var examples: [Example] { get }
  /// Words that people may look for: `help mean` finds `iou`.
  static var searchTerms: [String] { get }
  /// Parts of what it makes that `.name` gives, with a line each: what the command's page in help lists. A test sees that they are there.
  static var fields: [(name: String, help: String)] { get }
  /// Commands that have to do with it.
  static var seeAlso: [String] { get }
  /// Where the method is written: `the paper, equation (5)`.
  static var reference: String? { get }
  /// False for those that ask about the session and leave no trace in its script.
  static var isRecorded: Bool { get }
  init()

  /// What settings and choices that are left out come to by the word of another parameter, such as `profile=repo`, in place of their
  /// defaults. They are in the recipe as if they were written, and are not recorded. Asked when all parameters are bound.
  var presets: [String: Term] { get }

  /// For completion: what a text may be, as far as it can be told from the operands. Asked while a statement is being typed, so an operand
  /// may only be read where its `$operand` is not nil.
  func words(for parameter: String) -> [Suggestion]
}

/// A text that may be given to a parameter, with one line that tells it from the others.
public struct Suggestion: Sendable, Hashable {
  public var text: String
  public var help: String
  public init(_ text: String, help: String = "") { (self.text, self.help) = (text, help) }
}

/// Where help lists a command.
public enum Category: String, Sendable, Hashable, CaseIterable {
  case data
  case models
  case judging
  case session
}

/// A statement that shows a command at work, with what comes of it.
public struct Example: Sendable, Hashable {
  public enum Outcome: Sendable, Hashable {
    /// A value of this kind.
    case shows(Kind)
    /// A failure whose message contains this.
    case fails(String)
    /// It happens, and that is all.
    case works
  }

  public var statement: String
  public var outcome: Outcome
  /// Statements that must come first.
  public var after: [String]

  public init(_ statement: String, shows kind: Kind, after: [String] = []) { (self.statement, outcome, self.after) = (statement, .shows(kind), after) }
  public init(_ statement: String, fails words: String, after: [String] = []) { (self.statement, outcome, self.after) = (statement, .fails(words), after) }
  public init(_ statement: String, after: [String] = []) { (self.statement, outcome, self.after) = (statement, .works, after) }
}

extension CommandDeclaration {
  public static var name: String { String(describing: Self.self).lowercased() }
  public static var examples: [Example] { [] }
  public static var searchTerms: [String] { [] }
  public static var fields: [(name: String, help: String)] { [] }
  public static var seeAlso: [String] { [] }
  public static var reference: String? { nil }
  public static var isRecorded: Bool { true }
  public var presets: [String: Term] { [:] }
  public func words(for parameter: String) -> [Suggestion] { [] }

  /// What its results are numbered by: `dataset` for `load dataset`.
  static var countedWord: String { String(name.split(separator: " ").last!) }

  /// The declared parameters, in order.
  public static var parameters: [ParameterInfo] { Self().declared.map(\.info) }

  /// `fda <source> toward=<dataset> [beta=0.01]`
  public static var usage: String { ([name] + parameters.map(\.usage)).joined(separator: " ") }

  /// The wrapped properties with their declarations.
  var declared: [(info: ParameterInfo, parameter: any Parameter)] {
    wrapped(in: self).enumerated().map { index, child in (child.parameter.info(child.name, isFirst: index == 0), child.parameter) }
  }

  private func wrapped(in structure: Any) -> [(name: String, parameter: any Parameter)] {
    Mirror(reflecting: structure).children.flatMap { child -> [(name: String, parameter: any Parameter)] in
      if child.value is any ParameterGroup { return wrapped(in: child.value) }
      guard let parameter = child.value as? any Parameter, let label = child.label else { return [] }
      return [(String(label.drop { $0 == "_" }), parameter)]
    }
  }

  /// Where a parameter was written, for diagnostics; nil where it was left out.
  public func place(of parameter: String) -> SourceRange? {
    declared.first { $0.info.name == parameter }?.parameter.operands.first?.range
  }

  /// The defaults of settings and choices that have one.
  public static var fallbacks: [String: Literal] {
    Dictionary(uniqueKeysWithValues: Self().declared.compactMap { declared in declared.parameter.fallback.map { (declared.info.name, $0) } })
  }
}
