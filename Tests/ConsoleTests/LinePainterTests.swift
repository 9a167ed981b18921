import Console
import Rendering
import Testing

@Suite struct LinePainterTests {
  /// What a screen must show for a view, worked out cell by cell.
  static func expected(_ view: LineView, columns: Int) -> (lines: [String], row: Int, column: Int) {
    var rows = [""]
    var width = 0
    var cursor = (0, 0)
    let text = view.text.text.unicodeScalars
    let all = Array(view.prompt.text.unicodeScalars) + text + Array(view.hint.unicodeScalars)
    let place = view.prompt.text.unicodeScalars.count + view.cursor
    for (index, scalar) in all.enumerated() {
      let size = TextWidth.of(scalar)
      if index == place { cursor = width + max(size, 1) > columns ? (rows.count, 0) : (rows.count - 1, width) }
      if width + size > columns {
        rows.append("")
        width = 0
      }
      rows[rows.count - 1].unicodeScalars.append(scalar)
      width += size
    }
    if place == all.count { cursor = width == columns ? (rows.count, 0) : (rows.count - 1, width) }
    if cursor.0 == rows.count { rows.append("") }
    return (rows.map { $0.replacing(/\ +$/, with: "") } + view.below.map { $0.clipped(to: columns - 1).text }, cursor.0, cursor.1)
  }

  struct Dice: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state = state &* 6364136223846793005 &+ 1442695040888963407
      return (state >> 33) | (state << 31)
    }
  }

  static func view(_ dice: inout Dice) -> LineView {
    let alphabet = Array("ab c日本é=.\u{301}".unicodeScalars)
    var text = ""
    for _ in 0..<Int.random(in: 0..<40, using: &dice) { text.unicodeScalars.append(alphabet.randomElement(using: &dice)!) }
    let cursor = Int.random(in: 0...text.unicodeScalars.count, using: &dice)
    let hint = cursor == text.unicodeScalars.count ? ["", " beta=0.01"].randomElement(using: &dice)! : ""
    let below = Bool.random(using: &dice) ? [StyledText("  first"), StyledText("  the second candidate")] : []
    return LineView(prompt: "segue> ", text: StyledText(text, .command), cursor: cursor, hint: hint, below: below)
  }

  /// An emoji that is joined of several takes two columns, and so does one with a skin; the cursor stands after it.
  @Test(arguments: [("👩‍💻", 9), ("a👨‍👩‍👧‍👦b", 11), ("👍🏽!", 10), ("🇩🇪", 9), ("e\u{301}", 8)]) func joinedEmojiAreOneCharacter(_ text: String, _ column: Int) {
    let size = TerminalSize(columns: 40, rows: 5)
    var screen = Screen(size: size), painter = LinePainter(palette: .none)
    screen.write(painter.paint(LineView(prompt: "segue> ", text: StyledText(text), cursor: text.unicodeScalars.count), size: size))
    #expect(screen.lines == ["segue> " + text] && screen.cursor.column == column)
  }

  /// Whatever was painted before, the screen shows the view, and nothing else.
  @Test(arguments: [8, 9, 10, 11, 20, 47, 80])
  func theScreenShowsTheLastView(_ columns: Int) {
    var dice = Dice(state: UInt64(columns))
    let size = TerminalSize(columns: columns, rows: 24)
    var screen = Screen(size: size)
    var painter = LinePainter(palette: .sixteen)
    screen.write("above\r\n")
    for round in 0..<300 {
      let view = Self.view(&dice)
      screen.write(painter.paint(view, size: size))
      let expected = Self.expected(view, columns: columns)
      var lines = ["above"] + expected.lines
      while lines.last == "" { lines.removeLast() }
      #expect(screen.lines == lines, "round \(round)")
      #expect(screen.cursor.row == expected.row + 1 && screen.cursor.column == expected.column, "round \(round)")
    }
  }

  /// Resizing moves the line as the terminal moves all its text; the next painting finds its beginning.
  @Test func aResizedTerminalIsPaintedOver() {
    var dice = Dice(state: 7)
    for round in 0..<300 {
      var size = TerminalSize(columns: Int.random(in: 9...60, using: &dice), rows: 24)
      var screen = Screen(size: size)
      var painter = LinePainter(palette: .none)
      screen.write("above\r\n")
      // No wide characters: terminals differ in how they join rows that end early.
      func narrow(_ view: LineView) -> LineView {
        var view = view
        view.text = StyledText(String(view.text.text.map { "日本\u{301}".contains($0) || $0.unicodeScalars.count > 1 ? "x" : $0 }))
        view.cursor = min(view.cursor, view.text.text.unicodeScalars.count)
        if view.cursor < view.text.text.unicodeScalars.count { view.hint = "" }
        view.below = []
        return view
      }
      let view = narrow(Self.view(&dice))
      screen.write(painter.paint(view, size: size))
      size.columns = Int.random(in: 9...60, using: &dice)
      screen.resize(size)
      screen.write(painter.paint(view, size: size))
      let expected = Self.expected(view, columns: size.columns)
      #expect(screen.lines.filter { $0 != "" } == (["above"] + expected.lines).filter { $0 != "" }, "round \(round)")
      #expect(screen.cursor.column == expected.column, "round \(round)")
    }
  }

  /// A terminal that cuts its rows instead, as xterm does, is recognised by its cursor: nothing above the line is touched.
  @Test func aTerminalThatDoesNotReflowIsPaintedOverToo() {
    var dice = Dice(state: 11)
    for round in 0..<300 {
      var size = TerminalSize(columns: Int.random(in: 20...60, using: &dice), rows: 12)
      let text = String((0..<Int.random(in: 0..<50, using: &dice)).map { Character(String($0 % 10)) })
      let view = LineView(prompt: "> ", text: StyledText(text), cursor: text.count)
      var screen = Screen(size: size)
      var painter = LinePainter(palette: .none)
      screen.write("one\r\ntwo\r\n" + painter.paint(view, size: size))
      let (row, column) = screen.cursor
      let before = screen.lines
      size.columns = Int.random(in: 20...60, using: &dice)
      // Where the cursor would be in the same column either way, it tells nothing.
      let offset = 2 + text.count
      if offset >= size.columns, offset % size.columns == min(column, size.columns - 1) { continue }
      // What such a terminal shows: the rows as they were, cut.
      var cut = Screen(size: size)
      cut.write(before.map { String($0.prefix(size.columns)) }.joined(separator: "\r\n") + "\u{1B}[\(row + 1);\(min(column, size.columns - 1) + 1)H")
      painter.resized(to: size, cursorColumn: cut.cursor.column)
      cut.write(painter.paint(view, size: size))
      let expected = Self.expected(view, columns: size.columns)
      #expect(cut.lines.filter { $0 != "" } == (["one", "two"] + expected.lines).filter { $0 != "" }, "round \(round)")
    }
  }

  @Test func aLineTallerThanTheTerminalShowsThePartAroundTheCursor() {
    let size = TerminalSize(columns: 10, rows: 4)
    let text = String((0..<90).map { Character(String($0 % 10)) })
    var screen = Screen(size: size)
    var painter = LinePainter(palette: .none)
    for cursor in [90, 0, 45, 90, 10] {
      screen.write(painter.paint(LineView(prompt: "> ", text: StyledText(text), cursor: cursor), size: size))
      #expect(screen.lines.count <= 4)
      #expect((0..<4).contains(screen.cursor.row))
      #expect(screen.cursor.column == (cursor + 2) % 10)
    }
  }

  @Test func nothingIsWrittenWhereNothingChanged() {
    var painter = LinePainter(palette: .none)
    let size = TerminalSize(columns: 40, rows: 10)
    let view = LineView(prompt: "> ", text: "fda", cursor: 3)
    #expect(!painter.paint(view, size: size).isEmpty)
    #expect(painter.paint(view, size: size).isEmpty)
  }

  @Test func aFinishedLineLosesItsHintAndItsList() {
    let size = TerminalSize(columns: 20, rows: 10)
    var screen = Screen(size: size)
    var painter = LinePainter(palette: .none)
    let view = LineView(prompt: "> ", text: "fda", cursor: 1, hint: " beta=1%", below: ["  one", "  two"])
    screen.write(painter.paint(view, size: size))
    screen.write(painter.finish(view, size: size) + "done")
    #expect(screen.lines == ["> fda", "done"])
  }
}
