internal import Language
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
    for run in view.prompt.runs { for character in run.text { append(character, run.style) } }
    var place = 0
    for run in view.text.runs {
      for character in run.text {
        let count = character.unicodeScalars.count, within = view.cursor - place
        if within == 0 { markCursor(before: character) }
        append(character, run.style)
        if within > 0, within < count { markCursor(within: character, after: within) }
        place += count
      }
    }
    if place <= view.cursor { markCursor(before: " ") }
    for character in view.hint { append(character, .dim) }
    // A full last row would leave the terminal's cursor beyond its edge: the next row is begun, unless a list begins it anyway.
    if isFull, view.below.isEmpty || cursorRow == rows.count { rows.append(Row()) }
  }

  /// The last row has no room: the terminal waits at its edge.
  var isFull: Bool { rows[rows.count - 1].width == columns }

  private mutating func append(_ character: Character, _ style: TextStyle) {
    if character == "\r\n" { for part in ["\r", "\n"] as [Character] { append(part, style) }; return }
    if character == "\n" {
      rows[rows.count - 1].isBroken = true
      rows.append(Row())
      return
    }
    for part in Self.shown(character) {
      let width = TextWidth.of(part)
      makeRoom(width)
      let last = rows.count - 1
      if rows[last].runs.last?.style == style {
        rows[last].runs[rows[last].runs.count - 1].text.append(part)
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

  private mutating func markCursor(before character: Character) {
    let width = character == "\n" ? 1 : Self.shown(character).first.map { TextWidth.of($0) } ?? 1
    let last = rows[rows.count - 1]
    let wraps = last.width + max(width, 1) > columns
    cursorRow = wraps ? rows.count : rows.count - 1
    cursorColumn = wraps ? 0 : last.width
  }

  /// After some scalars of a character that was appended last.
  private mutating func markCursor(within character: Character, after count: Int) {
    let before = String(String.UnicodeScalarView(character.unicodeScalars.prefix(count)))
    let width = TextWidth.of(character), column = rows[rows.count - 1].width - width + min(TextWidth.of(before), width)
    cursorRow = column + 1 > columns ? rows.count : rows.count - 1
    cursorColumn = column + 1 > columns ? 0 : column
  }

  /// Control characters are shown as `^X`, other characters that nobody would see by their number.
  private static func shown(_ character: Character) -> String {
    let scalars = character.unicodeScalars
    guard scalars.contains(where: { $0.steersTerminal }) else { return String(character) }
    return scalars.map { scalar in
      scalar.value < 0x20 || scalar.value == 0x7F ? "^" + String(UnicodeScalar(UInt8(scalar.value ^ 0x40))) : String(scalar).escapedForTerminal()
    }.joined()
  }
}
