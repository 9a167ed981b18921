import Rendering
import Testing
import Workbench

/// The page that follows a document while it grows.
@Suite struct LivePageTests {
  @Test func itsPiecesAreWhatExportWrites() {
    var live = LivePage()
    let content = live.content(of: SampleDocument.all), exported = HTMLDocument().page(SampleDocument.all)
    #expect(content.fragments.count > 10 && content.title == "A toy session")
    #expect(exported.contains(content.fragments.map(\.html).joined()), "one after another, as they are there")
    #expect(exported.contains(content.header) && exported.contains(content.contents) && !content.contents.isEmpty)
    let statements = content.fragments.compactMap(\.statement)
    #expect(statements == Array(0..<SampleDocument.all.cells.count))
    let page = live.page(of: SampleDocument.all)
    for fragment in content.fragments { #expect(page.contains("data-key=\"\(fragment.key)\">\(fragment.html)")) }
    #expect(page.contains(LivePage.policy) && !exported.contains("EventSource"))
  }

  /// A piece that is there several times has a key for each.
  @Test(arguments: [SampleDocument.all, Document(source: "x", items: Array(repeating: .statement(Document.Cell("rounds", SampleDocument.vocabulary)), count: 3))])
  func keysAreThereOnce(_ document: Document) {
    var live = LivePage()
    let keys = live.content(of: document).fragments.map(\.key)
    #expect(Set(keys).count == keys.count)
  }

  @Test func aChangeChangesItsPieceAlone() {
    var live = LivePage(), document = SampleDocument.all
    let before = live.content(of: document)
    #expect(live.content(of: document) == before)
    guard case .statement(var cell)? = document.items.last else { return #expect(Bool(false), "a statement is last") }
    cell.display = .text("27")
    document.items[document.items.count - 1] = .statement(cell)
    let after = live.content(of: document)
    #expect(after.fragments.dropLast() == before.fragments.dropLast() && after.fragments.last?.key != before.fragments.last?.key)
    #expect(after.fragments.last?.html.contains("27") == true && after.header == before.header)
    // What was rendered for another document is what a new page would be.
    var fresh = LivePage()
    #expect(fresh.content(of: document) == after)
  }

  @Test func aFaultIsShownUnderItsWords() {
    var cell = Document.Cell("fda gta", SampleDocument.vocabulary, failure: "no value is named 'gta'")
    cell.caret = "fda gta\n    ^~~"
    let page = HTMLDocument().page(Document(source: "x.segue", items: [.statement(cell)]))
    #expect(page.contains("<pre class=\"caret\">fda gta\n    ^~~</pre>") && page.contains("<pre class=\"failure\">no value is named"))
  }
}
