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
    let all = blocks.all()
    return DocumentTemplates.render(
      Page(
        title: document.title.escapedForTerminal(), source: document.source.escapedForTerminal(), statements: counted(document.cells.count, "statement"),
        contents: blocks.contents, hasContents: blocks.contents.count > 1, blocks: all, style: DocumentTemplates.style, script: DocumentTemplates.script,
        scriptDigest: base64(bytes(ofHexadecimal: contentDigest(Array(DocumentTemplates.script.utf8))))),
      with: "html")
  }


  private func bytes(ofHexadecimal digits: String) -> [UInt8] {
    let values = digits.compactMap(\.hexDigitValue)
    return stride(from: 0, to: values.count - 1, by: 2).map { UInt8(values[$0] << 4 | values[$0 + 1]) }
  }
}

/// What `html.mustache` asks for. The library sees stored properties only.
struct Page {
  struct Entry {
    var anchor: String
    var words: String
    /// How far it is set in: `level2` and so on.
    var level: String
  }

  var title: String
  var source: String
  var statements: String
  var contents: [Entry]
  /// A page of one part needs no table of contents.
  var hasContents: Bool
  var blocks: [PageBlock]
  var style: String
  var script: String
  var scriptDigest: String
}

/// One of these is set.
struct PageBlock {
  struct Heading {
    var tag: String
    var anchor: String
    var runs: [Prose.Run]
  }
  struct Paragraph { var runs: [Prose.Run] }
  struct List {
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

struct PageCell {
  struct Token {
    var text: String
    var style: String?
    /// The anchor of the statement that gave the name.
    var target: String?
  }

  var anchor: String?
  var tokens: [Token]
  var outputs: [PageOutput]
  var failure: String?
  var marks: [PageMark]
  var hasOutputs: Bool
}

struct PageMark {
  /// How loud it is: `stale`, `differs`, `close` and so on.
  var kind: String
  var words: String
  /// Lines of both outputs, each with `-`, `+` or a blank in front.
  var difference: String?
}

/// One of these is set.
struct PageOutput {
  struct Table {
    struct Cell {
      var text: String
      var style: String
    }
    struct Row { var cells: [Cell] }
    var title: String?
    var head: Row?
    var rows: [Row]
    var remarks: [String]
  }
  struct Picture {
    var data: String
    var width: Int
    var height: Int
    var caption: String
    /// What its colours stand for, a line each.
    var legend: [Legend]
  }
  struct Legend { var keys: [Key] }
  struct Key {
    /// `#804080`.
    var colour: String
    var name: String
  }
  struct Drawing {
    var svg: String
    var caption: String
  }

  var text: String?
  var table: Table?
  var picture: Picture?
  var drawing: Drawing?
}
