import Language
import Testing

@Suite struct FormatterTests {
  @Test(arguments: [
    ("  x  =   fda   gta   beta=0.010", "x = fda gta beta=0.01"),
    ("fda gta toward=city \\\n  beta=1%   #  a note ", "fda gta toward=city beta=1% # a note"),
    ("show \"a \\\"b\\\"\"", "show \"a \\\"b\\\"\""),
    ("rounds=25 ", "rounds=25"),
    ("## Title  \n\n\n#prose\n#>out\n", "## Title\n\n# prose\n#> out"),
    ("expect a.b  >=  3.0", "expect a.b >= 3"),
    ("x = 1e-05", "x = 1e-5"),
    ("x = 512x0256", "x = 512x256"),
    ("x = near@025", "x = near@25"),
    // Found by fuzzing.
    ("show a\\ \nshow b", "show a\nshow b"), ("show a\\\\", "show a"), ("\\ \nshow b", "show b"), ("]\\ \nshow b", "]\nshow b"), ("show a # see C:\\\n#> out", "show a # see C:\n#> out"),
    ("train net lr=2.5e-4\r \nshow b", "train net lr=0.00025\nshow b"), ("show a #  \u{301}b", "show a # \u{301}b"),
    ("\\\\\n\\\n\nshow b", "show b"), ("]\n \\", "]"), ("]\n \\ \\ \n\t\\\nshow b", "]\n \\ \\ \n\t\\\nshow b"), ("show a\n \\ \n\nshow b", "show a\n\nshow b"),
    ("show  a " + String(repeating: "\\", count: 70), "show a"),
    ("= # \n # 8.", "= # 8."), ("show a # b\n #\n # c", "show a # b c"), ("show a #  ", "show a"),
  ])
  func canonical(_ text: String, _ formatted: String) {
    #expect(Script(text, .toy).formatted == formatted + "\n")
    #expect(Script(formatted, .toy).formatted == formatted + "\n")
  }

  /// Lines end as the first one does.
  @Test(arguments: [
    ("x  = 1\r\n\r\n#>out\r\n", "x = 1\r\n\r\n#> out\r\n"), ("x  = 1\r\nshow a\n# b", "x = 1\r\nshow a\r\n# b\r\n"), ("x  = 1\nshow a\r\n", "x = 1\nshow a\n"),
    ("show a\r\n  b\r\n", "show a b\r\n"), ("]\r\n  b\r\n", "]\r\n  b\r\n"),
  ])
  func endsOfLines(_ text: String, _ formatted: String) {
    #expect(Array(Script(text, .toy).formatted.utf8) == Array(formatted.utf8))
    #expect(Array(Script(formatted, .toy).formatted.utf8) == Array(formatted.utf8))
  }

  /// Recorded lines belong to the statement above them, whatever stands between.
  @Test func recordedLinesAreFound() {
    let script = Script("#> stray\nshow a\n\n#> one\n# words\n#! two\nshow b\n", .toy)
    #expect(script.strayOutputs.map(\.line) == [1])
    #expect(script.recorded(after: 1) == [3, 5] && script.expectsFailure(after: 1))
    #expect(script.recorded(after: 6) == [] && !script.expectsFailure(after: 6))
  }
}
