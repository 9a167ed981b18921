internal import Language
internal import Workbench

/// One HTML page that needs nothing beside it: pictures and drawings are inside, nothing is loaded, and its policy forbids everything but its
/// own style and script. It follows the reader's choice of light or dark, and is made for phones and paper too.
public struct HTMLDocument: DocumentFormat {
  public static let name = "HTML"
  public static let fileExtensions = [".html", ".htm"]

  public init() {}

  public func files(_ document: Document, named name: String) -> [DocumentFile] {
    [DocumentFile(path: name, bytes: Array(page(document).utf8))]
  }

  public func page(_ document: Document) -> String {
    var blocks = PageBlocks(document)
    let all = blocks.all(), script = DocumentTemplates.script
    return DocumentTemplates.render(
      Page(
        header: Page.Header(document), contents: Page.Contents(blocks.contents), blocks: all, style: DocumentTemplates.style, script: script, policy: Self.policy(script)),
      with: "html")
  }

  /// What a page may load and run: its own style and script, pictures that are in it, and nothing else.
  static func policy(_ script: String) -> String {
    let digest = base64(bytes(ofHexadecimal: contentDigest(Array(script.utf8))))
    return "default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'sha256-\(digest)'"
  }

  private static func bytes(ofHexadecimal digits: String) -> [UInt8] {
    let values = digits.compactMap(\.hexDigitValue)
    return stride(from: 0, to: values.count - 1, by: 2).map { UInt8(values[$0] << 4 | values[$0 + 1]) }
  }
}

/// What `html.mustache` asks for. The library sees stored properties only.
struct Page {
  struct Entry: Equatable {
    var anchor: String
    var words: String
    /// How far it is set in: `level2` and so on.
    var level: String
  }

  /// What stands above everything.
  struct Header: Equatable {
    var title: String
    var source: String
    var statements: String
    /// There is nothing to copy from a page without statements.
    var hasStatements: Bool

    init(_ document: Document) {
      let count = document.cells.count
      (title, source) = (document.title.escapedForTerminal(), document.source.escapedForTerminal())
      (statements, hasStatements) = (counted(count, "statement"), count > 0)
    }
  }

  struct Contents: Equatable { var entries: [Entry] }

  var header: Header
  /// A page of one part needs no table of contents.
  var contents: Contents?
  var blocks: [PageBlock]
  /// Blocks that were rendered before; only pages that are served have any.
  var live: Live?
  var style: String
  var script: String
  var policy: String

  struct Live { var fragments: [PageFragment] }

  init(header: Header, contents: Contents?, blocks: [PageBlock], live: Live? = nil, style: String, script: String, policy: String) {
    (self.header, self.contents, self.blocks, self.live) = (header, contents, blocks, live)
    (self.style, self.script, self.policy) = (style, script, policy)
  }
}

extension Page.Contents {
  /// Nil where there is no more than one part.
  init?(_ entries: [Page.Entry]) {
    guard entries.count > 1 else { return nil }
    self.entries = entries
  }
}

/// One of these is set.
struct PageBlock: Equatable {
  struct Heading: Equatable {
    var tag: String
    var anchor: String
    var runs: [Prose.Run]
  }
  struct Paragraph: Equatable { var runs: [Prose.Run] }
  struct List: Equatable {
    var tag: String
    /// Only where a numbered list does not begin with 1.
    var start: Int?
    var items: [Paragraph]
  }

  var heading: Heading?
  var paragraph: Paragraph?
  var list: List?
  var code: String?
  var cell: PageCell?
}

struct PageCell: Equatable {
  struct Token: Equatable {
    var text: String
    var style: String?
    /// The anchor of the statement that gave the name.
    var target: String?
  }

  var anchor: String?
  var tokens: [Token]
  var outputs: [PageOutput]
  var caret: String?
  var failure: String?
  var marks: [PageMark]
  var hasOutputs: Bool
}

struct PageMark: Equatable {
  /// How loud it is: `stale`, `differs`, `close` and so on.
  var kind: String
  var words: String
  /// Lines of both outputs, each with `-`, `+` or a blank in front.
  var difference: String?
}

/// One of these is set.
struct PageOutput: Equatable {
  struct Table: Equatable {
    struct Cell: Equatable {
      var text: String
      var style: String
    }
    struct Row: Equatable { var cells: [Cell] }
    var title: String?
    var head: Row?
    var rows: [Row]
    var remarks: [String]
  }
  struct Picture: Equatable {
    var data: String
    var width: Int
    var height: Int
    var caption: String
    /// What its colours stand for, a line each.
    var legend: [Legend]
  }
  struct Legend: Equatable { var keys: [Key] }
  struct Key: Equatable {
    /// `#804080`.
    var colour: String
    var name: String
  }
  struct Drawing: Equatable {
    var svg: String
    var caption: String
  }

  var text: String?
  var table: Table?
  var picture: Picture?
  var drawing: Drawing?
}
