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
}
