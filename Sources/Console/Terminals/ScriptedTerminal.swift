public import Rendering

/// A terminal in memory. It types the keys it was given, with the same drawing, completion, hints and search as the real one, and keeps
/// the screen; only the editing of characters is simpler than libedit's.
///
///     let terminal = ScriptedTerminal(typing: "load d\t\rquit\r")
///     Prompt(session: session, terminal: terminal).run()
///     #expect(terminal.lines.last == "segue> quit")
public final class ScriptedTerminal: Terminal {
  public private(set) var size: TerminalSize
  public let palette: Palette
  public var pictures: PictureStyle
  private var decoder = InputDecoder()
  private var screen: Screen
  private var painter: LinePainter
  private var assistant = LineAssistant(prompt: "", aids: LineAids())
  private var line = EditedLine()
  private var recent: [String] = []
  private var place = 0
  public var pasted: [String] = []
  private var queued: [Unicode.Scalar] = []
  /// Everything that was written, escape sequences and all.
  public private(set) var written = ""

  /// - Parameter typing: the characters a keyboard sends: `\t` Tab, `\r` Enter, `\u{3}` Ctrl-C, `\u{4}` Ctrl-D, `\u{7F}` Backspace,
  ///   `\u{1B}[A` Up. When they are over, the terminal is gone.
  public init(typing: String, size: TerminalSize = TerminalSize(columns: 80, rows: 24), palette: Palette = .none, pictures: PictureStyle = .words) {
    self.size = size
    self.palette = palette
    self.pictures = pictures
    screen = Screen(size: size)
    painter = LinePainter(palette: palette)
    decoder.feed(typing.utf8)
  }

  /// What the screen shows now.
  public var lines: [String] { screen.lines }
  /// What it has shown, with the rows that went off its top.
  public var everything: [String] { screen.everything }
  /// The cursor's row and column, from 0.
  public var cursor: (row: Int, column: Int) { screen.cursor }

  /// Types more.
  public func type(_ keys: String) { decoder.feed(keys.utf8) }

  public func resize(_ size: TerminalSize) {
    self.size = size
    screen.resize(size)
  }

  public func write(_ text: String) {
    written += text
    // A terminal begins a line's text at its left edge.
    screen.write(text.replacingLineEnds)
  }

  public func readLine(prompt: StyledText, aids: LineAids) -> TypedLine {
    assistant = LineAssistant(prompt: prompt, aids: aids)
    painter.forget()
    line = EditedLine(aids.initial)
    recent = aids.recent
    place = recent.count
    draw()
    while let scalar = nextScalar() {
      switch take(scalar) {
      case nil: draw()
      case let result?:
        let mark = result == .interrupted ? "^C" : ""
        write(painter.finish(assistant.view(line, size: size), size: size, mark: mark))
        if result == .interrupted { pasted = [] }
        return result
      }
    }
    write(painter.finish(assistant.view(line, size: size), size: size))
    return .end
  }

  private func draw() { write(painter.paint(assistant.view(line, size: size), size: size)) }

  private func nextScalar() -> Unicode.Scalar? {
    while true {
      if !queued.isEmpty { return queued.removeFirst() }
      if !pasted.isEmpty {
        line.apply(Replacement(range: line.cursor..<line.cursor, text: pasted.removeFirst()))
        if !pasted.isEmpty { return "\r" }
        draw()
        continue
      }
      switch decoder.next(final: true) {
      case nil: return nil
      case .scalar(let scalar): return scalar
      case .paste(let text): pasted = Paste.lines(text)
      }
    }
  }

  private func take(_ scalar: Unicode.Scalar) -> TypedLine? {
    switch scalar {
    case "\r", "\n": return .line(line.text)
    case "\u{3}": return .interrupted
    case "\u{4}": return line.scalars.isEmpty ? .end : nil
    case "\t": complete(backwards: false)
    case "\u{7F}": if line.cursor > 0 { line.apply(Replacement(range: line.cursor - 1..<line.cursor, text: "")) }
    case "\u{12}": search()
    case "\u{1B}": takeEscape()
    case "\u{18}": if nextScalar() == "\u{5}", let edited = assistant.aids.edit?(line.text) { line = EditedLine(edited) }
    case "\u{15}": line.apply(Replacement(range: 0..<line.cursor, text: ""))
    case _ where scalar.value < 0x20: break
    default: line.apply(Replacement(range: line.cursor..<line.cursor, text: String(scalar)))
    }
    return nil
  }

  private func takeEscape() {
    guard nextScalar() == "[", let key = nextScalar() else { return }
    switch key {
    case "A": recall(place - 1)
    case "B": recall(place + 1)
    case "C":
      if let hint = assistant.hint(line) { line = EditedLine(line.text + hint) } else { line.cursor = min(line.cursor + 1, line.scalars.count) }
    case "D": line.cursor = max(line.cursor - 1, 0)
    case "H": line.cursor = 0
    case "F": line.cursor = line.scalars.count
    case "Z": complete(backwards: true)
    default: break
    }
  }

  private func recall(_ next: Int) {
    guard (0...recent.count).contains(next) else { return }
    place = next
    line = EditedLine(next < recent.count ? recent[next] : "")
  }

  private func complete(backwards: Bool) {
    if let replacement = assistant.tab(line, backwards: backwards) { line.apply(replacement) }
  }

  private func search() {
    var search = HistorySearch(assistant.aids.searchable, pattern: line.text)
    while true {
      write(painter.paint(search.view(), size: size))
      guard let scalar = nextScalar(), scalar != "\u{3}" else { return }
      switch search.take(scalar) {
      case .searching: continue
      case .cancelled: return
      case .edit(let found): line = EditedLine(found)
      case .run(let found):
        line = EditedLine(found)
        queued = ["\r"]
      }
      return
    }
  }
}

extension String {
  /// Newlines as a terminal driver writes them: carriage return and line feed.
  package var replacingLineEnds: String {
    var out = ""
    var before: Unicode.Scalar = " "
    for scalar in unicodeScalars {
      if scalar == "\n", before != "\r" { out += "\r" }
      out.unicodeScalars.append(scalar)
      before = scalar
    }
    return out
  }
}
