import Foundation
import FoundationXML
import Rendering
import Testing
import Workbench

@Suite struct PlotTests {
  @Test(arguments: [
    // values, about how many ticks, the ticks that come out
    ([0.0, 24], 5, false, ["0", "5", "10", "15", "20"]),
    ([12.0, 57.3], 4, true, ["0", "20", "40", "60"]),
    ([0.012, 0.031], 4, true, ["0.010", "0.015", "0.020", "0.025", "0.030", "0.035"]),
    ([5.0, 5.0], 4, true, ["2", "4", "6", "8"]),
    ([-3.0, 3], 3, true, ["-4", "-2", "0", "2", "4"]),
    ([.nan, .infinity], 4, true, ["0.0", "0.5", "1.0"]),
    ([0.0, 1e6], 2, true, ["0", "500000", "1000000"]),
  ])
  func axesEndAtWholeTicks(_ values: [Double], _ count: Int, _ rounded: Bool, _ expected: [String]) {
    let axis = PlotAxis(values, count: count, rounded: rounded)
    #expect(axis.ticks.map(axis.label) == expected)
    for value in values where value.isFinite { #expect((-1e-9...1 + 1e-9).contains(axis.position(value))) }
  }

  @Test func epochsAreWholeNumbers() {
    #expect(PlotAxis([1, 2, 3, 4], count: 8, rounded: false, whole: true).ticks == [1, 2, 3, 4])
    let plot = Plot(title: "", horizontal: "epoch", vertical: "", series: [.init("a", [(1, 0.5), (2, 0.25), (3, 0.125)])], caption: "")
    let x = plot.axes(across: 7, upwards: 4).x
    #expect(x.ticks.map(x.label) == ["1", "2", "3"])
    #expect(Self.bars.bar(1, 1) == nil)
  }

  @Test func dotsAreThoseOfUnicode() {
    var canvas = BrailleCanvas(columns: 2, rows: 1)
    canvas.line(from: (0, 0), to: (3, 3))
    #expect(canvas.row(0).text == "⠑⢄")
    canvas.dot(-1, 0)
    canvas.dot(4, 0)
    #expect(canvas.row(0).text == "⠑⢄")
  }

  static let curves = Plot(
    title: "mIoU", horizontal: "epoch", vertical: "%",
    series: [.init("near", [(0, 0), (10, 10)]), .init("far", [(0, 10), (5, .nan), (10, 0)])], caption: "both end")
  static let bars = Plot(
    title: "IoU by class", horizontal: "class", vertical: "%", form: .bars(categories: ["road", "traffic <light>"]),
    series: [.init("before", [(0, 50), (1, 100)]), .init("after", [(0, -25)])], caption: "")

  @Test func curvesHaveAxesAndALegend() {
    let lines = TextRenderer(columns: 30).lines(.plot(Self.curves))
    #expect(lines.first == "mIoU")
    #expect(!lines.contains("both end"), "the caption is for those who cannot see the plot")
    #expect(lines.contains { $0.hasPrefix("10 ┤") && $0.hasSuffix("a") }, "\(lines)")
    #expect(lines.contains { $0.hasPrefix(" 0 ┤") && $0.hasSuffix("b") })
    #expect(lines.contains("  a near  b far"))
    #expect(lines.contains { $0.contains("└┬") })
    #expect(lines.allSatisfy { TextWidth.of($0) <= 31 })
  }

  @Test func barsStartAtZero() {
    let lines = TextRenderer(columns: 40).lines(.plot(Self.bars))
    let road = lines.first { $0.hasPrefix("road") } ?? ""
    #expect(road.hasSuffix(" 50.0") || road.hasSuffix(" 50"))
    #expect(road.contains("│  ") && road.contains("█"))
    #expect(lines.contains { $0.contains("–") })
  }

  @Test(arguments: [curves, bars, Plot(title: "", horizontal: "", vertical: "", series: [], caption: "")])
  func noPlotIsTooWideOrFails(_ plot: Plot) {
    for columns in [20, 21, 33, 80, 200] {
      for palette in [Palette.none, .sixteen] {
        for line in TextRenderer(columns: columns, palette: palette).lines(.plot(plot)) {
          let printed = line.replacing(/\u{1B}\[[0-9;]*m/, with: "")
          #expect(TextWidth.of(printed) <= columns, "\(columns): \(printed)")
        }
      }
    }
  }

  @Test(arguments: [curves, bars, Plot(title: "a & b", horizontal: "<", vertical: "\"", series: [.init("one", [(1, 1)])], caption: "c\u{1B}")])
  func drawingsAreWellFormed(_ plot: Plot) {
    let text = SVGPlot().text(plot)
    let parser = XMLParser(data: Data(text.utf8))
    #expect(parser.parse(), "\(String(describing: parser.parserError))")
    #expect(text.contains("<title>") && text.contains("currentColor") && text.contains("prefers-color-scheme: dark"))
  }
}
