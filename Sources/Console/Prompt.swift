internal import Language
internal import Rendering
public import Workbench

/// The conversation: reads a statement, has the session evaluate it, and goes on until the person leaves. What the session says is shown
/// by an ``EventPrinter``, to which the session was told to send its events.
///
///     let printer = EventPrinter(terminal: terminal, interrupt: surroundings.interrupt)
///     let session = Session(catalog, surroundings) { printer.show($0) }
///     Prompt(session: session, terminal: terminal, printer: printer).run()
public final class Prompt {
  private let session: Session
  private let terminal: any Terminal
  private let printer: EventPrinter
  private let history: HistoryFile?
  private let completer: StatementCompleter
  private let highlighter: StatementHighlighter
  private var recent: [String]
  private var searchable: [String]
  private let openEditor: ((String) throws -> String)?
  /// What came back from the person's editor, for the next lines.
  private var drafts: [String] = []

  /// - Parameters:
  ///   - history: where the lines of all sessions are kept, for Ctrl-R.
  ///   - unfinished: a statement that was running when Segue was killed; Up brings it back.
  ///   - editor: lets the person change a text, see ``ExternalEditor``.
  public init(
    session: Session, terminal: any Terminal, printer: EventPrinter, history: HistoryFile? = nil, unfinished: String? = nil,
    editor: ((String) throws -> String)? = nil
  ) {
    self.session = session
    self.terminal = terminal
    self.printer = printer
    self.history = history
    openEditor = editor
    completer = StatementCompleter(session)
    highlighter = StatementHighlighter(session)
    recent = session.history + (unfinished.map { [$0] } ?? [])
    searchable = (history?.lines() ?? []) + recent
  }

  /// Runs until `quit` or Ctrl-D.
  public func run() {
    if openEditor != nil { session.editor = { [unowned self] in drafts = try edited($0) } }
    defer { session.editor = nil }
    while let text = readStatement() {
      guard text.contains(where: { !$0.isWhitespace }) else { continue }
      remember(text)
      let isOneLine = !text.contains("\n") && TextWidth.of(text) + promptText.width <= terminal.size.columns
      let asked = session.question(text)
      printer.typed(asked, column: isOneLine && asked == text ? promptText.width : nil)
      switch ControlC.stopping(session.surroundings.interrupt, { session.evaluate(asked) }).outcome {
      case .quit: return
      case .failed(let diagnostic):
        stopPaste(unlessRecorded: true)
        // Up brings the line back as it was probably meant.
        if asked == text, let mended = diagnostic.corrected(text) { recent.append(Self.oneLine(mended)) }
      case .interrupted: stopPaste(unlessRecorded: false)
      case .done:
        if session.surroundings.interrupt.isRequested { stopPaste(unlessRecorded: false) }
        if terminal.pasted.isEmpty, let words = parameterWords(asked) { printer.say(StyledText(words, .dim)) }
      }
    }
  }

  /// What was pasted after a statement that failed is not run: it may stand on it. A transcript may hold a failure, which goes on.
  private func stopPaste(unlessRecorded: Bool) {
    if unlessRecorded, terminal.pasted.first?.hasPrefix("#!") ?? false { return }
    let left = terminal.pasted.count { $0.contains { $0 != " " } && !$0.hasPrefix("#") }
    terminal.pasted = []
    if left > 0 { printer.say(StyledText("the \(left == 1 ? "statement" : "\(left) statements") pasted after it \(left == 1 ? "was" : "were") not run", .warning)) }
  }

  /// The statements that a text has become in the person's editor.
  private func edited(_ text: String) throws -> [String] {
    Paste.lines(try openEditor?(text) ?? text).filter { line in line.contains { $0 != " " } && !Self.isOutput(line) }
  }

  /// Ctrl-X Ctrl-E: the line changed in the person's editor; nil where it stays.
  private func editedLine(_ text: String) -> String? {
    do {
      let lines = try edited(text)
      drafts = Array(lines.dropFirst())
      return lines.first ?? ""
    } catch {
      printer.say(StyledText("\(error)", .problem))
      return nil
    }
  }

  /// Recorded outputs and failures, which are no statements.
  private static func isOutput(_ line: String) -> Bool { line.hasPrefix("#>") || line.hasPrefix("#!") }

  private let promptText = StyledText(Paste.prompt, .strong)
  private let continuationText = StyledText(Paste.continuation, .dim)

  /// A statement with the lines that `\` continues; nil at the end.
  private func readStatement() -> String? {
    var text = ""
    while true {
      switch terminal.readLine(prompt: text.isEmpty ? promptText : continuationText, aids: aids(above: text)) {
      // Ctrl-D on a continuation gives up the statement, as Ctrl-C does; where the terminal is gone, the next line ends as well.
      case .end where !text.isEmpty: text = ""
      case .end: return nil
      case .interrupted: text = ""
      case .line(let line):
        text += line
        guard line.hasSuffix("\\") else { return text }
        text += "\n  "
      }
    }
  }

  /// - Parameter above: the lines of the statement that `\` has continued.
  private func aids(above: String) -> LineAids {
    let hint = StatementHint(session, lines: recent)
    var aids = LineAids(
      completer: completer, highlight: { [highlighter] in highlighter.highlights($0) }, hint: { hint.rest(of: $0) }, recent: recent, searchable: searchable)
    guard above.isEmpty else { return aids.continuing(above.replacing("\\\n", with: "\n")) }
    if !drafts.isEmpty { aids.initial = drafts.removeFirst() }
    if openEditor != nil { aids.edit = { [unowned self] in editedLine($0) } }
    return aids
  }

  /// `epochs = 5` gives a value a name, and sets nothing: said where a command has a parameter of that name.
  private func parameterWords(_ text: String) -> String? {
    guard let statement = Statement.parse(text, session.vocabulary).statement, let name = statement.name?.text, statement.value?.literal != nil else { return nil }
    guard let command = session.catalog.commands.first(where: { $0.parameters.contains { $0.name == name } }) else { return nil }
    return "\(name) is a name now; \(command.name) takes it as \(name)=\(name)"
  }

  private static func oneLine(_ text: String) -> String {
    text.split(separator: "\n").map { $0.hasSuffix("\\") ? $0.dropLast() : $0 }.joined(separator: " ")
  }

  private func remember(_ text: String) {
    if Self.isOutput(text) { return }
    let line = Self.oneLine(text)
    if recent.last != line { recent.append(line) }
    searchable.append(line)
    history?.append(line)
  }
}
