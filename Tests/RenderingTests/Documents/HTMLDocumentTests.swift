import Foundation
import FoundationXML
import Rendering
import Testing
import Workbench

@Suite struct HTMLDocumentTests {
  /// The page as a tree of elements; the markup is chosen so that an XML parser can read it.
  private final class Page: NSObject, XMLParserDelegate {
    struct Element {
      var name: String
      var attributes: [String: String]
    }
    private(set) var elements: [Element] = []
    private(set) var text = ""
    private(set) var fault: String?

    init(_ page: String) {
      super.init()
      let parser = XMLParser(data: Data(page.utf8))
      parser.delegate = self
      if !parser.parse() { fault = "line \(parser.lineNumber): \(String(describing: parser.parserError))" }
    }

    func parser(_ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?, attributes: [String: String] = [:]) {
      elements.append(Element(name: name, attributes: attributes))
    }
    func parser(_ parser: XMLParser, foundCharacters string: String) { text += string }

    func all(_ name: String) -> [Element] { elements.filter { $0.name == name } }
  }

  static let documents = [SampleDocument.all, Document(source: "empty.segue", items: [])] + SampleDocument.harmful.map(SampleDocument.holding)

  @Test(arguments: documents.indices) func isWellFormed(_ index: Int) {
    let page = Page(HTMLDocument().page(Self.documents[index]))
    #expect(page.fault == nil)
    #expect(page.all("main").count == 1 && page.all("h1").count == 1)
    let anchors = page.elements.compactMap { $0.attributes["id"] }
    #expect(Set(anchors).count == anchors.count, "an anchor is there once")
    for link in page.all("a").compactMap({ $0.attributes["href"] }) where link.hasPrefix("#") { #expect(anchors.contains(String(link.dropFirst())), "\(link)") }
  }

  /// Nothing is loaded: neither from the web nor from files, and the policy forbids it.
  @Test(arguments: documents.indices) func needsNothingBesideIt(_ index: Int) {
    let text = HTMLDocument().page(Self.documents[index])
    let page = Page(text)
    for element in page.elements {
      for name in ["src", "srcset", "data", "poster", "action", "xlink:href"] { if let address = element.attributes[name] { #expect(address.hasPrefix("data:image/png;base64,")) } }
      if element.name != "a", let address = element.attributes["href"] { #expect(address == "data:,") }
      #expect(!["iframe", "object", "embed", "base", "form"].contains(element.name))
    }
    #expect(!text.contains("@import") && !text.contains("url("))
    let policy = page.all("meta").compactMap { $0.attributes["http-equiv"] == nil ? nil : $0.attributes["content"] }
    #expect(policy.count == 1 && policy[0].hasPrefix("default-src 'none'; img-src data:;") && !policy[0].contains("script-src 'unsafe"))
  }

  /// Words stay words: there are no more elements than with harmless ones, no handler, no control character.
  @Test(arguments: SampleDocument.harmful) func wordsAreEscaped(_ words: String) {
    let text = HTMLDocument().page(SampleDocument.holding(words)), page = Page(text)
    let harmless = Page(HTMLDocument().page(SampleDocument.holding("harmless")))
    for name in ["script", "img", "h1", "style", "iframe"] { #expect(page.all(name).count == harmless.all(name).count) }
    #expect(!page.elements.contains { $0.attributes.keys.contains { $0.hasPrefix("on") } })
    #expect(!text.unicodeScalars.contains { ($0.value < 0x20 && $0 != "\n") || $0.value == 0x202E || (0x7F..<0xA0).contains($0.value) })
    if words.allSatisfy({ $0.isASCII && !$0.unicodeScalars.contains { $0.value < 0x20 } }) { #expect(page.text.contains(words)) }
  }

  @Test func outputsHaveTheirElements() {
    let page = Page(HTMLDocument().page(SampleDocument.all))
    #expect(page.all("table").count == 1 && page.all("th").count == 2 && page.all("td").count == 4 && page.all("caption").count == 1)
    #expect(page.all("figure").count == 2 && page.all("figcaption").count == 2 && page.all("svg").count == 1)
    let picture = page.all("img").first?.attributes
    #expect(picture?["alt"] == "rounds: <image>, 2x1" && picture?["width"] == "2" && picture?["height"] == "1")
    #expect(page.all("ul").count == 3 && page.all("span").compactMap { $0.attributes["style"] } == ["background:#ff0000", "background:#0000ff", "background:#ffffff"])
    #expect(page.text.contains("<b> car"))
    #expect(page.all("button").count == 1 + SampleDocument.all.cells.count)
    #expect(page.text.contains("Stale:") && page.text.contains("Not what was recorded.") && page.text.contains("25 is not > 90"))
    // The title, three headings; the contents lead to all but the title.
    #expect(page.all("h1").count == 1 && page.all("h2").count == 2 && page.all("h3").count == 1)
    let links = page.all("a").compactMap { $0.attributes["href"] }
    #expect(links.contains("#1-outputs-their-kinds") && links.contains("#1-outputs-their-kinds-2") && links.contains("https://example.org/a_b"))
    // A name leads to the statement that gave it.
    #expect(links.contains("#value-rounds") && links.contains("#value-table1"))
  }

  /// The whole page, but for its style and script, which are files of their own, and the bytes of the picture, which depend on the compressing library.
  @Test func isTheGoldenPage() throws {
    let page = HTMLDocument().page(SampleDocument.all).replacing(/base64,[A-Za-z0-9+\/=]+/, with: "base64,PICTURE")
      .replacing(/sha256-[A-Za-z0-9+\/=]+/, with: "sha256-SCRIPT").replacing(/<style>\n:root[^\0]*?<\/style>/, with: "<style></style>")
      .replacing(/<script>[^\0]*?<\/script>/, with: "<script></script>")
    let golden = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../Golden/page.html").standardized
    let expected = try? String(contentsOf: golden, encoding: .utf8)
    guard page != expected else { return }
    let now = FileManager.default.temporaryDirectory.appendingPathComponent("segue-page.html")
    try page.write(to: now, atomically: true, encoding: .utf8)
    Issue.record("the page is not Tests/RenderingTests/Golden/page.html; what is made now lies in \(now.path)")
  }
}
