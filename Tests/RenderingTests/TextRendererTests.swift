import Language
import Rendering
import Testing
import Workbench

@Suite struct TextRendererTests {
  let plain = TextRenderer(columns: 40)

  @Test func tablesAreAligned() {
    let table = DisplayTable(
      title: "results",
      columns: [.init("model", .left), .init("mIoU"), .init("汽车")],
      rows: [
        ["source", "\(Number(41.2, places: 2))", "\(Number(1, places: 1))"],
        ["自适应 fda", "\(Number(51.256, places: 2))", "\(Number(-0.01, places: 1))"],
        ["absent", "", "n/a"],
      ],
      remarks: ["19 classes, \(digest: "91c0d2aa0123456789")"])
    #expect(plain.lines(.table(table)) == [
      "results",
      "model        mIoU  汽车",
      "source      41.20   1.0",
      "自适应 fda  51.26   0.0",
      "absent              n/a",
      "19 classes, @91c0d2aa",
    ])
  }

  @Test func aWideTableGoesOnInFurtherBlocks() {
    let table = DisplayTable(
      columns: [.init("name", .left)] + (1...4).map { .init("column\($0)") }, rows: [["x", "1", "2", "3", "4"]])
    #expect(TextRenderer(columns: 24).lines(.table(table)) == [
      "name  column1  column2", "x           1        2", "name  column3  column4", "x           3        4",
    ])
  }

  @Test func longTextIsBrokenAtBlanksAndKeepsItsIndent() {
    let text: Phrase = "  one two three four five six seven eight nine\nlast"
    #expect(TextRenderer(columns: 20).lines(.text(text)) == ["  one two three four", "  five six seven", "  eight nine", "last"])
  }

  @Test(arguments: [
    // A statement, a range in it, and the line of carets under it.
    ("fda gta toward=cty", 15, 18, "                 ^~~"),
    ("x", 0, 1, "  ^"),
    ("iou 日本 on=x", 4, 10, "      ^~~~"),
    ("iou 日本 on=x", 14, 15, "              ^"),
    ("fda", 3, 3, "     ^"),
  ])
  func caretsStandUnderTheWordsMeant(_ statement: String, _ start: Int, _ end: Int, _ caret: String) {
    let diagnostic = Diagnostic("no value is named so", at: SourceRange(start, end), remedy: "mend it")
    #expect(plain.lines(diagnostic, in: statement) == ["  " + statement, caret, "error: no value is named so", "mend it"])
  }

  @Test func caretsStandUnderTheLineThatIsMeant() {
    let diagnostic = Diagnostic("wrong", at: SourceRange(10, 14))
    #expect(plain.lines(diagnostic, in: "train \\\n  badx on=a") == ["    badx on=a", "    ^~~~", "error: wrong"])
  }

  /// The carriage return of a script from Windows is no character of its line.
  @Test(arguments: ["show x\r\nshow y\r\n", "show x\r\n", "show x\r", "a = 1\r\nshow x\r\n"]) func theOtherHalfOfALinesEndIsNotShown(_ script: String) {
    let start = script.contains("a = 1") ? 12 : 5
    #expect(plain.lines(Diagnostic("wrong", at: SourceRange(start, start + 1)), in: script) == ["  show x", "       ^", "error: wrong"])
  }

  @Test func withoutARangeNothingIsEchoed() {
    #expect(plain.lines(Diagnostic("the disk is full"), in: "train") == ["error: the disk is full"])
  }

  @Test func coloursAreOnlyWrittenWhereThereAreAny() {
    let display = Display.table(DisplayTable(title: "t", columns: [.init("a")], rows: [["1"]]))
    #expect(plain.lines(display) == ["t", "a", "1"])
    #expect(TextRenderer(palette: .sixteen).lines(display) == ["\u{1B}[1mt\u{1B}[0m", "\u{1B}[2ma\u{1B}[0m", "1"])
  }

  /// Words that explain something are read whole: a last column that is too wide is broken, not cut.
  @Test func theLastColumnOfWordsIsWrapped() {
    let table = DisplayTable(columns: [.init("", .left), .init("", .left)], rows: [["  name", "one two three four five six seven"], ["  x", "short"]])
    #expect(TextRenderer(columns: 30, palette: .none).lines(table) == ["  name  one two three four", "        five six seven", "  x     short"])
  }
}
