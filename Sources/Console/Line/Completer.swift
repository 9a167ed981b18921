public import Language

/// Something that may stand at the cursor.
public struct Candidate: Sendable, Equatable {
  public var text: String
  /// One line that tells it from the others; empty where there is nothing to say.
  public var help: String
  /// What is typed after it once it is the only one: a blank after a finished word, nothing after `toward=` or a folder.
  public var ending: String

  public init(_ text: String, help: String = "", ending: String = " ") {
    self.text = text
    self.help = help
    self.ending = ending
  }
}

/// What may replace a stretch of the line.
public struct Completion: Sendable, Equatable {
  /// UTF-8 offsets; it ends at the cursor.
  public var range: SourceRange
  public var candidates: [Candidate]

  public init(range: SourceRange, candidates: [Candidate]) {
    self.range = range
    self.candidates = candidates
  }
}

/// Says what may stand at the cursor.
public protocol Completer {
  /// - Parameter cursor: a UTF-8 offset.
  func completion(of line: String, at cursor: Int) -> Completion
}
