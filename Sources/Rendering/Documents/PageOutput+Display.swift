internal import Language
internal import Imaging
internal import Workbench

extension PageOutput {
  /// The outputs of a display, from top to bottom.
  static func all(_ display: Display) -> [PageOutput] {
    switch display {
    case .text(let phrase): [PageOutput(text: phrase.shown)]
    case .table(let table): [PageOutput(table: Table(table))]
    case .picture(let image, let caption):
      [PageOutput(
        picture: Picture(
          data: base64(PNG.encode(image)), width: image.size.width, height: image.size.height, caption: caption.shown,
          legend: caption.keys.legendLines.map { Legend(keys: $0.map(Key.init)) }))]
    case .plot(let plot): [PageOutput(drawing: Drawing(svg: SVGPlot().text(plot).trimmedLines, caption: plot.caption.shown))]
    case .stack(let parts): joined(parts.flatMap(all))
    }
  }

  /// Texts that follow one another are one.
  private static func joined(_ outputs: [PageOutput]) -> [PageOutput] {
    outputs.reduce(into: []) { joined, output in
      if let text = output.text, let before = joined.last?.text { joined[joined.count - 1].text = before + "\n" + text } else { joined.append(output) }
    }
  }
}

extension PageOutput.Key {
  init(_ key: PictureKey) { self.init(colour: "#" + key.digits, name: key.name.escapedForTerminal()) }
}

extension [PictureKey] {
  /// The keys by the lines that they begin.
  var legendLines: [[PictureKey]] {
    reduce(into: []) { lines, key in
      if lines.isEmpty || key.beginsLine { lines.append([key]) } else { lines[lines.count - 1].append(key) }
    }
  }
}

extension PictureKey {
  /// The colour as six hexadecimal digits: `804080`.
  var digits: String { [red, green, blue].map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() }
}

extension PageOutput.Table {
  init(_ table: DisplayTable) {
    func style(_ column: Int) -> String { column < table.columns.count && table.columns[column].alignment == .left ? "words" : "figures" }
    func cells(_ texts: [String]) -> [Cell] { texts.enumerated().map { Cell(text: $1, style: style($0)) } }
    title = table.title?.shown
    head = table.columns.contains { !$0.heading.isEmpty } ? Row(cells: cells(table.columns.map { $0.heading.escapedForTerminal() })) : nil
    rows = table.rows.map { Row(cells: cells($0.map { $0.shown.trimmedLines })) }
    remarks = table.remarks.map(\.shown)
  }
}

extension PageMark {
  init(_ mark: Document.Mark) {
    (kind, words) = (mark.kind, mark.words)
    if case .differs(let lines) = mark { difference = lines.map { $0.description.escapedForTerminal() }.joined(separator: "\n") }
  }
}

extension Document.Mark {
  var kind: String {
    switch self {
    case .stale: "stale"
    case .differs: "differs"
    case .close: "close"
    case .lost: "lost"
    case .recordedOnly: "recorded"
    }
  }

  /// For readers of any format.
  var words: String {
    switch self {
    case .stale: "Stale: something that this was made from has another value by the end of the session."
    case .differs: "Not what was recorded."
    case .close: "Close to what was recorded: trained numbers moved a little, as they do on another computer."
    case .lost: "Only the recorded words: the value is no longer in the store."
    case .recordedOnly: "As it was recorded; not evaluated for this document."
    }
  }
}

extension Phrase {
  /// Plain text that is safe to show, with its line breaks.
  var shown: String { styled.text }
}

extension String {
  /// Without blanks and line breaks at both ends.
  var trimmedLines: String {
    var text = self[...]
    while let first = text.first, first.isWhitespace { text.removeFirst() }
    while let last = text.last, last.isWhitespace { text.removeLast() }
    return String(text)
  }
}
