internal import Imaging
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
      "code", source: cell.text, kept: lines.isEmpty ? [] : [("before", .array(lines.map(JSONText.string)))],
      [("execution_count", .int(statements)), ("outputs", .array(notes + NotebookCells.outputs(cell.display) + (failure ?? [])))])
    lines = []
  }

  private mutating func append(_ kind: String, source: String, kept: [(String, JSONText)], _ more: [(String, JSONText)]) {
    let metadata = kept.isEmpty ? JSONText.object([]) : .object([("segue", .object(kept))])
    cells.append(.object([
      ("cell_type", .string(kind)), ("id", .string("segue-\(cells.count + 1)")), ("metadata", metadata), ("source", NotebookCells.lines(source)),
    ] + more))
  }

  /// What is no output of the statement.
  private static func stream(_ words: String) -> JSONText {
    .object([("output_type", .string("stream")), ("name", .string("stderr")), ("text", lines(words + "\n"))])
  }

  /// The parts of a display, each with the words that a script records of it.
  private static func outputs(_ display: Display) -> [JSONText] {
    if case .stack(let parts) = display { return parts.flatMap(outputs) }
    let plain = TranscriptLayout.lines(display).map(\.text).joined(separator: "\n")
    var data: [(String, JSONText)] = []
    switch display {
    case .table(let table): data.append(("text/html", lines(NotebookTable(table).text)))
    case .picture(let image, _): data.append(("image/png", .string(base64(PNG.encode(image)))))
    case .plot(let plot): data.append(("image/svg+xml", lines(SVGPlot().text(plot))))
    case .text, .stack: break
    }
    let seen = output(data + [("text/plain", lines(plain))])
    switch display {
    // Where a picture is shown its words are not: they stand below it, without words of their own that a script would record.
    case .picture, .plot: return [seen, output([("text/html", lines("<p>\(SVGText.escaped(plain))</p>"))])]
    case .text, .table, .stack: return [seen]
    }
  }

  private static func output(_ data: [(String, JSONText)]) -> JSONText {
    .object([("output_type", .string("display_data")), ("data", .object(data)), ("metadata", .object([]))])
  }

  /// A text as notebooks write it: its lines, each but the last with its end.
  private static func lines(_ text: String) -> JSONText {
    let parts = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let ended = parts.enumerated().map { $0.offset + 1 < parts.count ? $0.element + "\n" : $0.element }
    return .array(ended.filter { !$0.isEmpty }.map(JSONText.string))
  }
}
