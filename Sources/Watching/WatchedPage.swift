package import Language
package import Rendering
internal import Workbench

/// The document of a script while it is evaluated: what is known of each of its statements.
package struct WatchedPage {
  private let script: Script
  private let name: String
  /// Lines of the script in which its statements begin.
  private let lines: [Int]
  package private(set) var cells: [Document.Cell]
  private var statements: [Board.Statement]
  private var notices: [String] = []
  private var words = "Reading the script"
  private var mood = Board.Mood.busy
  /// The statement that runs; before the first, -1.
  private(set) var running = -1

  /// - Parameter shown: the statements as the page shows them now. What one showed stays until it is evaluated again, so that nothing jumps
  ///   for what comes from the store at once.
  package init(_ script: Script, name: String, showing shown: [Document.Cell], _ vocabulary: Vocabulary) {
    (self.script, self.name) = (script, name)
    let items = script.items.filter { if case .statement = $0.content { true } else { false } }
    lines = items.map(\.line)
    var before = Dictionary(grouping: shown) { WatchedPage.words($0.text) }
    cells = items.map { item in
      let text = script.source[item.range]
      var cell = Document.Cell(text, vocabulary)
      let canonical = item.statement.map(\.canonical) ?? text
      let key = [canonical, text].map(WatchedPage.words).first { before[$0]?.isEmpty == false }
      if let key, let old = before[key]?.removeFirst() {
        if old.failure == nil { cell = old }
      }
      return cell
    }
    statements = items.map { _ in .waiting }
  }

  private static func words(_ text: String) -> [Substring] { text.split { $0 == " " || $0 == "\n" || $0 == "\\" } }

  var count: Int { cells.count }

  package var state: Board.State {
    var next = 0
    let document = Document(script, source: name) { _ in
      defer { next += 1 }
      return next < cells.count ? cells[next] : nil
    }
    return Board.State(document: document, statements: statements, words: words, mood: mood, notices: notices)
  }

  /// Shows what is wrong before anything runs, each fault at its statement; gives them back.
  mutating func show(_ faults: [Diagnostic]) -> [Diagnostic] {
    for fault in faults {
      if let range = fault.range, let index = lines.lastIndex(where: { $0 <= script.source.place(of: range.start).line }), cover(index, range) {
        set(fault, at: index)
      } else {
        notices.append((fault.range.map { "line \(script.source.place(of: $0.start).line): " } ?? "") + fault.description)
      }
    }
    return faults
  }

  private func cover(_ index: Int, _ range: SourceRange) -> Bool {
    guard let item = script.items.first(where: { $0.line == lines[index] }) else { return false }
    return item.range.start <= range.start && range.start <= item.range.end
  }

  private mutating func set(_ fault: Diagnostic, at index: Int) {
    let caret = TextRenderer(columns: 1000).place(fault, in: script.source.text)
    cells[index].display = .nothing
    cells[index].marks = []
    cells[index].failure = [cells[index].failure, fault.description].compactMap(\.self).joined(separator: "\n")
    if cells[index].caret == nil, !caret.isEmpty { cells[index].caret = caret.joined(separator: "\n") }
    statements[index] = .failed
  }

  /// Whether the next statement is known to be wrong.
  var isFaulty: Bool { running + 1 < count && statements[running + 1] == .failed }

  /// The next statement begins; what it says.
  mutating func begin() -> String {
    running += 1
    statements[running] = .running
    (words, mood) = ("Evaluating statement \(running + 1) of \(count)", .busy)
    return script.statements[running]
  }

  mutating func end(_ step: Replay.Step, _ cell: Document.Cell?, of script: Script) {
    guard let index = lines.firstIndex(of: step.line) else { return }
    if let cell { cells[index] = cell }
    statements[index] = step.isRun ? .done : .waiting
    guard let failure = step.failure else { return }
    // One that the script expects is an output like others.
    if step.verdict == nil {
      cells[index].failure = nil
      set(failure, at: index)
    }
  }

  mutating func replace(line: Int, by cell: Document.Cell?) {
    if let index = lines.firstIndex(of: line), let cell, statements[index] == .done { cells[index] = cell }
  }

  /// Says how it ended.
  mutating func finish(faults: Int, failure: Int?, unreached: Int) {
    for index in statements.indices where statements[index] == .running { statements[index] = .waiting }
    if faults > 0 {
      (words, mood) = (counted(faults, "error"), .trouble)
    } else if let failure {
      (words, mood) = ("Line \(failure) failed", .trouble)
    } else {
      (words, mood) = (unreached > 0 ? "Up to date; `quit` ends it early" : "Up to date", .good)
    }
  }
}
