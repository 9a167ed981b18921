/// A drawing of dots, two across and four down in each character (Unicode's braille patterns).
package struct BrailleCanvas: Sendable {
  package let columns: Int
  package let rows: Int
  private var cells: [UInt8]
  private var styles: [TextStyle]

  package init(columns: Int, rows: Int) {
    self.columns = columns
    self.rows = rows
    cells = Array(repeating: 0, count: columns * rows)
    styles = Array(repeating: .plain, count: columns * rows)
  }

  package var width: Int { columns * 2 }
  package var height: Int { rows * 4 }

  /// Sets the dot at (x, y) from the top left; dots outside are left out. A character has one colour: that of its last dot.
  package mutating func dot(_ x: Int, _ y: Int, _ style: TextStyle = .plain) {
    guard (0..<width).contains(x), (0..<height).contains(y) else { return }
    let cell = y / 4 * columns + x / 2
    // Dots 1 2 3 7 run down the left side, 4 5 6 8 down the right one.
    let bits: [[UInt8]] = [[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]]
    cells[cell] |= bits[y % 4][x % 2]
    styles[cell] = style
  }

  /// A straight line of dots between two points, ends included.
  package mutating func line(from a: (x: Double, y: Double), to b: (x: Double, y: Double), _ style: TextStyle = .plain) {
    let steps = max(abs(b.x - a.x), abs(b.y - a.y)).rounded(.up)
    guard steps.isFinite, steps <= 1e5 else { return }
    for step in 0...Int(max(steps, 1)) {
      let part = Double(step) / max(steps, 1)
      dot(Int((a.x + (b.x - a.x) * part).rounded()), Int((a.y + (b.y - a.y) * part).rounded()), style)
    }
  }

  /// One row of characters; where there are no dots, blanks.
  package func row(_ row: Int) -> StyledText {
    var runs: [StyledText.Run] = []
    for column in 0..<columns {
      let cell = row * columns + column
      let character = cells[cell] == 0 ? " " : String(UnicodeScalar(0x2800 + UInt32(cells[cell]))!)
      let style = cells[cell] == 0 ? TextStyle.plain : styles[cell]
      if runs.last?.style == style { runs[runs.count - 1].text += character } else { runs.append(.init(character, style)) }
    }
    return StyledText(runs)
  }
}
