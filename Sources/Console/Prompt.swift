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

  /// - Parameters:
  ///   - history: where the lines of all sessions are kept, for Ctrl-R.
  ///   - unfinished: a statement that was running when Segue was killed; Up brings it back.
  public init(session: Session, terminal: any Terminal, printer: EventPrinter, history: HistoryFile? = nil, unfinished: String? = nil) {
    self.session = session
    self.terminal = terminal
    self.printer = printer
    self.history = history
    completer = StatementCompleter(session)
    highlighter = StatementHighlighter(session)
    recent = session.history + (unfinished.map { [$0] } ?? [])
    searchable = (history?.lines() ?? []) + recent
  }

  /// Runs until `quit` or Ctrl-D.
  public func run() {
    while let text = readStatement() {
      guard text.contains(where: { !$0.isWhitespace }) else { continue }
      remember(text)
      let isOneLine = !text.contains("\n") && TextWidth.of(text) + promptText.width <= terminal.size.columns
      let asked = question(text)
      printer.typed(asked, column: isOneLine && asked == text ? promptText.width : nil)
      switch ControlC.stopping(session.surroundings.interrupt, { session.evaluate(asked) }) {
      case .quit: return
      // Up brings the line back as it was probably meant.
      case .failed(let diagnostic): if asked == text, let mended = diagnostic.corrected(text) { recent.append(Self.oneLine(mended)) }
      case .done, .interrupted: break
      }
    }
  }

  private let promptText = StyledText("segue> ", .strong)
  private let continuationText = StyledText("     > ", .dim)

  /// A statement with the lines that `\` continues; nil at the end.
  private func readStatement() -> String? {
    var text = ""
    while true {
      switch terminal.readLine(prompt: text.isEmpty ? promptText : continuationText, aids: aids(isContinued: !text.isEmpty)) {
      case .end: return nil
      case .interrupted: text = ""
      case .line(let line):
        text += line
        guard line.hasSuffix("\\") else { return text }
        text += "\n  "
      }
    }
  }

  private func aids(isContinued: Bool) -> LineAids {
    guard !isContinued else { return LineAids(recent: recent, searchable: searchable) }
    let hint = StatementHint(session, lines: recent)
    return LineAids(
      completer: completer, highlight: { [highlighter] in highlighter.highlights($0) }, hint: { hint.rest(of: $0) }, recent: recent, searchable: searchable)
  }

  private static func oneLine(_ text: String) -> String {
    text.split(separator: "\n").map { $0.hasSuffix("\\") ? $0.dropLast() : $0 }.joined(separator: " ")
  }

  private func remember(_ text: String) {
    let line = Self.oneLine(text)
    if recent.last != line { recent.append(line) }
    searchable.append(line)
    history?.append(line)
  }

  /// `fda?` asks for help on `fda`.
  private func question(_ text: String) -> String {
    guard text.hasSuffix("?"), session.catalog["help"] != nil else { return text }
    let words = text.dropLast().split(separator: " ").joined(separator: " ")
    return words.isEmpty ? "help" : session.catalog[words] != nil ? "help " + words : text
  }
}
