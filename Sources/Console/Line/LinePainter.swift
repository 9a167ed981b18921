package import Rendering

/// Writes a view over the one before it. It relies on the terminal's own wrapping, so that terminals that reflow their text when they
/// are resized move the line as they move everything, and the painter finds its beginning again; whether a terminal reflows is seen from where
/// its cursor is afterwards.
package struct LinePainter: Sendable {
  package var palette: Palette
  private var painted: (view: LineView, size: TerminalSize)?
  private var cursorRow = 0
  /// The terminal has cut its rows and not reflowed them when it was resized.
  private var rowsStayed = false

  package init(palette: Palette) { self.palette = palette }

  /// The next view begins where the cursor is: something else was written, or a new line begins.
  package mutating func forget() {
    painted = nil
    cursorRow = 0
    rowsStayed = false
  }

  /// The terminal has another size now, and its cursor stands in this column, if it says so.
  package mutating func resized(to size: TerminalSize, cursorColumn: Int?) {
    guard let painted, painted.size != size, let cursorColumn else { return }
    let reflowed = LineLayout(painted.view, columns: size.columns).cursorColumn
    let cut = min(LineLayout(painted.view, columns: painted.size.columns).cursorColumn, size.columns - 1)
    rowsStayed = cursorColumn != reflowed && min(cursorColumn, size.columns - 1) == cut
  }

  /// What to write so that the terminal shows `view`; empty where it does already.
  package mutating func paint(_ view: LineView, size: TerminalSize) -> String {
    if let painted, painted.view == view, painted.size == size { return "" }
    let layout = LineLayout(view, columns: size.columns)
    let window = Self.window(layout, rows: size.rows)
    var out = beginning(size)
    for (index, row) in layout.rows[window].enumerated() {
      out += palette.paint(StyledText(row.runs))
      if row.isBroken || row.endsEarly { out += "\u{1B}[K" }
      if row.isBroken, index < window.count - 1 { out += "\r\n" }
    }
    // After a full row the terminal waits at its edge; a blank makes it wrap, and is erased below.
    if let last = layout.rows[window].last, last.width == 0, window.count > 1, !layout.rows[window.upperBound - 2].isBroken { out += " \r" }
    // Nothing is erased at the edge: it would take the last character away.
    out += layout.isFull ? "\r\n\u{1B}[J" : "\u{1B}[J"
    let below = view.below.prefix(max(size.rows - window.count, 0))
    for (index, line) in below.enumerated() {
      out += (index == 0 && layout.isFull ? "" : "\r\n") + palette.paint(line.clipped(to: size.columns - 1))
    }
    let up = max(below.count, layout.isFull ? 1 : 0) + window.upperBound - 1 - layout.cursorRow
    out += "\r" + Self.move(up, "A") + Self.move(layout.cursorColumn, "C")
    cursorRow = layout.cursorRow - window.lowerBound
    painted = (view, size)
    rowsStayed = false
    return out
  }

  /// What to write when the line is done: the line without hint and list, and the cursor on a new row below it.
  package mutating func finish(_ view: LineView, size: TerminalSize, mark: String = "") -> String {
    var last = view
    last.hint = ""
    last.below = []
    last.cursor = view.text.text.unicodeScalars.count
    let out = paint(last, size: size) + mark + "\r\n"
    forget()
    return out
  }

  /// What to write so that nothing of the line is left, and the cursor is where it began.
  package mutating func erase(size: TerminalSize) -> String {
    let out = beginning(size) + "\u{1B}[J"
    forget()
    return out
  }

  /// From the cursor back to the first column of the first row, also where the terminal was resized since.
  private func beginning(_ size: TerminalSize) -> String {
    guard let painted else { return "\r" }
    guard painted.size != size, !rowsStayed else { return "\r" + Self.move(cursorRow, "A") }
    let layout = LineLayout(painted.view, columns: size.columns)
    return "\r" + Self.move(min(layout.cursorRow, size.rows - 1), "A")
  }

  /// The rows that are shown: all, or as many as the terminal has, the cursor's among them.
  private static func window(_ layout: LineLayout, rows: Int) -> Range<Int> {
    let rows = max(rows, 1)
    let count = max(layout.rows.count, layout.cursorRow + 1)
    guard count > rows else { return 0..<layout.rows.count }
    let first = min(max(layout.cursorRow - rows / 2, 0), layout.rows.count - rows)
    return first..<min(first + rows, layout.rows.count)
  }

  private static func move(_ count: Int, _ direction: String) -> String {
    count > 0 ? "\u{1B}[\(count)\(direction)" : ""
  }
}
