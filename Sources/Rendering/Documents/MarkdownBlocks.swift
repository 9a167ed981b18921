internal import Language
internal import Imaging
internal import Workbench

/// Turns a document into what the Markdown template asks for, and gathers the files beside it.
struct MarkdownBlocks {
  let folder: String
  private(set) var files: [DocumentFile] = []
  /// Pictures and drawings so far.
  private var pictures = 0
  private var swatches: Set<String> = []

  init(folder: String) { self.folder = folder }

  mutating func all(_ document: Document) -> [MarkdownBlock] {
    var blocks: [MarkdownBlock] = []
    var lines: [String] = []
    var isFirst = true
    func close() {
      blocks += Prose(lines).blocks.map(block)
      lines = []
    }
    for item in document.items {
      switch item {
      case .prose(let line):
        lines.append(line)
        if line.isEmpty { continue }
      case .blank:
        lines.append("")
        continue
      case .heading(let level, let words):
        close()
        // The title stands at the top already.
        if !isFirst {
          blocks.append(MarkdownBlock(heading: .init(marks: String(repeating: "#", count: min(level, 6)), runs: Prose.runs(words).map(MarkdownRun.init))))
        }
      case .statement(let cell):
        close()
        blocks += self.cell(cell)
      }
      isFirst = false
    }
    close()
    return blocks
  }

  private func block(_ block: Prose.Block) -> MarkdownBlock {
    switch block {
    case .paragraph(let runs): MarkdownBlock(lines: .init(lines: [line("", runs)]))
    case .list(let first, let items):
      MarkdownBlock(lines: .init(lines: items.enumerated().map { index, item in line(first.map { "\($0 + index). " } ?? "- ", item) }))
    case .code(let lines): fence(lines.map { $0.escapedForTerminal() }.joined(separator: "\n"), "text")
    }
  }

  private func line(_ lead: String, _ runs: [Prose.Run]) -> MarkdownBlock.Line {
    var marked = runs.map(MarkdownRun.init)
    // Words that begin a line may not look like a mark of a block.
    if let first = marked.first, first.open.isEmpty, let text = first.text {
      marked[0].before = MarkdownText.escapedAtLineStart(text)
      marked[0].text = nil
    }
    return MarkdownBlock.Line(lead: lead, runs: marked)
  }

  private func fence(_ text: String, _ language: String) -> MarkdownBlock {
    MarkdownBlock(fence: .init(marks: MarkdownText.fence(of: "`", around: text, atLeast: 3), language: language, text: text))
  }

  private mutating func cell(_ cell: Document.Cell) -> [MarkdownBlock] {
    var blocks = [fence(cell.text.escapedForTerminal(keepingNewlines: true), "segue")]
    for mark in cell.marks {
      blocks.append(MarkdownBlock(mark: mark.words))
      if case .differs(let lines) = mark { blocks.append(fence(lines.map { $0.description.escapedForTerminal() }.joined(separator: "\n"), "diff")) }
    }
    blocks += outputs(cell.display)
    if let failure = cell.failure { blocks.append(fence("error: " + failure.escapedForTerminal(keepingNewlines: true), "text")) }
    return blocks
  }

  private mutating func outputs(_ display: Display) -> [MarkdownBlock] {
    switch display {
    case .text(let phrase): return [fence(phrase.shown, "text")]
    case .table(let table): return [MarkdownBlock(table: .init(table))]
    case .picture(let image, let caption): return [file("png", PNG.encode(image), caption)]
    case .plot(let plot): return [file("svg", Array(SVGPlot().text(plot).utf8), plot.caption)]
    case .stack(let parts): return parts.flatMap { outputs($0) }
    }
  }

  private mutating func file(_ ending: String, _ bytes: [UInt8], _ caption: Phrase) -> MarkdownBlock {
    pictures += 1
    let path = "\(folder)/\(pictures).\(ending)"
    files.append(DocumentFile(path: path, bytes: bytes))
    let legend = caption.keys.legendLines.map { line in MarkdownBlock.Legend(keys: line.map { key($0) }) }
    return MarkdownBlock(picture: .init(caption: caption.shown.oneLine, path: MarkdownText.path(path), legend: legend))
  }

  /// Markdown has no colours of its own: a legend's square is a picture, one for each colour of the document.
  private mutating func key(_ key: PictureKey) -> MarkdownBlock.Key {
    let path = "\(folder)/colour-\(key.digits).png"
    if swatches.insert(path).inserted { files.append(DocumentFile(path: path, bytes: PNG.encode(.swatch(key)))) }
    return MarkdownBlock.Key(path: MarkdownText.path(path), name: key.name.escapedForTerminal())
  }
}

extension MarkdownBlock.Table {
  init(_ table: DisplayTable) {
    title = table.title?.shown.oneLine
    head = Row(cells: table.columns.map { $0.heading.escapedForTerminal() })
    rule = "|" + table.columns.map { $0.alignment == .left ? " :-- |" : " --: |" }.joined()
    rows = table.rows.map { row in Row(cells: table.columns.indices.map { $0 < row.count ? row[$0].shown.trimmedLines.oneLine : "" }) }
    remarks = table.remarks.map { $0.shown.oneLine }
  }
}

extension Image {
  /// A square of a legend's colour with a thin edge, so that white is seen on white.
  fileprivate static func swatch(_ key: PictureKey) -> Image {
    var square = Image(size: PixelSize(12, 12), red: 96, green: 96, blue: 96)
    square.paste(Image(size: PixelSize(10, 10), red: key.red, green: key.green, blue: key.blue), x: 1, y: 1)
    return square
  }
}

extension String {
  /// With blanks in place of line breaks.
  fileprivate var oneLine: String { split(whereSeparator: \.isNewline).joined(separator: " ") }
}
