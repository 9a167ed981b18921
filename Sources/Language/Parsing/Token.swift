/// What a stretch of a statement is, for colour and completion while it is typed.
public struct Token: Sendable, Hashable {
  public enum Kind: Sendable, Hashable {
    /// The name that a result gets.
    case name
    /// The `=` after a name or a parameter.
    case equals
    /// A word of a command that exists.
    case command
    /// A first word that is no command.
    case unknownCommand
    case parameter
    case number
    case size
    case range
    case text
    /// A word that may be a reference, a choice or a path: the declaration and the names decide.
    case word
    /// `<`, `>`, `<=`, `>=`, `=` between values.
    case comparator
    /// ` # words`
    case comment
  }

  public var kind: Kind
  public var range: SourceRange

  public init(_ kind: Kind, _ range: SourceRange) {
    self.kind = kind
    self.range = range
  }
}

/// A word and where it stands.
public struct Word: Sendable, Hashable {
  public var text: String
  public var range: SourceRange

  public init(_ text: String, _ range: SourceRange) {
    self.text = text
    self.range = range
  }
}
