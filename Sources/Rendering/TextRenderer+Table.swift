internal import Language
public import Workbench

extension TextRenderer {
  /// The table under its title, columns two blanks apart, and its remarks below. Columns that do not fit beside one another stand in
  /// further blocks, each beginning with the first column again.
  public func lines(_ table: DisplayTable) -> [String] {
    let columnCount = max(table.columns.count, table.rows.map(\.count).max() ?? 0)
    let headings = table.columns.map { StyledText($0.heading.escapedForTerminal(), .dim) }
    let cells = table.rows.map { row in row.map { $0.styled.joinedLines } }
    let widths = (0..<columnCount).map { column in
      max(column < headings.count ? headings[column].width : 0, cells.map { column < $0.count ? $0[column].width : 0 }.max() ?? 0)
    }

    func line(_ row: [StyledText], _ block: [Int]) -> String {
      var line = StyledText()
      for (position, column) in block.enumerated() {
        if position > 0 { line += "  " }
        let cell = column < row.count ? row[column] : StyledText()
        let onLeft = column < table.columns.count && table.columns[column].alignment == .right
        line += cell.padded(to: widths[column], onLeft: onLeft)
      }
      return palette.paint(line.trimmed.clipped(to: columns))
    }

    var lines = table.title.map { wrapped($0.styled.replacingPlain(by: .strong)) } ?? []
    for block in blocks(widths) {
      if headings.contains(where: { $0.width > 0 }) { lines.append(line(headings, block)) }
      lines += cells.flatMap { row in hanging(row, block, widths, table) ?? [line(row, block)] }
    }
    return lines + table.remarks.flatMap { wrapped($0.styled.replacingPlain(by: .dim)) }
  }

  /// A row that is too wide, with its last column broken into lines that stand under one another: words that explain something are read
  /// whole. Nil where the row fits, and where the column has no room or holds no words.
  private func hanging(_ row: [StyledText], _ block: [Int], _ widths: [Int], _ table: DisplayTable) -> [String]? {
    guard let last = block.last, block.count > 1, last < row.count, last >= table.columns.count || table.columns[last].alignment == .left else { return nil }
    let start = block.dropLast().reduce(0) { $0 + widths[$1] + 2 }
    guard start + row[last].width > columns, columns - start >= 20 else { return nil }
    let cell = row[last].wrapped(to: columns - start)
    var first = StyledText()
    for column in block.dropLast() {
      let onLeft = column < table.columns.count && table.columns[column].alignment == .right
      first += (column < row.count ? row[column] : StyledText()).padded(to: widths[column], onLeft: onLeft) + "  "
    }
    let blanks = StyledText(String(repeating: " ", count: start))
    return cell.enumerated().map { palette.paint((($0 == 0 ? first : blanks) + $1).trimmed.clipped(to: columns)) }
  }

  /// The columns that stand beside one another.
  private func blocks(_ widths: [Int]) -> [[Int]] {
    guard let first = widths.first else { return [] }
    var blocks = [[0]]
    var used = first
    // A column of nothing takes no room.
    for column in widths.indices.dropFirst() where widths[column] > 0 {
      if used + 2 + widths[column] > columns, blocks[blocks.count - 1].count > 1 {
        blocks.append([0])
        used = first
      }
      blocks[blocks.count - 1].append(column)
      used += 2 + widths[column]
    }
    return blocks
  }
}

extension StyledText {
  /// A cell is one line: newlines become blanks.
  package var joinedLines: StyledText {
    StyledText(runs.map { Run(String($0.text.map { $0 == "\n" ? " " : $0 }), $0.style) })
  }

  /// Plain runs in another style.
  func replacingPlain(by style: TextStyle) -> StyledText {
    StyledText(runs.map { Run($0.text, $0.style == .plain ? style : $0.style) })
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
