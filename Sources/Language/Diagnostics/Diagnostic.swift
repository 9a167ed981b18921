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
  /// What should stand in place of ``range``, where one thing was probably meant; see ``corrected(_:)``.
  public var replacement: String?

  public init(_ message: String, at range: SourceRange? = nil, remedy: String? = nil, replacement: String? = nil) {
    self.message = message
    self.range = range
    self.remedy = remedy
    self.replacement = replacement
  }

  /// A word that is none of `words`: the nearest of them is offered, or else what there is.
  public init(_ message: String, at range: SourceRange?, unknown word: String, among words: [String], none: String? = nil) {
    self.init(message, at: range, remedy: suggestion(for: word, in: words, none: none), replacement: nearest(word, in: words))
  }

  public var description: String { remedy.map { "\(message) (\($0))" } ?? message }

  /// `text`, in which ``range`` counts, with the fault mended; nil where it is not known how.
  public func corrected(_ text: String) -> String? {
    guard let range, let replacement else { return nil }
    let bytes = Array(text.utf8)
    guard 0 <= range.start, range.start <= range.end, range.end <= bytes.count else { return nil }
    return String(decoding: bytes[..<range.start] + Array(replacement.utf8) + bytes[range.end...], as: UTF8.self)
  }
}
