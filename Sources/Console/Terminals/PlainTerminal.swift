internal import Glibc
public import Rendering

/// A terminal that cannot move its cursor (`TERM=dumb`, as in some editors), or whose output goes elsewhere: lines come as the system edits
/// them, and nothing but text is written.
public final class PlainTerminal: Terminal {
  private let reader: LineReader
  public let palette = Palette.none
  public let pictures = PictureStyle(.words, depth: .none)
  public var pasted: [String] = []

  /// Nil where nobody types.
  public init?() {
    guard isatty(0) == 1 else { return nil }
    reader = LineReader(file: 0)
  }

  public var size: TerminalSize { OutputFile.size(1) ?? TerminalSize(columns: 80, rows: 24) }
  public var isPlain: Bool { true }

  public func write(_ text: String) { StandardStreams.write(text) }

  public func readLine(prompt: StyledText, aids: LineAids) -> TypedLine {
    write(prompt.text)
    let line = ControlC.typing { reader.next() }
    if case .line = line {} else { write("\n") }
    return line
  }
}
