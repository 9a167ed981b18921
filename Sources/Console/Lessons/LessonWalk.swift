public import Language
internal import Rendering
public import Workbench

/// A lesson, one statement after the other: its prose is shown, then a statement waits. Enter runs it, `e` changes it first, `?` explains it,
/// `s` skips it, `q` leaves; whatever else is typed is a statement of the learner's own. Everything is recorded in the learner's session.
public final class LessonWalk {
  public enum Ending: Sendable, Equatable {
    case finished
    /// The learner went away before the end.
    case left
  }

  private let script: Script
  private let session: Session
  private let terminal: any Terminal
  private let printer: EventPrinter
  private let highlighter: StatementHighlighter
  private let completer: StatementCompleter
  private var prose: [String] = []
  private var typed: [String] = []
  private var isParted = false
  /// A picture stands on the screen, and nothing has been printed below it.
  private var hasPicture = false
  private let done: Int
  private let reached: (Int) -> Void

  /// - Parameters:
  ///   - done: how many statements were done or skipped before; the walk begins after them.
  ///   - reached: told how many are done or skipped after each.
  public init(
    _ script: Script, in session: Session, terminal: any Terminal, printer: EventPrinter, after done: Int = 0, reached: @escaping (Int) -> Void = { _ in }
  ) {
    (self.script, self.session, self.terminal, self.printer) = (script, session, terminal, printer)
    (self.done, self.reached) = (done, reached)
    (highlighter, completer) = (StatementHighlighter(session), StatementCompleter(session))
  }

  public func run() -> Ending {
    let count = script.items.count { if case .statement = $0.content { true } else { false } }
    var number = 0
    for (index, item) in script.items.enumerated() {
      switch item.content {
      case .statement where number < done:
        number += 1
        prose = []
      case .heading where number < done: continue
      case .statement:
        number += 1
        if lookAtPicture() == .left { return .left }
        showProse()
        if take(item, "[\(number)/\(count)]", failsAsRecorded: script.expectsFailure(after: index)) == .left { return .left }
        reached(number)
      case .heading(_, let words):
        if lookAtPicture(before: words) == .left { return .left }
        showProse()
        session.evaluate(item, of: script)
        part()
        show([renderer.heading(words), ""])
      case .prose(let line):
        prose.append(line)
        if number >= done { session.evaluate(item, of: script) }
      case .blank:
        prose.append("")
        if number >= done { session.evaluate(item, of: script) }
      case .output, .failure, .shebang: break
      }
    }
    if lookAtPicture() == .left { return .left }
    showProse()
    return .finished
  }

  /// Waits where prose that follows would take a picture off the screen before it was looked at.
  private func lookAtPicture(before heading: String = "") -> Ending {
    guard hasPicture, (prose + [heading]).contains(where: { $0.contains { !$0.isWhitespace } }) else { return .finished }
    defer { hasPicture = false }
    while true {
      switch terminal.readLine(prompt: StyledText("Enter goes on ", .dim) + StyledText("> ", .strong), aids: aids()) {
      case .end: return .left
      case .interrupted: continue
      case .line(let line):
        switch line.split(separator: " ").joined(separator: " ") {
        case "": return .finished
        case "q", "quit", "exit": return .left
        case let own:
          typed.append(own)
          evaluate(own, false)
        }
      }
    }
  }

  /// Asks what to do with a statement until it is done with.
  private func take(_ item: Script.Item, _ place: String, failsAsRecorded: Bool) -> Ending {
    let statement = item.statement?.canonical ?? script.source[item.range]
    let keys = StyledText("\(place) Enter runs, e edits, ? explains, s skips, q leaves ", .dim) + StyledText("> ", .strong)
    part()
    show(["  " + coloured(statement)])
    while true {
      isParted = false
      switch terminal.readLine(prompt: keys, aids: aids()) {
      case .end: return .left
      case .interrupted: continue
      case .line(let line):
        switch line.split(separator: " ").joined(separator: " ") {
        case "":
          if evaluate(script.source[item.range], failsAsRecorded, own: item) { return .finished }
        case "e":
          if let changed = edited(statement), evaluate(changed, failsAsRecorded) { return .finished }
        case "?": evaluate("explain " + statement, false)
        case "s": return .finished
        case "q": return .left
        case let own:
          typed.append(own)
          if own == "quit" || own == "exit" { return .left }
          evaluate(own, false)
        }
        show(["", "  " + coloured(statement)])
      }
    }
  }

  /// What the learner makes of a statement; nil where they thought better of it.
  private func edited(_ statement: String) -> String? {
    show([renderer.palette.paint("the right arrow or Up brings the statement; an empty line goes back", .dim)])
    guard case .line(let line) = terminal.readLine(prompt: StyledText("edit> ", .strong), aids: aids(proposing: statement)) else { return nil }
    guard line.contains(where: { !$0.isWhitespace }) else { return nil }
    typed.append(line)
    return line
  }

  /// Whether the lesson may go on.
  @discardableResult
  private func evaluate(_ text: String, _ failsAsRecorded: Bool, own item: Script.Item? = nil) -> Bool {
    printer.typed(text, column: nil)
    // The lesson's own statement is a script's, whoever presses Enter.
    let evaluation = ControlC.stopping(session.surroundings.interrupt) { item.map { session.evaluate($0, of: script) } ?? session.evaluate(text) }
    switch evaluation.outcome {
    case .done, .quit:
      hasPicture = evaluation.display.holdsPicture && !terminal.isPlain
      return true
    case .interrupted:
      printer.say(StyledText("stopped; Enter goes on where it stopped", .dim))
      return false
    case .failed(let diagnostic):
      // Up brings the line as it was probably meant.
      if let mended = diagnostic.corrected(text) { typed.append(mended.split(whereSeparator: \.isNewline).joined(separator: " ")) }
      if failsAsRecorded { printer.say(StyledText("This failure is part of the lesson.", .dim)) }
      return failsAsRecorded
    }
  }

  private func aids(proposing statement: String? = nil) -> LineAids {
    LineAids(
      completer: completer, highlight: { [highlighter] in highlighter.highlights($0) },
      hint: { line in statement.flatMap { $0.hasPrefix(line) && $0 != line ? String($0.dropFirst(line.count)) : nil } },
      recent: typed + (statement.map { [$0] } ?? []), searchable: typed + session.history)
  }

  private func coloured(_ statement: String) -> String {
    var text = StyledText(), at = 0
    let bytes = Array(statement.utf8)
    func piece(_ end: Int, _ style: TextStyle) {
      if end > at { text += StyledText(String(decoding: bytes[at..<end], as: UTF8.self).escapedForTerminal(), style) }
      at = max(at, end)
    }
    for highlight in highlighter.highlights(statement) where highlight.range.start >= at {
      piece(highlight.range.start, .plain)
      piece(highlight.range.end, highlight.style == .unknownName ? .plain : highlight.style)
    }
    piece(bytes.count, .plain)
    return renderer.palette.paint(text)
  }

  private func showProse() {
    let lines = renderer.lines(Prose(prose))
    prose = []
    if lines.isEmpty { return }
    part()
    show(lines + [""])
  }

  private var renderer: TextRenderer { TextRenderer(columns: terminal.size.columns, palette: terminal.palette) }

  private func show(_ lines: [String]) {
    terminal.write(lines.map { $0 + "\n" }.joined())
    isParted = lines.last?.isEmpty ?? isParted
  }

  /// Leaves an empty line between what is on the screen and what comes, once.
  private func part() { if !isParted { show([""]) } }
}
