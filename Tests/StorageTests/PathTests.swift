import Storage
import Testing

/// Paths as a person writes them.
@Suite struct PathTests {
  @Test(arguments: [
    ("a/b", "/w/a/b"), ("./a/../b", "/w/b"), ("/x//y/", "/x/y"), ("../a", "/a"), ("~", "/home/me"), ("~/data", "/home/me/data"), ("~you/x", "/w/~you/x"),
    ("a/~", "/w/a/~"),
  ])
  func seenFromTheWorkingDirectory(_ text: String, _ path: String) {
    #expect(absolute(text, from: "/w", home: "/home/me") == path)
  }

  @Test func withoutAHomeTheTildeIsAName() { #expect(absolute("~/x", from: "/w", home: nil) == "/w/~/x") }
}
