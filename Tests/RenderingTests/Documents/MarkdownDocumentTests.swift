import Foundation
import FoundationXML
import Rendering
import Testing
import Workbench

@Suite struct MarkdownDocumentTests {
  private func files(_ document: Document) -> [DocumentFile] { MarkdownDocument().files(document, named: "a toy.md") }

  @Test func isTheGoldenText() throws {
    let files = files(SampleDocument.all)
    let text = String(decoding: files[0].bytes, as: UTF8.self)
    let golden = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../Golden/page.md").standardized
    if text != (try? String(contentsOf: golden, encoding: .utf8)) {
      let now = FileManager.default.temporaryDirectory.appendingPathComponent("segue-page.md")
      try text.write(to: now, atomically: true, encoding: .utf8)
      Issue.record("the text is not Tests/RenderingTests/Golden/page.md; what is made now lies in \(now.path)")
    }
  }

  @Test func picturesLieBesideIt() {
    let files = files(SampleDocument.all)
    #expect(files.map(\.path) == ["a toy.md", "a toy-files/1.png"] + ["ff0000", "0000ff", "ffffff"].map { "a toy-files/colour-\($0).png" } + ["a toy-files/2.svg"])
    let text = String(decoding: files[0].bytes, as: UTF8.self)
    #expect(text.contains("](a%20toy-files/1.png)") && text.contains("](a%20toy-files/2.svg)"))
    for file in files[1...4] { #expect(file.bytes.starts(with: [0x89, 0x50, 0x4E, 0x47])) }
    #expect(XMLParser(data: Data(files[5].bytes)).parse())
  }

  /// `#` and `?` would end the path of an address.
  @Test func whatMeansSomethingInAnAddressIsAPartOfANameHere() {
    let files = MarkdownDocument().files(SampleDocument.all, named: "a #1?.md"), text = String(decoding: files[0].bytes, as: UTF8.self)
    #expect(files[1].path == "a #1?-files/1.png")
    #expect(text.contains("](a%20%231%3F-files/1.png)") && !text.contains("](a #1"), "\(text)")
  }

  /// Outside of code, every character that could begin markup has its backslash.
  @Test(arguments: SampleDocument.harmful) func wordsAreEscaped(_ words: String) {
    let text = String(decoding: files(SampleDocument.holding(words))[0].bytes, as: UTF8.self)
    var fence: Substring?
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      let marks = line.prefix { $0 == "`" }
      if let open = fence { if line == open { fence = nil }; continue }
      if marks.count >= 3 { fence = marks; continue }
      #expect(!line.contains(/(^|[^\\])<[a-z\/]/), "\(line)")
      #expect(!line.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x202E })
    }
    #expect(fence == nil, "every fence is closed")
  }

  /// What is only words in a session's prose would be a mark at the beginning of a line of Markdown.
  @Test(arguments: [
    ("+ no", "\\+ no"), ("12) no", "12\\) no"), ("12345. no", "12345\\. no"), ("\\- no", "\\- no"), ("= no", "\\= no"), ("> no", "\\> no"), ("2024 was", "2024 was"),
    ("*a* b", "*a* b"), ("a_b*c", "a\\_b\\*c"),
  ])
  func wordsThatLookLikeMarksAreEscaped(_ prose: String, _ expected: String) {
    let document = Document(source: "x", items: [.prose(prose)])
    let text = String(decoding: MarkdownDocument().files(document, named: "x.md")[0].bytes, as: UTF8.self)
    #expect(text.contains("\n" + expected + "\n"), "\(text)")
  }
}
