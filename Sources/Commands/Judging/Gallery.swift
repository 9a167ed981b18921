import Adaptation
import Imaging
import Language
import Scenes
import Workbench

/// Samples of a dataset laid out for looking at: a few as rows with everything that belongs to them, many as a contact sheet.
struct Gallery {
  let data: Dataset
  let name: String
  /// One picture of each sample; nil for all that there are.
  let what: Show.What?
  /// Where a diagnostic points.
  let range: SourceRange?
  /// The form of the samples: with the session's seed, so that what is shown is what its training sees in that epoch.
  let draw: Draw
  /// Whether somebody asked for a form that training sees, which is then said.
  let saysForm: Bool

  /// How many samples have a row of their own.
  static let rows = 4

  /// What can be told before a sample is read.
  func check() throws {
    if let what, what != .image, !data.hasLabels { throw Diagnostic("\(name) has no labels", at: range, remedy: "what=image shows its images") }
  }

  /// - Parameter each: is told after each sample how many are done; may throw to stop.
  func figure(count: Int, each: (_ done: Int, _ total: Int) throws -> Void) throws -> (figure: Figure, caption: Phrase, remark: String?) {
    let shown = min(count, data.count)
    var labels: [IndexMap] = [], reach: ClosedRange<Float>?
    let samples = try (0..<shown).map { position in
      let panels = try panels(position, &labels, &reach)
      try each(position + 1, shown)
      return panels
    }
    var figure = Figure(rows: samples)
    if what != nil {
      figure.rows = samples.enumerated().map { Figure.Panel(title($0), $1[0].picture) }.inRows(of: Self.columns(shown))
    } else if shown > Self.rows {
      // Each image with its label below it.
      let cells = samples.enumerated().map { Figure.Panel(title($0), Image.sheet(contact($1), columns: 1, gap: 1)) }
      figure.rows = cells.inRows(of: Self.columns(shown))
    }
    figure.keys = PictureKeys.classes(of: labels)
    let form: Phrase = saysForm ? ", \(try self.form(shown))" : ""
    return (figure, "\(caption(shown))\(form)", clipping(reach))
  }

  private func title(_ position: Int) -> String { data.count == 1 ? name : "[\(position)]" }

  /// What stands for a sample on a contact sheet.
  private func contact(_ panels: [Figure.Panel]) -> [Image] {
    let names = style(0) != nil ? [Self.restyled, "label"] : ["image", labelWord]
    return panels.filter { names.contains($0.title) }.map(\.picture)
  }

  private func caption(_ shown: Int) -> Phrase {
    if let what { return shown == 1 ? "\(what.rawValue)" : "\(what.rawValue) of \(shown) samples, row by row" }
    if shown > Self.rows { return "\(shown) samples, row by row\(data.hasLabels ? ", each with its \(labelWord) below it" : "")" }
    if style(0) != nil { return "source | target | \(Self.restyled)\(data.hasLabels ? " | label" : "")" }
    return data.hasLabels ? "image | \(labelWord) | both" : "image"
  }

  /// What of the images is shown, as training would cut and restyle them.
  private func form(_ shown: Int) throws -> Phrase {
    let windows = try (0..<shown).map { try data.window($0, draw: draw) }, sizes = Set(windows.map(\.window.size))
    let size = sizes.count == 1 ? "\(windows[0].window.size)" : "several sizes"
    let what = windows.count == 1
      ? "\(size) at \(windows[0].window.x),\(windows[0].window.y) of \(windows[0].whole)" : draw.crop == nil ? "whole images" : "windows of \(size)"
    let fda = sizes.count == 1 ? style(0).map { ", fda \($0.fourier.adaptation.describe(windows[0].window.size))" } ?? "" : ""
    return "epoch \(draw.epoch + 1): \(what)\(fda)"
  }

  /// Pictures hold whole numbers of 0...255; training is given the numbers as they are.
  private func clipping(_ reach: ClosedRange<Float>?) -> String? {
    guard let reach, reach.lowerBound < 0 || reach.upperBound > 255 else { return nil }
    let ends = [reach.lowerBound, reach.upperBound].map { Number(Double($0), places: 1).text }
    return "\(name): numbers from \(ends[0]) to \(ends[1]), shown clipped to 0...255 and rounded; training sees them unchanged"
  }

  private var labelWord: String { data.role == .pseudo ? "pseudo-label" : "label" }
  private static let restyled = "source in the target's style"

  /// A sample as it is trained on: the picture, what made it so, its label.
  private func panels(_ position: Int, _ labels: inout [IndexMap], _ reach: inout ClosedRange<Float>?) throws -> [Figure.Panel] {
    let sample = try data.sample(position, draw: draw), numbers = sample.image.pixels
    if what != .label, let low = numbers.min(), let high = numbers.max() { reach = min(reach?.lowerBound ?? low, low)...max(reach?.upperBound ?? high, high) }
    let picture = sample.image.rounded
    if what == .image { return [.init("image", picture)] }
    if let label = sample.label { labels.append(label) }
    if let what, let label = sample.label { return [.init(what.rawValue, what == .label ? LabelColours.picture(of: label) : LabelColours.overlay(label, on: picture))] }
    if let style = style(position) {
      let plain = try data.picture(position, draw: draw)
      let target = try style.fourier.partner(for: plain.size, index: style.index, draw: draw)
      let pictures = [Figure.Panel("source", plain), .init("target", target), .init(Self.restyled, picture)]
      return pictures + (sample.label.map { [.init("label", LabelColours.picture(of: $0))] } ?? [])
    }
    guard let label = sample.label else { return [.init("image", picture)] }
    return [.init("image", picture), .init(labelWord, LabelColours.picture(of: label)), .init("both", LabelColours.overlay(label, on: picture))]
  }

  private func style(_ position: Int) -> (fourier: FourierStyle, index: Int)? {
    let (styles, index) = data.style(at: position)
    return styles.compactMap { $0 as? FourierStyle }.last.map { ($0, index) }
  }

  /// Columns of a contact sheet.
  private static func columns(_ count: Int) -> Int { count <= 4 ? count : count <= 6 ? 3 : count <= 16 ? 4 : count <= 36 ? 6 : 8 }
}
