import Console
import Testing

@Suite struct ScreenTests {
  @Test(arguments: [
    ("abc\r\ndef", ["abc", "def"], 1, 3),
    ("abcdefghij", ["abcdefghij"], 0, 9),
    ("abcdefghijk", ["abcdefghij", "k"], 1, 1),
    ("abcdefghi日", ["abcdefghi", "日"], 1, 2),
    ("e\u{301}", ["e\u{301}"], 0, 1),
    ("abc\u{1B}[2D\u{1B}[K", ["a"], 0, 1),
    ("one\r\ntwo\u{1B}[A\r\u{1B}[J", [], 0, 0),
    ("a\u{1B}[31mb\u{1B}[0m", ["ab"], 0, 2),
    ("\u{1B}_Gsecret\u{1B}\\x\u{1B}]0;title\u{7}y", ["xy"], 0, 2),
    ("\u{1B}[2;3Hx", ["", "  x"], 1, 3),
    ("1\r\n2\r\n3\r\n4\r\n5", ["2", "3", "4", "5"], 3, 1),
  ])
  func showsWhatAPersonWouldSee(_ text: String, _ lines: [String], _ row: Int, _ column: Int) {
    var screen = Screen(size: TerminalSize(columns: 10, rows: 4))
    screen.write(text)
    #expect(screen.lines == lines)
    #expect(screen.cursor.row == row && screen.cursor.column == column)
  }

  @Test func sequencesMayArriveInPieces() {
    var screen = Screen(size: TerminalSize(columns: 10, rows: 2))
    for scalar in "a\u{1B}[31mb\u{1B}[1D\u{1B}[Kc".unicodeScalars { screen.write(String(scalar)) }
    #expect(screen.lines == ["ac"])
  }

  @Test func rowsThatWrapAreJoinedAndBrokenAnewWhenResized() {
    var screen = Screen(size: TerminalSize(columns: 4, rows: 4))
    screen.write("abcdefghij\r\nxy")
    #expect(screen.lines == ["abcd", "efgh", "ij", "xy"])
    screen.resize(TerminalSize(columns: 6, rows: 4))
    #expect(screen.lines == ["abcdef", "ghij", "xy"])
    #expect(screen.cursor.row == 2 && screen.cursor.column == 2)
    screen.resize(TerminalSize(columns: 3, rows: 4))
    #expect(screen.everything == ["abc", "def", "ghi", "j", "xy"])
  }
}
