import Imaging
import Testing
import Workbench

@Suite struct TranscriptLayoutTests {
  func text(_ display: Display, width: Int = 100) -> String { TranscriptLayout.lines(display, width: width).map(\.text).joined(separator: "\n") }

  @Test func tablesAreAligned() {
    let table = DisplayTable(
      title: "IoU in percent", columns: [.init("class", .left), .init("source"), .init("fda")],
      rows: [["road", "\(Number(91.25, places: 1))", "\(Number(7, places: 1))"], ["mean", "\(Number(.nan, places: 1))", ""]], remarks: ["19 classes"])
    #expect(text(.table(table)) == """
      IoU in percent
      class  source  fda
      road     91.2  7.0
      mean      n/a
      19 classes
      """)
  }

  @Test func wideTablesAreCutIntoBlocks() {
    let table = DisplayTable(columns: [.init("class", .left)] + (1...4).map { .init("column\($0)") }, rows: [["road", "1", "2", "3", "4"]])
    #expect(text(.table(table), width: 24) == "class  column1  column2\nroad         1        2\nclass  column3  column4\nroad         3        4")
  }

  /// Widths are measured once, not for each row: a session may have thousands of names.
  @Test func aLongTableTakesNoLongerForEachRow() {
    let rows: [[Phrase]] = (0..<3000).map { ["x\($0)", "number"] }, start = ContinuousClock.now
    #expect(TranscriptLayout.lines(.table(DisplayTable(columns: [.init("name", .left), .init("kind", .left)], rows: rows))).count == 3001)
    #expect(start.duration(to: .now) < .seconds(5))
  }

  @Test func wordsAreWrapped() {
    #expect(text(.text("  one two\nthree \(Number(4.5, places: 2)) five"), width: 10) == "  one two\nthree 4.50\nfive")
    #expect(text(.text("averyveryverylongword x"), width: 5) == "averyveryverylongword\nx")
  }

  @Test func picturesAreTheirCaptions() {
    #expect(text(.stack([.picture(Image(size: PixelSize(1, 1)), caption: "a street"), .text("x")])) == "a street\nx")
  }

  @Test func controlCharactersAreSpelledOut() { #expect(text(.text("a\u{1B}[31mb")) == "a\\u{1b}[31mb") }

  @Test(arguments: [(0.0, 2, "0.00"), (-0.001, 2, "0.00"), (-1.5, 0, "-2"), (2.5, 1, "2.5"), (1e9, 0, "1000000000"), (.infinity, 1, "infinite")])
  func numbers(_ value: Double, _ places: Int, _ text: String) { #expect(Number(value, places: places).text == text) }
}
