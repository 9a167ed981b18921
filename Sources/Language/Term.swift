/// A value as it is written; what a plain word means is for the parameter's declaration to say.
public struct Term: Sendable, Hashable {
  public enum Form: Sendable, Hashable {
    case literal(Literal)
    /// A name with its steps; it may be a choice or a path as well.
    case reference(Reference)
    /// Anything else without spaces: a path, a choice such as `1/4`.
    case word
  }

  public var form: Form
  /// As written, quotes included.
  public var text: String
  public var range: SourceRange

  public init(_ form: Form, text: String, range: SourceRange) {
    self.form = form
    self.text = text
    self.range = range
  }

  public init(_ literal: Literal) { self.init(.literal(literal), text: literal.description, range: SourceRange(0, 0)) }
  public init(_ reference: Reference) { self.init(.reference(reference), text: reference.description, range: SourceRange(0, 0)) }
  /// A word that is neither: a choice or a path.
  public init(word: String) { self.init(.word, text: word, range: SourceRange(0, 0)) }

  public var literal: Literal? { if case .literal(let literal) = form { literal } else { nil } }
  public var reference: Reference? { if case .reference(let reference) = form { reference } else { nil } }

  /// The words of a quoted text, and any other term as it is written.
  public var plainText: String { if case .literal(.text(let text)) = form { text } else { text } }

  /// The canonical spelling.
  public var canonical: String {
    switch form {
    case .literal(let literal): literal.description
    case .reference(let reference): reference.description
    case .word: text
    }
  }
}

/// What `expect` checks: a chain of values, each compared with the next.
public struct Comparison: Sendable, Hashable {
  public enum Comparator: String, Sendable, Hashable, CaseIterable {
    case less = "<"
    case greater = ">"
    case atMost = "<="
    case atLeast = ">="
    case equal = "="

    /// Whether it holds between two numbers.
    public func holds(_ left: Double, _ right: Double) -> Bool {
      switch self {
      case .less: left < right
      case .greater: left > right
      case .atMost: left <= right
      case .atLeast: left >= right
      case .equal: left == right
      }
    }
  }

  /// One more than there are comparators.
  public var terms: [Term]
  public var comparators: [Comparator]

  public init(_ terms: [Term], _ comparators: [Comparator]) {
    precondition(terms.count == comparators.count + 1, "a chain has one more value than comparators")
    self.terms = terms
    self.comparators = comparators
  }

  /// From the first value to the last.
  public var range: SourceRange { terms[0].range.joined(to: terms[terms.count - 1].range) }

  public var canonical: String {
    zip(comparators, terms.dropFirst()).reduce(terms[0].canonical) { "\($0) \($1.0.rawValue) \($1.1.canonical)" }
  }
}
