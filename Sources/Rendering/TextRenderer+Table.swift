public import Workbench

extension TextRenderer {
  /// The table under its title, columns two blanks apart, and its remarks below. A table that is too wide is cut on the right: the
  /// columns that do not fit are named on a line below it.
  public func lines(_ table: DisplayTable) -> [String] {
    let columnCount = max(table.columns.count, table.rows.map(\.count).max() ?? 0)
    let heads = table.columns.map { StyledText($0.heading.escapedForTerminal(), .dim) }
    let cells = table.rows.map { row in row.map { $0.styled.joinedLines } }
    let widths = (0..<columnCount).map { column in
      max(column < heads.count ? heads[column].width : 0, cells.map { column < $0.count ? $0[column].width : 0 }.max() ?? 0)
    }
    let shown = columnsThatFit(widths)

    func line(_ row: [StyledText]) -> String {
      var line = StyledText()
      for column in 0..<shown {
        if column > 0 { line += "  " }
        let cell = column < row.count ? row[column] : StyledText()
        let onLeft = column < table.columns.count && table.columns[column].alignment == .right
        line += column == 0 && widths[0] > columns ? cell.clipped(to: columns) : cell.padded(to: widths[column], onLeft: onLeft)
      }
      return palette.paint(line.trimmed)
    }

    var lines = table.title.map { wrapped(StyledText($0.styled.runs.map { .init($0.text, $0.style == .plain ? .strong : $0.style) })) } ?? []
    if heads.contains(where: { $0.width > 0 }) { lines.append(line(heads)) }
    lines += cells.map(line)
    if shown < columnCount {
      let left = (shown..<columnCount).map { $0 < table.columns.count ? table.columns[$0].heading.escapedForTerminal() : "…" }
      lines += wrapped(StyledText("not shown for want of width: " + left.joined(separator: ", "), .dim))
    }
    return lines + table.remarks.flatMap { wrapped(StyledText($0.styled.runs.map { .init($0.text, $0.style == .plain ? .dim : $0.style) })) }
  }

  /// How many columns fit beside one another; at least one.
  private func columnsThatFit(_ widths: [Int]) -> Int {
    var used = 0
    for (index, width) in widths.enumerated() {
      used += width + (index > 0 ? 2 : 0)
      if used > columns { return max(index, 1) }
    }
    return widths.count
  }
}

extension StyledText {
  /// A cell is one line: newlines become blanks.
  package var joinedLines: StyledText {
    StyledText(runs.map { Run(String($0.text.map { $0 == "\n" ? " " : $0 }), $0.style) })
  }

  /// Without blanks at the end.
  var trimmed: StyledText {
    var runs = self.runs
    while let last = runs.last {
      let text = String(last.text.reversed().drop { $0 == " " }.reversed())
      if text.isEmpty { runs.removeLast(); continue }
      runs[runs.count - 1].text = text
      break
    }
    return StyledText(runs)
  }
}
