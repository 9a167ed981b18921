internal import Glibc
public import Workbench

/// A plot as one self-contained SVG drawing: axes with titles, a legend, a caption for those who cannot see it. Its ink is the
/// surrounding text's colour, and its six series have a colour each for light and for dark backgrounds.
public struct SVGPlot: Sendable {
  public var width: Double
  public var height: Double

  /// - Parameters: the drawing's size in CSS pixels; it scales with the page.
  public init(width: Double = 640, height: Double = 360) {
    self.width = width
    self.height = height
  }

  public func text(_ plot: Plot) -> String {
    var svg = SVGText()
    switch plot.form {
    case .curves: curves(plot, into: &svg)
    case .bars(let categories): bars(plot, categories, into: &svg)
    }
    let caption = plot.caption.styled.text
    return """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(svg.number(width)) \(svg.number(height))" width="\(svg.number(width))" \
      height="\(svg.number(height))" role="img" class="segue-plot" font-family="system-ui, sans-serif" font-size="12">
      <title>\(SVGText.escaped(plot.title))</title>
      <desc>\(SVGText.escaped(caption))</desc>
      <style>
      .segue-plot { color-scheme: light dark; \(Self.declarations(Self.light)) max-width: 100%; height: auto }
      .segue-plot text { fill: currentColor } .segue-plot .axis { stroke: currentColor; stroke-opacity: .6; fill: none }
      .segue-plot .grid { stroke: currentColor; stroke-opacity: .15 }
      \((0..<6).map { ".segue-plot .line\($0) { stroke: var(--segue-\($0)); fill: none; stroke-width: 2; stroke-linejoin: round } .segue-plot .bar\($0) { fill: var(--segue-\($0)) }" }.joined(separator: "\n"))
      @media (prefers-color-scheme: dark) { .segue-plot { \(Self.declarations(Self.dark)) } }
      </style>
      \(svg.body.joined(separator: "\n"))
      </svg>

      """
  }

  /// Okabe and Ito's colours, which people with any colour vision can tell apart, in another order; lighter ones for the dark.
  private static let light = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#b88700", "#3b9ad1"]
  private static let dark = ["#56b4e9", "#ff8c42", "#2ecfa0", "#e6a3c8", "#f0e442", "#8fc8f0"]

  private static func declarations(_ colours: [String]) -> String {
    colours.enumerated().map { "--segue-\($0.offset): \($0.element);" }.joined(separator: " ")
  }

  private func curves(_ plot: Plot, into svg: inout SVGText) {
    let (x, y) = plot.axes(across: 8, upwards: 5)
    let area = frame(plot, y: y, legend: plot.series.count, into: &svg)
    for tick in x.ticks {
      let at = area.across(x.position(tick))
      svg.line(at, area.bottom, at, area.bottom + 4, "axis")
      svg.text(x.label(tick), at, area.bottom + 18, anchor: "middle")
    }
    for (index, series) in plot.series.enumerated() {
      let finite = series.points.filter { $0.x.isFinite && $0.y.isFinite }
      let spots = finite.map { (area.across(x.position($0.x)), area.up(y.position($0.y))) }
      svg.polyline(spots, "line\(index % 6)", title: series.name)
    }
  }

  private func bars(_ plot: Plot, _ categories: [String], into svg: inout SVGText) {
    let y = plot.barAxis(count: 5)
    let area = frame(plot, y: y, legend: plot.series.count > 1 ? plot.series.count : 0, into: &svg, footroom: 78)
    let slot = (area.right - area.left) / Double(max(categories.count, 1))
    let thickness = slot * 0.8 / Double(max(plot.series.count, 1))
    let zero = area.up(y.position(0))
    for (category, name) in categories.enumerated() {
      let left = area.left + slot * (Double(category) + 0.1)
      for series in plot.series.indices {
        guard let value = plot.bar(series, category), value.isFinite else { continue }
        let top = area.up(y.position(value))
        svg.rectangle(
          left + thickness * Double(series), min(top, zero), thickness, abs(zero - top), "bar\(series % 6)",
          title: "\(name): \(fixedPoint(value, places: plot.barPlaces))")
      }
      svg.slantedText(name, left + slot * 0.4, area.bottom + 14)
    }
    svg.line(area.left, zero, area.right, zero, "axis")
  }

  private struct Area {
    var left, top, right, bottom: Double

    /// Where a share of the width, and of the height, lies.
    func across(_ share: Double) -> Double { left + share * (right - left) }
    func up(_ share: Double) -> Double { bottom - share * (bottom - top) }
  }

  /// Title, legend, the upward axis with its grid, and the names of both axes; gives the area that is left for the data.
  private func frame(_ plot: Plot, y: PlotAxis, legend: Int, into svg: inout SVGText, footroom: Double = 46) -> Area {
    let labels = y.ticks.map(y.label)
    let left = 34 + 7 * Double(labels.map(\.count).max() ?? 1)
    let area = Area(left: left, top: legend > 0 ? 56 : 36, right: width - 16, bottom: height - footroom)
    svg.text(plot.title, width / 2, 20, anchor: "middle", weight: "bold")
    if legend > 0 {
      var at = area.left
      for (index, series) in plot.series.prefix(legend).enumerated() {
        svg.rectangle(at, 34, 14, 4, "bar\(index % 6)", title: nil)
        svg.text(series.name, at + 19, 40)
        let text = 7 * Double(TextWidth.of(series.name))
        at += 19 + text + 16
      }
    }
    for (tick, label) in zip(y.ticks, labels) {
      let at = area.up(y.position(tick))
      svg.line(area.left, at, area.right, at, "grid")
      svg.text(label, area.left - 6, at + 4, anchor: "end")
    }
    svg.line(area.left, area.top, area.left, area.bottom, "axis")
    svg.line(area.left, area.bottom, area.right, area.bottom, "axis")
    svg.text(plot.horizontal, (area.left + area.right) / 2, height - 8, anchor: "middle")
    svg.uprightText(plot.vertical, 16, (area.top + area.bottom) / 2)
    return area
  }
}
