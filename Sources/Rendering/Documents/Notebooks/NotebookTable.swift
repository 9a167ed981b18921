internal import Workbench

/// A table as HTML for a notebook, which brings no style sheet of its own.
struct NotebookTable {
  private let table: DisplayTable

  init(_ table: DisplayTable) { self.table = table }

  var text: String {
    var lines = ["<table>"]
    if let title = table.title { lines.append("<caption>\(SVGText.escaped(title.shown))</caption>") }
    if table.columns.contains(where: { !$0.heading.isEmpty }) {
      lines.append("<thead><tr>" + cells(table.columns.map(\.heading), "th") + "</tr></thead>")
    }
    lines.append("<tbody>")
    lines += table.rows.map { "<tr>" + cells($0.map(\.shown.trimmedLines), "td") + "</tr>" }
    lines += ["</tbody>", "</table>"]
    lines += table.remarks.map { "<p>\(SVGText.escaped($0.shown))</p>" }
    return lines.joined(separator: "\n")
  }

  private func cells(_ texts: [String], _ tag: String) -> String {
    texts.enumerated().map { place, text in
      let side = place < table.columns.count && table.columns[place].alignment == .left ? "left" : "right"
      return "<\(tag) style=\"text-align: \(side)\">\(SVGText.escaped(text))</\(tag)>"
    }.joined()
  }
}
