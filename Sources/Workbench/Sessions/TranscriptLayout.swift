/// Displays as plain lines of text, 100 columns wide: what is recorded, and what replay compares. A picture or a plot is its caption.
/// Each line is a ``Phrase`` still, so that its numbers keep their nature.
public enum TranscriptLayout {
  public static let width = 100

  /// Without the `#> ` that a script puts before each.
  public static func lines(_ display: Display, width: Int = width) -> [Phrase] {
    switch display {
    case .text(let phrase), .picture(_, caption: let phrase): phrase.wrapped(to: width)
    case .plot(let plot): plot.caption.wrapped(to: width)
    case .table(let table): lines(table, width: width)
    case .stack(let parts): parts.flatMap { lines($0, width: width) }
    }
  }

  private static func lines(_ table: DisplayTable, width: Int) -> [Phrase] {
    var lines = table.title?.wrapped(to: width) ?? []
    let widths = table.columns.indices.map { column in
      table.rows.reduce(table.columns[column].heading.count) { max($0, column < $1.count ? $1[column].text.count : 0) }
    }
    for block in blocks(widths, width: width) {
      let hasHeadings = block.contains { !table.columns[$0].heading.isEmpty }
      if hasHeadings { lines.append(row(block.map { Phrase(pieces: [.words(table.columns[$0].heading)]) }, block, widths, table)) }
      for cells in table.rows { lines.append(row(block.map { $0 < cells.count ? cells[$0] : "" }, block, widths, table)) }
    }
    return lines + table.remarks.flatMap { $0.wrapped(to: width) }
  }

  /// Columns that fit side by side; where not all do, each block starts with the first column again.
  private static func blocks(_ widths: [Int], width: Int) -> [[Int]] {
    guard !widths.isEmpty else { return [] }
    var blocks = [[0]]
    var used = widths[0]
    for column in widths.indices.dropFirst() {
      if used + 2 + widths[column] > width, blocks[blocks.count - 1].count > 1 {
        blocks.append([0])
        used = widths[0]
      }
      blocks[blocks.count - 1].append(column)
      used += 2 + widths[column]
    }
    return blocks
  }

  private static func row(_ cells: [Phrase], _ block: [Int], _ widths: [Int], _ table: DisplayTable) -> Phrase {
    var pieces: [Phrase.Piece] = []
    var owed = 0
    func space(_ count: Int) { owed += count }
    for (position, column) in block.enumerated() {
      let gap = widths[column] - cells[position].text.count
      if position > 0 { space(2) }
      if table.columns[column].alignment == .right { space(gap) }
      if !cells[position].text.isEmpty {
        if owed > 0 { pieces.append(.words(String(repeating: " ", count: owed))) }
        owed = 0
        pieces += cells[position].pieces
      }
      if table.columns[column].alignment == .left { space(gap) }
    }
    return Phrase(pieces: pieces)
  }
}
