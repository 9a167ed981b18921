internal import Language
internal import Workbench

/// A piece of a page: a statement with its outputs, a heading, a paragraph.
public struct PageFragment: Sendable, Equatable {
  /// What tells it from other pieces: the same words and pictures have the same key, but for pieces that are there several times.
  public var key: String
  /// As ``HTMLDocument`` writes it.
  public var html: String
  /// Which of the document's statements it is, from 0; nil for words.
  public var statement: Int?
}

/// The page of a document that is rendered again and again while it grows: what did not change is not rendered again.
///
/// Its pieces are those of ``HTMLDocument``. The page itself keeps what a reader looks at: it follows a stream of events, and replaces the
/// pieces that changed.
public struct LivePage {
  /// What the page shows at one moment.
  public struct Content: Sendable, Equatable {
    public var title: String
    /// What stands above the pieces.
    public var header: String
    /// Empty where there is no table of contents.
    public var contents: String
    public var fragments: [PageFragment]
  }

  private var outputs: [(display: Display, outputs: [PageOutput])] = []
  private var blocks: [(block: PageBlock, html: String, digest: String)] = []
  private var last: (header: Page.Header, contents: Page.Contents?)?
  private var lastContent: Content?

  public init() {}

  public mutating func content(of document: Document) -> Content {
    let (header, contents, fragments) = parts(of: document)
    if let last, let lastContent, last == (header, contents), lastContent.fragments == fragments { return lastContent }
    let content = Content(
      title: header.title, header: DocumentTemplates.render(header, with: "html-header"),
      contents: contents.map { DocumentTemplates.render($0, with: "html-contents") } ?? "", fragments: fragments)
    (last, lastContent) = ((header, contents), content)
    return content
  }

  /// The whole page, with a place for what it follows.
  public mutating func page(of document: Document) -> String {
    let (header, contents, fragments) = parts(of: document)
    return DocumentTemplates.render(
      Page(
        header: header, contents: contents, blocks: [], live: .init(fragments: fragments), style: DocumentTemplates.liveStyle, script: DocumentTemplates.liveScript,
        policy: Self.policy),
      with: "html")
  }

  /// What the page may load and run: as an exported one, and it may listen to the server that it comes from.
  public static var policy: String { HTMLDocument.policy(DocumentTemplates.liveScript) + "; connect-src 'self'; base-uri 'none'; form-action 'none'" }

  private mutating func parts(of document: Document) -> (Page.Header, Page.Contents?, [PageFragment]) {
    let known = outputs
    var used: [(display: Display, outputs: [PageOutput])] = []
    var builder = PageBlocks(document) { display in
      // Of equal displays mostly one and the same is meant, which costs nothing to see.
      let outputs = known.first { $0.display == display }?.outputs ?? PageOutput.all(display)
      used.append((display, outputs))
      return outputs
    }
    let all = builder.all()
    outputs = used
    let before = blocks
    blocks = all.map { block in
      if let same = before.first(where: { $0.block == block }) { return same }
      let html = DocumentTemplates.render(block, with: "html-block")
      return (block, html, String(contentDigest(Array(html.utf8)).prefix(16)))
    }
    var counts: [String: Int] = [:], statements = 0
    let fragments = blocks.map { block, html, digest in
      let count = counts[digest, default: 0]
      counts[digest] = count + 1
      defer { if block.cell != nil { statements += 1 } }
      return PageFragment(key: count == 0 ? digest : "\(digest)-\(count + 1)", html: html, statement: block.cell == nil ? nil : statements)
    }
    return (Page.Header(document), Page.Contents(builder.contents), fragments)
  }
}
