import Language
import Rendering
import Testing

@Suite struct TextWidthTests {
  @Test(arguments: [
    ("", 0), ("plain", 5), ("é", 1), ("e\u{301}", 1), ("日本語", 6), ("한국어", 6), ("ｆｕｌｌ", 8), ("🙂", 2), ("─┤▀", 3), ("⣿", 1), ("\u{200B}", 0),
    ("m²", 2), ("Straße", 6), ("русский", 7), ("\u{1100}", 2),
    ("👩‍💻", 2), ("a👨‍👩‍👧‍👦b", 4), ("👍🏽", 2), ("🇩🇪", 2), ("❤️", 2), ("1️⃣", 2), ("क्षि", 3), ("5", 1), ("\u{1F468}\u{200D}", 2),
  ])
  func columns(_ text: String, _ width: Int) {
    #expect(TextWidth.of(text) == width)
  }

  @Test(arguments: [
    ("plain", "plain"), ("a\u{1B}[31mb", "a\\u{1b}[31mb"), ("bell\u{7}", "bell\\u{7}"), ("c1\u{9B}", "c1\\u{9b}"),
    ("turned\u{202E}txt.gnp", "turned\\u{202e}txt.gnp"), ("two\nlines", "two\\nlines"), ("tab\there", "tab\\there"), ("日本", "日本"),
  ])
  func fileNamesCannotSteerTheTerminal(_ name: String, _ shown: String) {
    #expect(name.escapedForTerminal() == shown)
  }

  @Test(arguments: [(3, "日…"), (4, "日…"), (5, "日本…"), (6, "日本語"), (1, "…")])
  func clippingNeverCutsAWideCharacterInTwo(_ columns: Int, _ expected: String) {
    #expect(StyledText("日本語").clipped(to: columns).text == expected)
  }
}
