import Commands
import Language
import Testing
import Workbench

@Suite struct ExportTests {
  private static let statements = Small.data + [
    "# Some **words**.", "show d.source.val[0] d.target.val[0]", "f = fda d.source toward=d.target beta=0.1", "f", "spectrum f[0]", "expect 2 > 1", "few = take d.source count=3",
  ]

  private func page(_ bench: Bench, _ name: String) -> String { String(decoding: bench.bytes(name) ?? [], as: UTF8.self) }

  @Test func thePageHoldsThePictures() throws {
    let bench = Bench(), session = try bench.open()
    #expect(session.perform(Self.statements + ["export page.html"]) == nil)
    #expect(session.shown == ["written: page.html"])
    let page = page(bench, "page.html")
    #expect(page.split(separator: "<figure>").count - 1 == 2)
    #expect(page.contains("<span class=\"swatch\" style=\"background:#804080\"></span>road</li>"))
    #expect(page.contains("<strong>words</strong>") && page.contains("swaps 7x7 of 64x32 frequencies"))
    #expect(!session.history.contains { $0.hasPrefix("export") }, "exporting leaves no trace in the session")
  }

  /// Values are taken from the store, or made again from their statements where that is cheap: the page is the same when the session goes on.
  @Test func aSessionThatGoesOnGivesTheSamePage() throws {
    let bench = Bench()
    do { #expect(try bench.open().perform(Self.statements + ["export page.html"]) == nil) }
    let again = try bench.open()
    #expect(again.perform(["export again.html"]) == nil)
    #expect(page(bench, "again.html") == page(bench, "page.html").replacing("page.segue", with: "again.segue"))
  }

  @Test func picturesLieBesideMarkdown() throws {
    let bench = Bench(), session = try bench.open()
    #expect(session.perform(Self.statements + ["export notes.md"]) == nil)
    let names = bench.contents("notes-files").keys.sorted(), text = page(bench, "notes.md")
    #expect(session.shown == ["written: notes.md, and \(names.count) files in notes-files"])
    // Two pictures, and a square for each class that is to be seen.
    #expect(names.prefix(2) == ["notes-files/1.png", "notes-files/2.png"] && names.count > 8)
    for name in names { #expect(text.contains("](\(name))")) }
    #expect(text.contains("![■](notes-files/colour-804080.png) road"))
  }

  @Test(arguments: [
    ("export ‹page.pdf›", "is not exported as"), ("export ‹../page.html›", "outside the working directory"), ("export ‹mine.html›", "was not written by Segue"), ("‹export›", "needs"),
  ])
  func whatCannotBeWrittenIsSaidFirst(_ marked: String, _ words: String) throws {
    let bench = Bench(), session = try bench.open()
    try bench.write("mine.html", text: "mine")
    let statement = Marked(marked)
    let diagnostic = session.evaluate(statement.text).diagnostic
    #expect(diagnostic?.message.contains(words) == true, "\(String(describing: diagnostic))")
    #expect(diagnostic?.range == statement.range)
    #expect(page(bench, "mine.html") == "mine")
  }
}
