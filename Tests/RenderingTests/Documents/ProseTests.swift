import Rendering
import Testing

@Suite struct ProseTests {
  private typealias Run = Prose.Run

  /// Runs with the marks of their styles, so that a test can be read.
  private static func marked(_ runs: [Prose.Run]) -> String {
    runs.map { run in
      var text = run.text
      if run.isCode { text = "<c>\(text)</c>" }
      if run.isEmphasis { text = "<e>\(text)</e>" }
      if run.isStrong { text = "<s>\(text)</s>" }
      if let address = run.address { text = "<a \(address)>\(text)</a>" }
      return text
    }.joined()
  }

  @Test(arguments: [
    // prose, what it reads as
    ("plain words", "plain words"),
    ("a *b* c", "a <e>b</e> c"), ("a **b c** d", "a <s>b c</s> d"), ("`x_1 *y*`", "<c>x_1 *y*</c>"), ("a_b_c", "a_b_c"),
    ("**a *b* c**", "<s>a </s><s><e>b</e></s><s> c</s>"), ("*a **b** c*", "<e>a </e><s><e>b</e></s><e> c</e>"),
    ("2 * 3 * 4", "2 * 3 * 4"), ("*open", "*open"), ("**open *this*", "**open <e>this</e>"), ("a * b*", "a * b*"), ("`open", "`open"),
    ("\\*no\\*", "*no*"), ("\\`no\\`", "`no`"), ("a\\b", "a\\b"),
    ("[FDA](https://x.org/a_b)", "<a https://x.org/a_b>FDA</a>"), ("[**b** c](#d)", "<a #d><s>b</s></a><a #d> c</a>"), ("[x", "[x"), ("[x](", "[x]("),
    ("x[0] and near[0]", "x[0] and near[0]"), ("[bad](javascript:alert(1))", "[bad](javascript:alert(1))"), ("[bad](a b)", "[bad](a b)"),
    ("<b>&amp;", "<b>&amp;"), ("****", "****"), ("", ""), ("λ·L_adv", "λ·L_adv"),
  ])
  func runsAreReadFromLeftToRight(_ text: String, _ expected: String) { #expect(Self.marked(Prose.runs(text)) == expected) }

  @Test func linesMakeBlocks() {
    let prose = Prose([
      "One paragraph", "of two lines.", "", "", "Another.", "- first", "  goes on", "- second", "", "3. third", "4. fourth", "", "    code *as it is*", "", "      more", "",
      "Last.", "    no code within a paragraph",
    ])
    #expect(prose.blocks == [
      .paragraph([Run("One paragraph of two lines.")]), .paragraph([Run("Another.")]),
      .list(first: nil, items: [[Run("first goes on")], [Run("second")]]),
      .list(first: 3, items: [[Run("third")], [Run("fourth")]]),
      .code(["code *as it is*", "", "  more"]),
      .paragraph([Run("Last. no code within a paragraph")]),
    ])
  }

  @Test func numbersAndBulletsAreTwoLists() {
    // Five digits are no mark of a list.
    #expect(Prose(["- a", "1. b", "", "12345. c"]).blocks == [.list(first: nil, items: [[Run("a")]]), .list(first: 1, items: [[Run("b")]]), .paragraph([Run("12345. c")])])
  }

  /// Whatever is typed: reading ends soon, and no letter is lost.
  @Test(arguments: ["*", "**", "`", "[", "](", "\\", "*a", "**a", "[a](b", "*a **b ", "`*"])
  func marksInMassesDoNoHarm(_ mark: String) {
    let text = String(repeating: mark, count: 3000)
    let runs = Prose.runs(text)
    let letters = text.filter(\.isLetter).count
    #expect(runs.map(\.text).joined().filter(\.isLetter).count == letters)
  }
}
