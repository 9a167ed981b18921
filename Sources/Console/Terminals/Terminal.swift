public import Rendering

/// Where a person types and reads. The real one is `EditingTerminal`; `ScriptedTerminal` types what a test says and keeps the screen.
public protocol Terminal: AnyObject {
  var size: TerminalSize { get }
  var palette: Palette { get }
  /// How pictures are shown. The terminal may be asked for it, once and when it is first needed.
  var pictures: PictureStyle { get }
  /// Pasted lines that wait to be read one after the other; the last of them is for editing.
  var pasted: [String] { get set }
  /// True where nothing but text may be written: no line is written again, and nothing is coloured.
  var isPlain: Bool { get }
  /// Writes text with its escape sequences as it is; `\n` begins a new line.
  func write(_ text: String)
  /// Reads one line, without its newline.
  func readLine(prompt: StyledText, aids: LineAids) -> TypedLine
}

extension Terminal {
  public var isPlain: Bool { false }
}

/// How reading a line ended.
public enum TypedLine: Sendable, Equatable {
  case line(String)
  /// Ctrl-C: the line was given up.
  case interrupted
  /// Ctrl-D on an empty line, or the terminal is gone.
  case end
}
