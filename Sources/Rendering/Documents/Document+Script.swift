public import Language
public import Workbench

extension Document {
  /// A script as it stands, with its recorded outputs and without evaluating anything.
  public init(recorded script: Script, source: String, _ vocabulary: Vocabulary) {
    var items: [Item] = []
    var outputs: [String] = []
    func close() {
      defer { outputs = [] }
      guard !outputs.isEmpty, case .statement(var cell)? = items.last else { return }
      cell.display = .text("\(outputs.joined(separator: "\n"))")
      items[items.count - 1] = .statement(cell)
    }
    for item in script.items {
      if case .output(let line) = item.content { outputs.append(line); continue }
      close()
      switch item.content {
      case .statement: items.append(.statement(Cell(script.source[item.range], vocabulary, marks: [.recordedOnly])))
      case .failure(let message):
        guard case .statement(var cell)? = items.last else { continue }
        cell.failure = [cell.failure, message].compactMap(\.self).joined(separator: "\n")
        items[items.count - 1] = .statement(cell)
      default: items += Document.words(item)
      }
    }
    close()
    self.init(source: source, items: items)
  }

  /// Evaluates a script, taking kept values from the store, and gathers what its statements show. Outputs that are not the recorded ones are
  /// marked, and so is what is stale by the end.
  ///
  /// - Returns: the document, and how the evaluation went; where that failed or was stopped, the document ends there.
  public static func evaluating(
    _ script: Script, source: String, in session: Session, overrides: [String: String] = [:]
  ) throws -> (document: Document, report: Replay.Report) {
    let replay = try Replay(script, in: session, Replay.Options(overrides: overrides))
    var cells = EvaluatedCells(in: session)
    let report = replay.run(told: { cells.add($0) })
    cells.markStale()
    return (Document(script, source: source) { cells[line: $0.line] }, report)
  }

  /// A script with a cell for each statement; without one a statement is left out.
  public init(_ script: Script, source: String, cell: (Script.Item) -> Cell?) {
    self.init(source: source, items: script.items.flatMap { item -> [Item] in
      if case .statement = item.content { return cell(item).map { [.statement($0)] } ?? [] }
      return Document.words(item)
    })
  }

  /// Headings and prose.
  private static func words(_ item: Script.Item) -> [Item] {
    switch item.content {
    case .heading(let level, let words): [.heading(level: level, words)]
    case .prose(let line): [.prose(line)]
    case .blank: [.blank]
    case .statement, .output, .failure, .shebang: []
    }
  }
}

/// What the statements of a script showed, gathered while they are evaluated.
public struct EvaluatedCells {
  private let session: Session
  private var cells: [Int: Document.Cell] = [:]
  private var numbers: [Int: Int] = [:]
  private var last: Int?

  public init(in session: Session) { (self.session, last) = (session, session.lastRecorded) }

  /// Of the statement that begins in this line of the script.
  public subscript(line line: Int) -> Document.Cell? { cells[line] }

  public mutating func add(_ step: Replay.Step) {
    var cell = Document.Cell(step.statement, session.vocabulary, display: step.display, failure: step.failure?.description)
    switch step.verdict {
    case .differs: cell.marks.append(.differs(step.difference))
    case .close: cell.marks.append(.close)
    case .same, nil: break
    }
    cells[step.line] = cell
    // Statements that ask about the session are not recorded, and are never stale.
    if session.lastRecorded != last { numbers[step.line] = session.lastRecorded }
    last = session.lastRecorded
  }

  /// Says at the end what is stale; the lines of those statements.
  @discardableResult
  public mutating func markStale() -> [Int] {
    let stale = numbers.filter { session.isStale(recorded: $0.value) }.keys.sorted()
    for line in stale { cells[line]?.marks.insert(.stale, at: 0) }
    return stale
  }
}
