internal import Language
internal import Workbench

/// Turns a document into what the page's template asks for, from top to bottom: names are linked to the statement that gave them last.
struct PageBlocks {
  private let document: Document
  private(set) var contents: [Page.Entry] = []
  private var anchors: Set<String> = ["contents", "main"]
  /// The anchor of the statement that gave a name last.
  private var definitions: [String: String] = [:]
  private let outputs: (Display) -> [PageOutput]

  /// - Parameter outputs: renders what a statement shows; encoding pictures is most of a page's work.
  init(_ document: Document, outputs: @escaping (Display) -> [PageOutput] = PageOutput.all) { (self.document, self.outputs) = (document, outputs) }

  mutating func all() -> [PageBlock] {
    var blocks: [PageBlock] = []
    var lines: [String] = []
    func close() {
      blocks += Prose(lines).blocks.map(block)
      lines = []
    }
    for (index, item) in document.items.enumerated() {
      switch item {
      case .prose(let line): lines.append(line)
      case .blank: lines.append("")
      case .heading(let level, let words):
        close()
        // The title stands above the page already.
        if !opensWithTitle || index != firstIndex { blocks.append(heading(level, words)) }
      case .statement(let cell):
        close()
        blocks.append(PageBlock(cell: self.cell(cell)))
      }
    }
    close()
    return blocks
  }

  private var firstIndex: Int? {
    document.items.firstIndex { $0.isSeen }
  }

  private var opensWithTitle: Bool {
    guard let firstIndex, case .heading = document.items[firstIndex] else { return false }
    return true
  }

  private func block(_ block: Prose.Block) -> PageBlock {
    switch block {
    case .paragraph(let runs): PageBlock(paragraph: .init(runs: runs.map(\.escaped)))
    case .list(let first, let items):
      PageBlock(
        list: .init(tag: first == nil ? "ul" : "ol", start: first == 1 ? nil : first, items: items.map { .init(runs: $0.map(\.escaped)) }))
    case .code(let lines): PageBlock(code: lines.map { $0.escapedForTerminal() }.joined(separator: "\n"))
    }
  }

  private mutating func heading(_ level: Int, _ words: String) -> PageBlock {
    let runs = Prose.runs(words).map(\.escaped)
    let text = runs.map(\.text).joined()
    let anchor = anchor(text)
    let level = min(level, 6)
    if level <= 3 { contents.append(Page.Entry(anchor: anchor, words: text, level: "level\(level)")) }
    return PageBlock(heading: .init(tag: "h\(level)", anchor: anchor, runs: runs))
  }

  /// Letters and digits with `-` between, made different from those before.
  private mutating func anchor(_ words: String) -> String {
    let parts = words.lowercased().split { !($0.isLetter || $0.isNumber) }.prefix(8)
    let plain = parts.isEmpty ? "part" : parts.joined(separator: "-")
    var anchor = plain
    var count = 1
    while !anchors.insert(anchor).inserted {
      count += 1
      anchor = "\(plain)-\(count)"
    }
    return anchor
  }

  private mutating func cell(_ cell: Document.Cell) -> PageCell {
    let tokens = tokens(cell)
    let anchor = cell.name.map { self.anchor("value \($0)") }
    if let name = cell.name, let anchor, cell.failure == nil { definitions[name] = anchor }
    let outputs = outputs(cell.display)
    return PageCell(
      anchor: anchor, tokens: tokens, outputs: outputs, caret: cell.caret, failure: cell.failure.map { $0.escapedForTerminal(keepingNewlines: true) },
      marks: cell.marks.map(PageMark.init), hasOutputs: !outputs.isEmpty || cell.failure != nil || !cell.marks.isEmpty)
  }

  private func tokens(_ cell: Document.Cell) -> [PageCell.Token] {
    let bytes = Array(cell.text.utf8)
    var tokens: [PageCell.Token] = []
    var at = 0
    func text(_ start: Int, _ end: Int) -> String { String(decoding: bytes[start..<end], as: UTF8.self).escapedForTerminal(keepingNewlines: true) }
    for token in cell.tokens where token.range.start >= at && token.range.end <= bytes.count {
      if token.range.start > at { tokens.append(.init(text: text(at, token.range.start), style: nil, target: nil)) }
      let words = text(token.range.start, token.range.end)
      let isWord = token.kind == .word || token.kind == .unknownCommand
      let target = isWord ? definitions[String(words.prefix { !".[@".contains($0) })] : nil
      tokens.append(.init(text: words, style: target != nil ? "name" : PageBlocks.style(token.kind), target: target))
      at = token.range.end
    }
    if at < bytes.count { tokens.append(.init(text: text(at, bytes.count), style: nil, target: nil)) }
    return tokens
  }

  private static func style(_ kind: Token.Kind) -> String? {
    switch kind {
    case .name: "name"
    case .command: "command"
    case .parameter: "parameter"
    case .number, .size, .range: "number"
    case .text: "quoted"
    case .word: "choice"
    case .comment: "comment"
    case .equals, .comparator, .unknownCommand: nil
    }
  }
}

extension Prose.Run {
  /// Without characters that could steer a reader's screen.
  var escaped: Prose.Run {
    var copy = self
    copy.text = text.escapedForTerminal()
    return copy
  }
}
