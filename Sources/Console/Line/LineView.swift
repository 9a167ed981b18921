package import Rendering

/// What the line editor shows: the prompt, the line in colour, a dim hint of how it may go on, and lines below it (candidates).
package struct LineView: Sendable, Equatable {
  package var prompt: StyledText
  package var text: StyledText
  /// Scalars of the text before the cursor.
  package var cursor: Int
  package var hint: String
  package var below: [StyledText]

  package init(prompt: StyledText, text: StyledText, cursor: Int, hint: String = "", below: [StyledText] = []) {
    self.prompt = prompt
    self.text = text
    self.cursor = cursor
    self.hint = hint
    self.below = below
  }
}

/// Where every part of a view stands on a terminal of some width.
struct LineLayout {
  struct Row {
    var runs: [StyledText.Run] = []
    var width = 0
    /// A wide character did not fit into the last column and stands on the next row.
    var endsEarly = false
    /// The row ends at a newline and not at the terminal's edge.
    var isBroken = false
  }

  private(set) var rows = [Row()]
  private(set) var cursorRow = 0
  private(set) var cursorColumn = 0
  let columns: Int

  init(_ view: LineView, columns: Int) {
    self.columns = max(columns, 2)
    for run in view.prompt.runs { for scalar in run.text.unicodeScalars { append(scalar, run.style) } }
    var place = 0
    for run in view.text.runs {
      for scalar in run.text.unicodeScalars {
        if place == view.cursor { markCursor(before: scalar) }
        append(scalar, run.style)
        place += 1
      }
    }
    if place <= view.cursor { markCursor(before: " ") }
    for scalar in view.hint.unicodeScalars { append(scalar, .dim) }
    // A full last row would leave the terminal's cursor beyond its edge: the next row is begun, unless a list begins it anyway.
    if isFull, view.below.isEmpty || cursorRow == rows.count { rows.append(Row()) }
  }

  /// The last row has no room: the terminal waits at its edge.
  var isFull: Bool { rows[rows.count - 1].width == columns }

  private mutating func append(_ scalar: Unicode.Scalar, _ style: TextStyle) {
    if scalar == "\n" {
      rows[rows.count - 1].isBroken = true
      rows.append(Row())
      return
    }
    let text = Self.shown(scalar)
    for part in text.unicodeScalars {
      let width = TextWidth.of(part)
      makeRoom(width)
      let last = rows.count - 1
      if rows[last].runs.last?.style == style {
        rows[last].runs[rows[last].runs.count - 1].text.unicodeScalars.append(part)
      } else {
        rows[last].runs.append(.init(String(part), style))
      }
      rows[last].width += width
    }
  }

  private mutating func makeRoom(_ width: Int) {
    let last = rows.count - 1
    guard rows[last].width + width > columns else { return }
    rows[last].endsEarly = rows[last].width < columns
    rows.append(Row())
  }

  private mutating func markCursor(before scalar: Unicode.Scalar) {
    let width = scalar == "\n" ? 1 : Self.shown(scalar).unicodeScalars.first.map(TextWidth.of) ?? 1
    let last = rows[rows.count - 1]
    let wraps = last.width + max(width, 1) > columns
    cursorRow = wraps ? rows.count : rows.count - 1
    cursorColumn = wraps ? 0 : last.width
  }

  /// Control characters are shown as `^X`.
  private static func shown(_ scalar: Unicode.Scalar) -> String {
    scalar.value < 0x20 || scalar.value == 0x7F ? "^" + String(UnicodeScalar(UInt8(scalar.value ^ 0x40))) : String(scalar)
  }
}
