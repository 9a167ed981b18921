internal import FoundationEssentials
internal import Glibc
public import Language
public import Rendering
public import Workbench

/// Events of a script that runs by itself: the transcript on standard output, progress and remarks on standard error.
public final class ScriptPrinter {
  /// What goes to standard output.
  public enum Form: Sendable {
    /// The transcript: a script that runs again, with its outputs.
    case transcript
    /// One event a line.
    case json
    /// Nothing: somebody else prints verdicts.
    case quiet
  }

  private let form: Form
  private let errors: Int32 = 2
  private var progress: ProgressLine
  private let interrupt: Interrupt
  /// The colours of standard output, where that is a terminal.
  private let palette = Palette(OutputFile.size(1) == nil ? .none : TerminalColours.depth(ProcessInfo.processInfo.environment))

  public init(_ form: Form, interrupt: Interrupt) {
    self.form = form
    self.interrupt = interrupt
    let size = TerminalColours.isDumb(ProcessInfo.processInfo.environment) ? nil : OutputFile.size(errors)
    progress = ProgressLine(size.map { .terminal(columns: $0.columns) } ?? .pipe, palette: .none)
  }

  public func show(_ event: Event) {
    if form == .json {
      StandardStreams.write(JSONRenderer().line(event) + "\n")
      return
    }
    switch event {
    case .began(_, let canonical):
      if form == .transcript { line(canonical) }
    case .progressed(let step):
      if let text = progress.write(step, at: Double(monotonicNanoseconds()) * 1e-9, stopping: interrupt.isRequested) { StandardStreams.writeError(text) }
    case .noted(let words): remark(words)
    case .produced(_, _, let display, _, _):
      if form == .transcript { for text in TranscriptLayout.lines(display) { line("#> \(text.text)") } }
    case .failed: break
    case .ended: StandardStreams.writeError(progress.clear())
    }
  }

  /// A line on standard output. What could steer a terminal is made visible, also on a pipe: the transcript is the same on both.
  public func line(_ words: String) { put(words.escapedForTerminal() + "\n") }

  /// A line on standard output, in colour where that is a terminal.
  public func line(_ words: StyledText) { put(palette.paint(words) + "\n") }

  /// A script on standard output: as it is in a file or a pipe, and made visible on a terminal.
  public func text(_ words: String) { put(isatty(1) == 1 ? words.escapedForTerminal(keepingNewlines: true) : words) }

  private func put(_ text: String) {
    StandardStreams.writeError(progress.clear())
    StandardStreams.write(text)
  }

  /// The columns of standard output: 100 where it is no terminal.
  public var columns: Int { OutputFile.size(1)?.columns ?? 100 }

  /// Whether a person sits at a terminal before it.
  public var isWatched: Bool { isatty(0) == 1 && isatty(1) == 1 }

  /// A fault of a script on standard output, with its place and a caret under the words that are meant; or as one line of JSON.
  public func fault(_ diagnostic: Diagnostic, in source: Source, of file: String, json: Bool) {
    let place = diagnostic.range.map { source.place(of: $0.start) }
    if json { return line(JSONRenderer().line(diagnostic, file: file, line: place?.line, column: place?.column)) }
    line(Self.place(diagnostic, in: source, of: file))
    for words in TextRenderer(columns: columns, palette: palette).lines(diagnostic, in: source.text) { put(words + "\n") }
  }

  /// `lesson.segue:3:7`
  private static func place(_ diagnostic: Diagnostic, in source: Source, of file: String) -> String {
    let place = diagnostic.range.map { source.place(of: $0.start) }
    return ([file.escapedForTerminal()] + (place.map { ["\($0.line)", "\($0.column)"] } ?? [])).joined(separator: ":")
  }

  /// A line on standard error.
  public func remark(_ words: String) { StandardStreams.writeError(progress.clear() + words.escapedForTerminal() + "\n") }

  /// A fault or failure of a script on standard error, with its place.
  public func failure(_ diagnostic: Diagnostic, in source: Source, of file: String) {
    remark(Self.place(diagnostic, in: source, of: file))
    failure(diagnostic, in: source.text)
  }

  /// A failure on standard error, with a caret under the words of `statement` that are meant.
  public func failure(_ diagnostic: Diagnostic, in statement: String?) {
    let columns = OutputFile.size(errors)?.columns ?? 100
    StandardStreams.writeError(progress.clear() + TextRenderer(columns: columns).lines(diagnostic, in: statement).map { $0 + "\n" }.joined())
  }
}
