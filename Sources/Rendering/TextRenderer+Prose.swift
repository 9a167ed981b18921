internal import Language

extension TextRenderer {
  /// Prose for reading on a terminal: paragraphs no wider than a comfortable line, parted by empty lines, list items set in.
  public func lines(_ prose: Prose) -> [String] {
    var lines: [StyledText] = []
    for block in prose.blocks {
      if !lines.isEmpty { lines.append(StyledText()) }
      switch block {
      case .paragraph(let runs): lines += StyledText(runs).wrapped(to: readingWidth)
      case .list(let first, let items):
        for (index, item) in items.enumerated() {
          let lead = first.map { "\($0 + index). " } ?? "• "
          let blanks = String(repeating: " ", count: lead.count)
          for (row, line) in StyledText(item).wrapped(to: readingWidth - lead.count).enumerated() { lines.append(StyledText(row == 0 ? lead : blanks) + line) }
        }
      case .code(let code): lines += code.map { StyledText("    " + $0.escapedForTerminal(), .command) }
      }
    }
    return lines.map(palette.paint)
  }

  /// A heading, without its `#` marks.
  public func heading(_ words: String) -> String { palette.paint(StyledText(Prose.runs(words)).text, .heading) }

  /// Lines of more than 80 letters are hard to read.
  private var readingWidth: Int { min(columns, 80) }
}

extension StyledText {
  init(_ runs: [Prose.Run]) {
    self.init(runs.map { run in
      Run(run.text.escapedForTerminal(), run.isCode ? .command : run.isStrong ? .strong : run.isEmphasis ? .emphasis : .plain)
    })
  }
}
