import Testing
import Workbench

/// Failures are recorded, so they name files from the working directory.
@Suite struct ShortenedPathTests {
  @Test(arguments: [
    ("cannot read /a/b/c.png: gone", "cannot read c.png: gone"), ("'/a/b/c d.png' is a folder", "'c d.png' is a folder"), ("/a/b/c", "c"),
    ("no data in /a/b: looked", "no data in .: looked"), ("there is no /a/b", "there is no ."), ("/a/bc/d", "/a/bc/d"), ("/x/a/b/c", "/x/a/b/c"),
    ("/a/b/c and /a/b/d", "c and d"), ("/a/b/", "/a/b/"), ("nothing", "nothing"), ("", ""),
  ])
  func areSeenFromTheDirectory(_ text: String, _ expected: String) { #expect(Session.shortened(text, below: "/a/b") == expected) }

  @Test func theRootShortensNothing() { #expect(Session.shortened("cannot read /c.png", below: "/") == "cannot read /c.png") }
}
