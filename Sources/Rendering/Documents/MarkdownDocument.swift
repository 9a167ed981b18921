internal import Imaging
internal import Language
internal import Workbench

/// Markdown (CommonMark, with GitHub's tables), and its pictures and drawings as files in a folder beside it.
public struct MarkdownDocument: DocumentFormat {
  public static let name = "Markdown"
  public static let fileExtensions = [".md", ".markdown"]

  public init() {}

  public func files(_ document: Document, named name: String) -> [DocumentFile] {
    var writer = MarkdownBlocks(folder: (name.lastIndex(of: ".").map { String(name[..<$0]) } ?? name) + "-files")
    let blocks = writer.all(document)
    let text = DocumentTemplates.render(
      MarkdownPage(title: document.title.escapedForTerminal(), source: document.source.escapedForTerminal(), blocks: blocks), with: "markdown")
    return [DocumentFile(path: name, bytes: Array(text.utf8))] + writer.files
  }
}

/// What `markdown.mustache` asks for.
struct MarkdownPage {
  var title: String
  var source: String
  var blocks: [MarkdownBlock]
}

/// One of these is set.
struct MarkdownBlock {
  struct Heading {
    var marks: String
    var runs: [MarkdownRun]
  }
  /// Words behind what a list item or a continued line begins with.
  struct Line {
    var lead: String
    var runs: [MarkdownRun]
  }
  /// Lines that stand as they are.
  struct Fence {
    var marks: String
    var language: String
    var text: String
  }
  struct Table {
    struct Row { var cells: [String] }
    var title: String?
    var head: Row
    var rule: String
    var rows: [Row]
    var remarks: [String]
  }
  struct Picture {
    var caption: String
    var path: String
    /// What its colours stand for, a line each.
    var legend: [Legend]
  }
  struct Legend { var keys: [Key] }
  struct Key {
    /// Of a small square of the colour.
    var path: String
    var name: String
  }
  struct Lines { var lines: [Line] }

  var heading: Heading?
  var lines: Lines?
  var fence: Fence?
  var table: Table?
  var picture: Picture?
  var mark: String?
}

/// A run with the marks that stand before and after it; blanks at its ends stand outside of them, where CommonMark wants them.
struct MarkdownRun {
  var before: String
  var open: String
  /// Words that are escaped.
  var text: String?
  /// Code that is not.
  var code: String?
  var close: String
  var after: String
}

extension MarkdownRun {
  init(_ run: Prose.Run) {
    let words = run.text.escapedForTerminal()
    let front = String(words.prefix { $0 == " " }), rest = words.dropFirst(front.count)
    let back = String(rest.reversed().prefix { $0 == " " }), middle = String(rest.dropLast(back.count))
    let stars = middle.isEmpty ? "" : (run.isStrong ? "**" : "") + (run.isEmphasis ? "*" : "")
    let ticks = run.isCode ? MarkdownText.fence(of: "`", around: middle, atLeast: 1) : ""
    let pad = run.isCode && (middle.hasPrefix("`") || middle.hasSuffix("`")) ? " " : ""
    (before, after) = (front, back)
    open = (run.address == nil ? "" : "[") + stars + ticks + pad
    close = pad + ticks + String(stars.reversed()) + (run.address.map { "](\(MarkdownText.address($0)))" } ?? "")
    (text, code) = run.isCode ? (nil, middle) : (middle, nil)
  }
}
