internal import Workbench

/// Gathers the items of a document into the cells of a notebook. What a cell cannot show, such as where empty lines stood, is in its
/// metadata, under `segue`.
struct NotebookCells {
  private var cells: [JSONText] = []
  /// Prose that belongs to the cell that is open, as its script has it.
  private var lines: [String] = []
  private var statements = 0

  mutating func take(_ item: Document.Item) {
    switch item {
    case .heading, .prose, .blank: lines += [item.scriptLine].compactMap(\.self)
    case .statement(let cell): add(cell)
    }
  }

  mutating func finished() -> [JSONText] {
    closeProse()
    if !lines.isEmpty { append("markdown", source: "", kept: [("lines", .array(lines.map(JSONText.string)))], []) }
    return cells
  }

  /// A Markdown cell, where there are words; empty lines alone wait for what comes next.
  private mutating func closeProse() {
    let shown = Notebook.markdown(lines)
    guard !shown.isEmpty else { return }
    append("markdown", source: shown, kept: [("lines", .array(lines.map(JSONText.string)))], [])
    lines = []
  }

  private mutating func add(_ cell: Document.Cell) {
    closeProse()
    statements += 1
    let notes = cell.marks.filter { $0 != .recordedOnly }.map { NotebookCells.stream($0.words) }
    let failure = cell.failure.map { message in
      [JSONText.object([
        ("output_type", .string("error")), ("ename", .string("error")), ("evalue", .string(message)),
        ("traceback", .array(message.split(separator: "\n", omittingEmptySubsequences: false).map { .string(String($0)) })),
      ])]
    }
    append(
      "code", source: cell.text, kept: lines.isEmpty ? [] : [("before", .array(lines.map(JSONText.string)))], fails: cell.failure != nil,
      [("execution_count", .int(statements)), ("outputs", .array(notes + NotebookCells.outputs(cell.display) + (failure ?? [])))])
    lines = []
  }

  /// - Parameter fails: whether it is meant to: a run of the whole notebook then goes on after it.
  private mutating func append(_ kind: String, source: String, kept: [(String, JSONText)], fails: Bool = false, _ more: [(String, JSONText)]) {
    let metadata = JSONText.object((kept.isEmpty ? [] : [("segue", .object(kept))]) + (fails ? [("tags", .array([.string("raises-exception")]))] : []))
    cells.append(.object([
      ("cell_type", .string(kind)), ("id", .string("segue-\(cells.count + 1)")), ("metadata", metadata), ("source", NotebookCells.lines(source)),
    ] + more))
  }

  /// What is no output of the statement.
  private static func stream(_ words: String) -> JSONText {
    .object([("output_type", .string("stream")), ("name", .string("stderr")), ("text", lines(words + "\n"))])
  }

  private static func outputs(_ display: Display) -> [JSONText] {
    NotebookOutput.all(display).map { output in
      JSONText.object([
        ("output_type", .string("display_data")), ("data", .object(output.data.map { ($0.type, $0.isText ? lines($0.text) : .string($0.text)) })),
        ("metadata", .object([])),
      ])
    }
  }

  /// A text as notebooks write it: its lines, each but the last with its end.
  private static func lines(_ text: String) -> JSONText {
    let parts = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let ended = parts.enumerated().map { $0.offset + 1 < parts.count ? $0.element + "\n" : $0.element }
    return .array(ended.filter { !$0.isEmpty }.map(JSONText.string))
  }
}
