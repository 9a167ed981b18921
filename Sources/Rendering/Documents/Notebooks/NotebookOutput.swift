internal import Imaging
internal import Language
package import Workbench

/// One output below a cell, in the forms of which a front end chooses.
package struct NotebookOutput: Sendable, Equatable {
  /// A MIME type and what stands for the output in it: text, but for pictures, which are base64.
  package struct Form: Sendable, Equatable {
    package var type: String
    package var text: String
    var isText: Bool { type != "image/png" }
  }

  package var data: [Form]

  init(_ forms: (type: String, text: String)...) { data = forms.map { Form(type: $0.type, text: $0.text) } }

  /// The parts of a display, each with the words that a script records of it.
  package static func all(_ display: Display) -> [NotebookOutput] {
    let plain = TranscriptLayout.lines(display).map(\.text).joined(separator: "\n")
    // Where a picture is shown its words are not: they stand below it, without words of their own that a script would record.
    func below(_ keys: [PictureKey]) -> NotebookOutput { NotebookOutput(("text/html", "<p>\(SVGText.escaped(plain))\(legend(keys))</p>")) }
    switch display {
    case .stack(let parts): return parts.flatMap(all)
    case .text: return [NotebookOutput(("text/plain", plain))]
    case .table(let table): return [NotebookOutput(("text/html", NotebookTable(table).text), ("text/plain", plain))]
    case .picture(let image, let caption): return [NotebookOutput(("image/png", base64(PNG.encode(image))), ("text/plain", plain)), below(caption.keys)]
    case .plot(let plot): return [NotebookOutput(("image/svg+xml", SVGPlot().text(plot)), ("text/plain", plain)), below([])]
    }
  }

  /// A square of each colour with what it stands for.
  private static func legend(_ keys: [PictureKey]) -> String {
    keys.legendLines.map { line in
      "<br>" + line.map { "<span style=\"color: #\($0.digits)\">\u{25A0}</span> \(SVGText.escaped($0.name.escapedForTerminal()))" }.joined(separator: " &nbsp;")
    }.joined()
  }
}
