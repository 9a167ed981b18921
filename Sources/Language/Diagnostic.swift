/// Something wrong that a user can mend: what, where, and how.
///
///     throw Diagnostic("no value is named 'cty'", at: word.range, remedy: "did you mean city?")
public struct Diagnostic: Error, Sendable, Equatable, CustomStringConvertible {
  /// What is wrong, in one sentence without a full stop.
  public var message: String
  /// Where in the statement; nil where the fault is not in the words (a file, the store).
  public var range: SourceRange?
  /// What would mend it, or what is valid here.
  public var remedy: String?

  public init(_ message: String, at range: SourceRange? = nil, remedy: String? = nil) {
    self.message = message
    self.range = range
    self.remedy = remedy
  }

  public var description: String { remedy.map { "\(message) (\($0))" } ?? message }
}
