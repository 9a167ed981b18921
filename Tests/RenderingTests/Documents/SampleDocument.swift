import Imaging
import Language
import Rendering
import Workbench

/// A toy session with one of everything that a document can show, and words that would do harm if they were not escaped.
enum SampleDocument {
  static let vocabulary = Catalog([]).vocabulary

  static func cell(_ text: String, _ display: Display = .nothing, failure: String? = nil, _ marks: Document.Mark...) -> Document.Item {
    var cell = Document.Cell(text, vocabulary, display: display, failure: failure)
    cell.marks = marks
    return .statement(cell)
  }

  static let picture = Image(size: PixelSize(2, 1), pixels: [255, 0, 0, 0, 0, 255])

  /// Two lines of a legend.
  static let keys = [PictureKey((255, 0, 0), "road"), PictureKey((0, 0, 255), "<b> car"), PictureKey((255, 255, 255), "sure", beginsLine: true)]

  static let table = DisplayTable(
    title: "IoU in per cent", columns: [.init("class", .left), .init("near")],
    rows: [["road", "\(Number(89.2, places: 1))"], ["a | <b>", "-"]], remarks: ["50 images, network input 256x128"])

  static let plot = Plot(
    title: "mIoU <over> the epochs", horizontal: "epoch", vertical: "%", series: [.init("near & far", [(1, 10), (2, 20)])], caption: "mIoU of near & far")

  static let all = Document(source: "toy.segue", items: [
    .heading(level: 2, "A toy session"),
    .prose("It has **strong** and *soft* words, `code`, a [link](https://example.org/a_b) and <b>no markup</b>."), .prose(""),
    .prose("- one"), .prose("- two"), .prose(""), .prose("    road road"), .prose("    road  sky"), .prose(""),
    cell("rounds = 25 # how long"),
    .heading(level: 2, "1. Outputs & their kinds"),
    cell("table1 = rounds", .table(table), .close),
    .heading(level: 3, "Pictures"),
    cell("rounds # seen", .picture(picture, caption: Phrase(pieces: [.words("rounds: <image>, 2x1")] + keys.map { .key($0) }))),
    cell("drawing = table1", .plot(plot)),
    .heading(level: 2, "1. Outputs & their kinds"),
    cell("expect rounds > 2", .stack([.text("25 > 2"), .text("two\nlines")]), .stale),
    cell("expect rounds > 90", failure: "25 is not > 90"),
    cell("rounds", .text("26"), .differs([.recorded("#> 25"), .now("#> 26")])),
  ])

  /// Words that files and people can bring in.
  static let harmful = [
    "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "</code></pre><h1>", "{{title}}", "{{{style}}}", "&lt;", "\u{1B}[2J", "\u{202E}", "\u{0}", "]]>", "```", "a|b",
  ]

  static func holding(_ words: String) -> Document {
    Document(source: words, items: [
      .heading(level: 2, words), .prose(words), .prose(""), .prose("- " + words), .prose(""), .prose("    " + words),
      .heading(level: 2, words),
      cell("x = \"\(words)\"", .text("\(words)"), failure: words, .differs([.now(words)])),
      cell("x # " + words, .table(DisplayTable(title: "\(words)", columns: [.init(words)], rows: [["\(words)"]], remarks: ["\(words)"]))),
      cell("x", .picture(picture, caption: Phrase(pieces: [.words(words), .key(PictureKey((1, 2, 3), words))]))),
      cell("x", .plot(Plot(title: words, horizontal: words, vertical: words, form: .bars(categories: [words]), series: [.init(words, [(0, 1)])], caption: "\(words)"))),
    ])
  }
}
