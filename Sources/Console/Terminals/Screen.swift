internal import Rendering

/// A terminal's screen in memory: it takes what a program writes and shows what a person would see. It knows what this package's own
/// drawing and most programs use: printing with wrapping, wide characters, moving, erasing, colours; it reflows when resized.
package struct Screen: Sendable {
  struct Cell: Sendable, Equatable {
    /// Empty behind a wide character.
    var text = " "
    /// The parameters of the last "select graphic rendition".
    var style = ""
  }

  struct Row: Sendable, Equatable {
    var cells: [Cell]
    /// The next row goes on where this one was full.
    var wraps = false
  }

  package private(set) var size: TerminalSize
  /// Rows from the top of the screen.
  private var rows: [Row]
  /// What went off the top.
  private var above: [Row] = []
  private var row = 0
  private var column = 0
  /// The cursor waits behind the last column; the next character begins the next row.
  private var atEdge = false
  private var style = ""
  private var saved = (row: 0, column: 0)
  private var unread: [Unicode.Scalar] = []

  package init(size: TerminalSize) {
    self.size = size
    rows = Array(repeating: Row(cells: Array(repeating: Cell(), count: size.columns)), count: size.rows)
  }

  /// The screen's rows without blanks at their ends, without empty rows at the bottom.
  package var lines: [String] { Self.text(rows) }
  /// Everything that was ever written, the rows that went off the top first.
  package var everything: [String] { Self.text(above + rows) }
  /// The cursor's row and column, from 0.
  package var cursor: (row: Int, column: Int) { (row, column) }

  /// The graphic rendition of the cell at a place, for example `36`; empty for plain.
  package func style(row: Int, column: Int) -> String { rows[row].cells[column].style }

  package mutating func write(_ text: String) {
    unread += text.unicodeScalars
    var at = 0
    while at < unread.count {
      guard let count = take(from: at) else { break }
      at += count
    }
    unread.removeFirst(at)
  }

  /// Another size. Rows that wrap are joined and broken anew, as terminals do.
  package mutating func resize(_ new: TerminalSize) {
    var all: [Row] = []
    var place = (row: 0, column: 0)
    var joined: [Cell] = []
    var cursorInJoined: Int?
    let used = above + rows[...max(row, rows.lastIndex { !Self.text([$0]).isEmpty } ?? 0)]
    for (index, old) in used.enumerated() {
      if index == above.count + row { cursorInJoined = joined.count + column }
      joined += old.cells
      guard !old.wraps || index == used.count - 1 else { continue }
      while joined.last == Cell(), joined.count > (cursorInJoined ?? 0) { joined.removeLast() }
      let first = all.count
      let pieces = max((joined.count + new.columns - 1) / new.columns, 1)
      for piece in 0..<pieces {
        var cells = Array(joined.dropFirst(piece * new.columns).prefix(new.columns))
        cells += Array(repeating: Cell(), count: new.columns - cells.count)
        all.append(Row(cells: cells, wraps: piece < pieces - 1))
      }
      if let at = cursorInJoined {
        let cursorPiece = min(at / new.columns, pieces - 1)
        place = (first + cursorPiece, min(at - cursorPiece * new.columns, new.columns - 1))
      }
      cursorInJoined = nil
      joined = []
    }
    let top = max(all.count - new.rows, 0)
    above = Array(all[..<top])
    rows = Array(all[top...]) + Array(repeating: Row(cells: Array(repeating: Cell(), count: new.columns)), count: max(new.rows - all.count, 0))
    (row, column) = (max(place.row - top, 0), place.column)
    size = new
    atEdge = false
  }

  private static func text(_ rows: [Row]) -> [String] {
    var lines = rows.map { row in
      let text = row.cells.map(\.text).joined()
      return String(text.reversed().drop { $0 == " " }.reversed())
    }
    while lines.last == "" { lines.removeLast() }
    return lines
  }

  // MARK: Reading

  /// Takes one character or sequence and gives its length; nil where it is unfinished.
  private mutating func take(from start: Int) -> Int? {
    switch unread[start] {
    case "\u{1B}": return takeEscape(from: start)
    case "\r": (column, atEdge) = (0, false)
    case "\n": newRow(wrapped: false)
    case "\u{8}": (column, atEdge) = (max(column - 1, 0), false)
    case let scalar where scalar.value < 0x20: break
    case let scalar: put(scalar)
    }
    return 1
  }

  private mutating func takeEscape(from start: Int) -> Int? {
    guard start + 1 < unread.count else { return nil }
    switch unread[start + 1] {
    case "[":
      guard let end = unread.indices.dropFirst(start + 2).first(where: { (0x40...0x7E).contains(unread[$0].value) }) else { return nil }
      control(unread[end], EditedLine.text(unread[start + 2..<end]))
      return end - start + 1
    case "_", "]", "P":
      let end = unread.indices.dropFirst(start + 2).first { unread[$0] == "\u{7}" || (unread[$0] == "\\" && unread[$0 - 1] == "\u{1B}") }
      return end.map { $0 - start + 1 }
    case "7": saved = (row, column)
    case "8": (row, column, atEdge) = (saved.row, saved.column, false)
    default: break
    }
    return 2
  }

  private mutating func control(_ final: Unicode.Scalar, _ parameters: String) {
    guard !parameters.hasPrefix("?") else { return }
    let numbers = parameters.split(separator: ";", omittingEmptySubsequences: false).map { Int($0) ?? 0 }
    let count = max(numbers.first ?? 0, 1)
    switch final {
    case "A": move(row - count, column)
    case "B": move(row + count, column)
    case "C": move(row, column + count)
    case "D": move(row, column - count)
    case "G": move(row, count - 1)
    case "H": move(count - 1, max(numbers.count > 1 ? numbers[1] : 1, 1) - 1)
    case "J":
      switch numbers.first ?? 0 {
      case 2: for row in rows.indices { erase(row, 0) }
      default:
        erase(row, column)
        for below in rows.indices.dropFirst(row + 1) { erase(below, 0) }
      }
    case "K": erase(row, numbers.first == 2 ? 0 : column)
    case "m": style = parameters == "0" ? "" : parameters
    default: break
    }
  }

  // MARK: Writing

  private mutating func move(_ newRow: Int, _ newColumn: Int) {
    row = min(max(newRow, 0), size.rows - 1)
    column = min(max(newColumn, 0), size.columns - 1)
    atEdge = false
  }

  private mutating func erase(_ row: Int, _ from: Int) {
    for column in from..<size.columns { rows[row].cells[column] = Cell() }
    rows[row].wraps = false
  }

  private mutating func newRow(wrapped: Bool) {
    rows[row].wraps = wrapped
    atEdge = false
    if row == size.rows - 1 {
      above.append(rows.removeFirst())
      rows.append(Row(cells: Array(repeating: Cell(), count: size.columns)))
    } else {
      row += 1
    }
  }

  private mutating func put(_ scalar: Unicode.Scalar) {
    let width = TextWidth.of(scalar)
    guard width > 0 else {
      let before = atEdge ? column : column - 1
      if before >= 0 { rows[row].cells[before].text.unicodeScalars.append(scalar) }
      return
    }
    // The rest of an emoji that is joined of several takes no place of its own.
    let place = atEdge ? column : column - 1, first = place > 0 && rows[row].cells[place].text.isEmpty ? place - 1 : place
    if first >= 0, let before = rows[row].cells[first].text.last, before.unicodeScalars.count > 0 {
      let joined = String(before) + String(scalar)
      if joined.count == 1, TextWidth.of(joined) <= TextWidth.of(before) {
        rows[row].cells[first].text.unicodeScalars.append(scalar)
        return
      }
    }
    if atEdge || column + width > size.columns {
      newRow(wrapped: true)
      column = 0
    }
    rows[row].cells[column] = Cell(text: String(scalar), style: style)
    if width == 2 { rows[row].cells[column + 1] = Cell(text: "", style: style) }
    if column + width == size.columns {
      column = size.columns - 1
      atEdge = true
    } else {
      column += width
    }
  }
}
