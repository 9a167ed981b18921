public import Language
public import Rendering

/// A stretch of a line that is shown in a style.
public struct Highlight: Sendable, Equatable {
  /// UTF-8 offsets.
  public var range: SourceRange
  public var style: TextStyle

  public init(_ range: SourceRange, _ style: TextStyle) {
    self.range = range
    self.style = style
  }
}

/// What helps while a line is typed. All of it is asked at every key, so it must answer in a few milliseconds.
public struct LineAids {
  public var completer: (any Completer)?
  /// The parts of a line and their styles, in order and not overlapping; the rest is plain.
  public var highlight: (String) -> [Highlight]
  /// How a line may go on; shown dim behind it when the cursor is at its end, and typed by the right arrow.
  public var hint: (String) -> String?
  /// What the line holds at first.
  public var initial = ""
  /// Lets the person change the line in an editor of their own; nil where they gave it up.
  public var edit: ((String) -> String?)?
  /// Lines for the Up key, oldest first.
  public var recent: [String]
  /// Lines for Ctrl-R, oldest first.
  public var searchable: [String]

  public init(
    completer: (any Completer)? = nil, highlight: @escaping (String) -> [Highlight] = { _ in [] },
    hint: @escaping (String) -> String? = { _ in nil }, recent: [String] = [], searchable: [String] = []
  ) {
    self.completer = completer
    self.highlight = highlight
    self.hint = hint
    self.recent = recent
    self.searchable = searchable
  }
}
