internal import Glibc
public import Imaging
public import Rendering

/// The real terminal, with a line editor: libedit turns keys into a line, `LineAssistant` colours and completes it, `LinePainter` draws it.
public final class EditingTerminal: Terminal {
  private let output: Int32
  private let editor: LibEdit
  private let keys: KeyInput
  private let pictureDetection: PictureDetection
  private let png: (@Sendable (Image) -> [UInt8])?
  private var painter: LinePainter
  private var assistant = LineAssistant(prompt: "", aids: LineAids())
  private var ending = Ending.end
  /// Characters that libedit gets before those from the keyboard.
  private var queued: [Unicode.Scalar] = []
  public var pasted: [String] = []
  /// What the line is to hold before the first key.
  private var initial = ""
  private var knownPictures: PictureStyle?

  public let palette: Palette

  private enum Ending { case end, interrupted }

  /// The terminal at these files; nil where they are none, or the terminal cannot move its cursor (`TERM=dumb`).
  ///
  /// - Parameter png: makes a PNG file of a picture, which kitty and iTerm2 need.
  public init?(input: Int32 = 0, output: Int32 = 1, environment: [String: String], png: (@Sendable (Image) -> [UInt8])? = nil) {
    guard !TerminalColours.isDumb(environment), isatty(input) == 1, isatty(output) == 1 else { return nil }
    TerminalState.save(input)
    guard let editor = LibEdit(input: input, output: output) else { return nil }
    Signals.install()
    self.output = output
    self.editor = editor
    pictureDetection = PictureDetection(input: input, output: output, environment: environment)
    self.png = png
    keys = KeyInput(file: input)
    palette = Palette(TerminalColours.depth(environment))
    painter = LinePainter(palette: palette)
    editor.owner = self
    keys.fold(editor.folding)
  }

  public var size: TerminalSize { OutputFile.size(output) ?? TerminalSize(columns: 80, rows: 24) }

  public var pictures: PictureStyle {
    if let knownPictures { return knownPictures }
    var style = pictureDetection.style(size: size) { keys.feed($0) }
    style.png = png
    if png == nil, style.form == .kitty || style.form == .iterm { style.form = style.depth >= .indexed ? .blocks : .words }
    knownPictures = style
    return style
  }

  public func write(_ text: String) { OutputFile.write(text, to: output) }

  public func readLine(prompt: StyledText, aids: LineAids) -> TypedLine {
    assistant = LineAssistant(prompt: prompt, aids: aids)
    editor.setHistory(aids.recent)
    painter.forget()
    ending = .end
    initial = aids.initial
    Signals.handle(SIGWINCH) { _ in Signals.tell(Signals.resized) }
    Signals.handle(SIGTSTP) { _ in Signals.tell(Signals.stopped) }
    defer { Signals.handleBySystem(SIGTSTP) }
    TerminalState.restore()
    // Bracketed paste is on only while a line is read.
    TerminalState.edits(true)
    write("\u{1B}[?2004h")
    let text = ControlC.typing { editor.read() }
    TerminalState.edits(false)
    TerminalState.hush()
    let last = text.map { EditedLine($0) } ?? editor.line
    let mark = text == nil ? palette.paint(ending == .interrupted ? "^C" : "", .dim) : ""
    write(painter.finish(assistant.view(last, size: size), size: size, mark: mark) + "\u{1B}[?2004l")
    if let text { return .line(text) }
    editor.reset()
    guard ending == .interrupted else { return .end }
    queued = []
    pasted = []
    keys.drop()
    return .interrupted
  }

  private func draw() { write(painter.paint(assistant.view(editor.line, size: size), size: size)) }

  /// Stops the process as Ctrl-Z does, and comes back to the same line.
  private func stop() {
    write(painter.finish(assistant.view(editor.line, size: size), size: size) + "\u{1B}[?2004l")
    editor.prepare(false)
    Signals.handleBySystem(SIGTSTP)
    raise(SIGTSTP)
    Signals.handle(SIGTSTP) { _ in Signals.tell(Signals.stopped) }
    editor.prepare(true)
    write("\u{1B}[?2004h")
  }

  /// A key, or nil where the line was given up or the terminal is gone; pictures of the line are drawn meanwhile by `draw`.
  private func nextInput(drawing draw: () -> Void) -> Keyed? {
    while true {
      if !keys.isReady { draw() }
      switch keys.next() {
      case .input(let input): return input
      case .signal(Signals.interrupt):
        ending = .interrupted
        return nil
      case .signal(Signals.stopped): stop()
      // A window that is dragged tells many sizes, some before the terminal has moved its text.
      case .signal(Signals.resized):
        keys.awaitQuiet(milliseconds: 40)
        let position = keys.cursorPosition { write("\u{1B}[6n") }
        painter.resized(to: size, cursorColumn: position?.column)
      case .signal: break
      case .end:
        ending = .end
        return nil
      }
    }
  }
}

extension EditingTerminal: LibEdit.Owner {
  func nextCharacter() -> Unicode.Scalar? {
    while true {
      if !initial.isEmpty {
        editor.insert(initial)
        initial = ""
      }
      if !queued.isEmpty { return queued.removeFirst() }
      if !pasted.isEmpty {
        editor.insert(pasted.removeFirst())
        if !pasted.isEmpty { return "\r" }
        continue
      }
      switch nextInput(drawing: draw) {
      case nil: return nil
      case .scalar(let scalar):
        queued = editor.following(scalar)
        return scalar
      case .paste(let text):
        let lines = Paste.lines(text)
        // While libedit asks for something of its own (a search, a command) the text answers it.
        if editor.line.scalars.contains("\n") { queued = Array((lines.first ?? "").unicodeScalars) } else { pasted = lines }
      }
    }
  }

  func typed(_ key: LibEdit.OwnKey) -> LibEdit.KeyResult {
    let line = editor.line
    switch key {
    case .complete, .completeBack:
      if let replacement = assistant.tab(line, backwards: key == .completeBack) { editor.apply(replacement) }
    case .forward:
      if let hint = assistant.hint(line) { editor.insert(hint) } else { editor.moveCursor(by: 1) }
    case .lineEnd:
      if let hint = assistant.hint(line) { editor.insert(hint) } else { editor.moveCursor(by: line.scalars.count - line.cursor) }
    case .clearScreen:
      write("\u{1B}[H\u{1B}[2J")
      painter.forget()
    case .search: search(line)
    case .edit: edit(line)
    }
    return .refresh
  }

  /// Hands the terminal to the person's editor, and takes back what they made of the line.
  private func edit(_ line: EditedLine) {
    guard let edit = assistant.aids.edit else { return }
    write(painter.erase(size: size) + "\u{1B}[?2004l")
    editor.prepare(false)
    let edited = edit(line.text)
    editor.prepare(true)
    write("\u{1B}[?2004h")
    if let edited { editor.apply(Replacement(range: 0..<line.scalars.count, text: edited)) }
  }

  /// Ctrl-R: keys go to the search until it is over.
  private func search(_ line: EditedLine) {
    var search = HistorySearch(assistant.aids.searchable, pattern: line.text)
    while true {
      guard let input = nextInput(drawing: { write(painter.paint(search.view(), size: size)) }) else {
        // Ctrl-C gives up the search, not the line.
        ending = .end
        return
      }
      var outcome = HistorySearch.Outcome.searching
      switch input {
      case .scalar(let scalar): outcome = search.take(scalar)
      case .paste(let text): for scalar in (Paste.lines(text).first ?? "").unicodeScalars { outcome = search.take(scalar) }
      }
      switch outcome {
      case .searching: continue
      case .cancelled: return
      case .edit(let found): editor.apply(Replacement(range: 0..<line.scalars.count, text: found))
      case .run(let found):
        editor.apply(Replacement(range: 0..<line.scalars.count, text: found))
        queued = ["\r"]
      }
      return
    }
  }
}
