/// A half-open range of UTF-8 offsets in a source text.
public struct SourceRange: Sendable, Hashable {
  public var start: Int
  public var end: Int
  public init(_ start: Int, _ end: Int) {
    self.start = start
    self.end = end
  }
}

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
