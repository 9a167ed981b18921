internal import Language
public import Rendering
public import Workbench

/// Events on a terminal, as they come: progress on one line, outputs, errors with their carets.
public final class EventPrinter {
  private let terminal: any Terminal
  private let now: () -> Double
  private var progress: ProgressLine
  private let interrupt: Interrupt?
  /// What was typed, which the ranges of diagnostics count in; `column` is where it stands on the line above while nothing has been
  /// printed since.
  private var typed: (text: String, column: Int?)?

  /// - Parameters:
  ///   - interrupt: what Ctrl-C raises, so that the progress line can say that it was heard.
  ///   - now: seconds of a clock that only goes forward; the system's unless another is given.
  public init(terminal: any Terminal, interrupt: Interrupt? = nil, now: (() -> Double)? = nil) {
    self.terminal = terminal
    self.interrupt = interrupt
    self.now = now ?? { Double(monotonicNanoseconds()) * 1e-9 }
    progress = EventPrinter.progress(terminal)
  }

  /// Says what was typed before it is evaluated.
  ///
  /// - Parameter column: where it begins on the screen's last line; nil where it has several lines.
  public func typed(_ text: String, column: Int?) {
    typed = (text, column)
    progress = EventPrinter.progress(terminal)
  }

  private static func progress(_ terminal: any Terminal) -> ProgressLine {
    ProgressLine(terminal.isPlain ? .pipe : .terminal(columns: terminal.size.columns), palette: terminal.palette)
  }

  public func show(_ event: Event) {
    switch event {
    case .began(_, let canonical):
      // What is recorded is shown where it is not what was typed.
      if let typed, typed.text.split(separator: " ") != canonical.split(separator: " ") { say(StyledText("  " + canonical.escapedForTerminal(), .dim)) }
    case .progressed(let step):
      progress = progress.fitted(columns: terminal.size.columns)
      if let text = progress.write(step, at: now(), stopping: interrupt?.isRequested ?? false) { terminal.write(text) }
    case .noted(let words): say(StyledText(words.escapedForTerminal(), .dim))
    case .produced(_, _, let display, let digest, let kept):
      // Only a picture is worth asking the terminal how it shows pictures.
      write(renderer(pictures: display.holdsPicture ? terminal.pictures : .words).lines(display))
      if kept, let digest { say(StyledText("kept from before, @\(digest.prefix(8))", .dim)) }
    case .failed(let diagnostic):
      let under = typed?.column
      write(renderer().lines(diagnostic, in: typed?.text, echoing: under == nil, indent: under ?? 2))
    case .ended(let seconds):
      terminal.write(progress.clear())
      if seconds >= 1 { say(StyledText(TimeLeft.words(seconds), .dim)) }
    }
  }

  /// Lines that are no events: a greeting, a farewell.
  public func say(_ words: StyledText) { write(renderer().wrapped(words)) }

  private func renderer(pictures: PictureStyle = .words) -> TextRenderer {
    TextRenderer(columns: terminal.size.columns, palette: terminal.palette, pictures: pictures)
  }

  private func write(_ lines: [String]) {
    guard !lines.isEmpty else { return }
    terminal.write(progress.clear() + lines.map { $0 + "\n" }.joined())
    typed?.column = nil
  }
}

extension Display {
  var holdsPicture: Bool {
    switch self {
    case .picture: true
    case .stack(let displays): displays.contains(where: \.holdsPicture)
    case .text, .table, .plot: false
    }
  }
}
