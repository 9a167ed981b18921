internal import Language
public import Workbench

extension TextRenderer {
  /// A plot with its axes, labels and legend; curves in braille, bars in blocks. No wider than the terminal, and than 100 columns.
  public func lines(_ plot: Plot) -> [String] {
    var lines = wrapped(StyledText(plot.title.escapedForTerminal(), .strong))
    switch plot.form {
    case .curves: lines += curves(plot).map { palette.paint($0.clipped(to: columns)) }
    case .bars(let categories): lines += bars(plot, categories).map { palette.paint($0.clipped(to: columns)) }
    }
    return lines
  }

  private var plotColumns: Int { min(columns, 100) }

  private func curves(_ plot: Plot) -> [StyledText] {
    let rows = 12
    let (x, y) = plot.axes(across: max(plotColumns / 14, 2), upwards: 4)
    let labels = y.ticks.map(y.label)
    let margin = labels.map(\.count).max() ?? 0
    var canvas = BrailleCanvas(columns: max(plotColumns - margin - 3, 8), rows: rows)
    func spot(_ point: (x: Double, y: Double)) -> (x: Double, y: Double) {
      (x.position(point.x) * Double(canvas.width - 1), (1 - y.position(point.y)) * Double(canvas.height - 1))
    }
    for (index, series) in plot.series.enumerated() {
      let spots = series.points.filter { $0.x.isFinite && $0.y.isFinite }.map(spot)
      if spots.count == 1 { canvas.line(from: spots[0], to: spots[0], .series(index)) }
      for (a, b) in zip(spots, spots.dropFirst()) { canvas.line(from: a, to: b, .series(index)) }
    }

    var labelOfRow: [Int: String] = [:]
    for (tick, label) in zip(y.ticks, labels) {
      let dot: Double = (1 - y.position(tick)) * Double(canvas.height - 1)
      labelOfRow[Int(dot.rounded()) / 4] = label
    }
    // What the title says already is not said again.
    var lines: [StyledText] = []
    if !plot.title.hasPrefix(plot.vertical) {
      let blanks = String(repeating: " ", count: margin + 1)
      lines.append(StyledText(blanks + plot.vertical.escapedForTerminal(), .dim))
    }
    for row in 0..<rows {
      let label = labelOfRow[row].map { StyledText($0, .dim) } ?? StyledText()
      let ends = plot.series.indices.filter { palette.depth == .none && endRow(plot.series[$0], spot) == row }
      var line: StyledText = label.padded(to: margin, onLeft: true)
      line += StyledText(labelOfRow[row] == nil ? " │" : " ┤", .dim)
      line += canvas.row(row)
      line += StyledText(ends.map(Self.mark).joined())
      lines.append(line)
    }
    lines += acrossAxis(x, canvas: canvas, margin: margin, title: plot.horizontal)
    return lines + legend(plot, markedByLetters: palette.depth == .none)
  }

  /// The row where a curve ends, for its letter where colours cannot tell curves apart.
  private func endRow(_ series: Plot.Series, _ spot: ((x: Double, y: Double)) -> (x: Double, y: Double)) -> Int? {
    series.points.last { $0.x.isFinite && $0.y.isFinite }.map { Int(spot($0).y.rounded()) / 4 }
  }

  private static func mark(_ index: Int) -> String { String(UnicodeScalar(UInt8(97 + index % 26))) }

  /// The line under the curves, its labels, and what it counts.
  private func acrossAxis(_ x: PlotAxis, canvas: BrailleCanvas, margin: Int, title: String) -> [StyledText] {
    var line = Array(repeating: Character("─"), count: canvas.columns)
    var labels = Array(repeating: Character(" "), count: margin + 2 + canvas.columns)
    var free = 0
    for tick in x.ticks {
      let dot: Double = x.position(tick) * Double(canvas.width - 1), column = Int(dot.rounded()) / 2
      guard (0..<canvas.columns).contains(column) else { continue }
      line[column] = "┬"
      let label = Array(x.label(tick))
      let start = min(max(margin + 2 + column - label.count / 2, 0), labels.count - label.count)
      guard start >= free else { continue }
      labels.replaceSubrange(start..<start + label.count, with: label)
      free = start + label.count + 1
    }
    let blanks = String(repeating: " ", count: margin + 1)
    let name = title.escapedForTerminal()
    var lines: [StyledText] = [StyledText("\(blanks)└\(String(line))", .dim)]
    let text = String(String(labels).reversed().drop { $0 == " " }.reversed())
    if TextWidth.of(text) + 2 + TextWidth.of(name) <= columns {
      lines.append(StyledText(text + "  " + name, .dim))
    } else {
      lines += [StyledText(text, .dim), StyledText(name, .dim).padded(to: labels.count, onLeft: true)]
    }
    return lines
  }

  private func legend(_ plot: Plot, markedByLetters: Bool) -> [StyledText] {
    guard plot.series.count > 1 || !(plot.series.first?.name.isEmpty ?? true) else { return [] }
    var lines = [StyledText()]
    for (index, series) in plot.series.enumerated() {
      let mark = markedByLetters ? StyledText(Self.mark(index)) : StyledText("━━", .series(index))
      let entry = mark + StyledText(" " + series.name.escapedForTerminal())
      if lines[lines.count - 1].width + entry.width + 5 > plotColumns, !lines[lines.count - 1].runs.isEmpty { lines.append(StyledText()) }
      lines[lines.count - 1] += StyledText("  ") + entry
    }
    return lines
  }

  /// A bar for each series of each category, with its value; the bars of a category stand together under its name.
  private func bars(_ plot: Plot, _ categories: [String]) -> [StyledText] {
    let names = categories.map { StyledText($0.escapedForTerminal()).clipped(to: max(columns / 3, 6)) }
    let margin = names.map(\.width).max() ?? 0
    let values = categories.indices.map { category in plot.series.indices.map { plot.bar($0, category) } }
    let labels = values.map { $0.map { $0.map { fixedPoint($0, places: plot.barPlaces) } ?? "–" } }
    let room = labels.joined().map(\.count).max() ?? 0
    let length = max(plotColumns - margin - room - 4, 4)
    let axis = plot.barAxis(count: 4)
    let zero = Int((axis.position(0) * Double(length * 8)).rounded())
    let several = plot.series.count > 1
    var lines: [StyledText] = []
    for category in categories.indices {
      for series in plot.series.indices {
        let name = (series == 0 ? names[category] : StyledText()).padded(to: margin)
        var bar = StyledText()
        if let value = values[category][series], value.isFinite {
          let end = Int((axis.position(value) * Double(length * 8)).rounded())
          bar = Self.bar(from: min(zero, end), to: max(zero, end), .series(series))
        }
        let mark = several && palette.depth == .none ? Self.mark(series) : " "
        lines.append(
          name + StyledText(mark + "│", .dim) + bar.padded(to: length)
            + StyledText(" " + labels[category][series]).padded(to: room + 1, onLeft: true))
      }
    }
    let unit = plot.vertical.escapedForTerminal()
    if !unit.isEmpty { lines.append(StyledText(unit, .dim).padded(to: margin + 2 + length + room + 1, onLeft: true)) }
    return several ? lines + legend(plot, markedByLetters: palette.depth == .none) : lines
  }

  /// A bar between two places counted in eighths of a character. Only its right end is fine; a left end falls on a whole character.
  private static func bar(from start: Int, to end: Int, _ style: TextStyle) -> StyledText {
    let eighths = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]
    let whole = max(end / 8 - start / 8, 0)
    let rest = start / 8 == end / 8 && end == start ? 0 : end % 8
    return StyledText(String(repeating: " ", count: start / 8))
      + StyledText(String(repeating: "█", count: whole) + eighths[rest], style)
  }
}
