import Adaptation
import Imaging
import Scenes

/// Pictures laid out for looking at.
enum Gallery {
  private static let gap = 4

  /// What the row of a sample shows, from left to right.
  static func columns(_ data: Dataset) -> String {
    if style(of: data, 0) != nil { return "source | target | source in the target's style" + (data.hasLabels ? " | label" : "") }
    guard data.hasLabels else { return "image" }
    return data.role == .pseudo ? "image | pseudo-label | both" : "image | label | both"
  }

  /// A sample as it is trained on, without cropping: the picture, what made it so, its label.
  static func row(_ data: Dataset, _ position: Int) throws -> Image {
    let draw = Draw(seed: 0), sample = try data.sample(position, draw: draw)
    let picture = sample.image.rounded
    var pictures = [picture]
    if let style = style(of: data, position) {
      let plain = try data.picture(position, draw: draw)
      pictures = [plain, try style.fourier.partner(for: plain.size, index: style.index, draw: draw), picture]
      if let label = sample.label { pictures.append(LabelColours.picture(of: label)) }
    } else if let label = sample.label {
      pictures += [LabelColours.picture(of: label), LabelColours.overlay(label, on: picture)]
    }
    return beside(pictures)
  }

  private static func style(of data: Dataset, _ position: Int) -> (fourier: FourierStyle, index: Int)? {
    let (styles, index) = data.style(at: position)
    return styles.compactMap { $0 as? FourierStyle }.last.map { ($0, index) }
  }

  /// From left to right, tops aligned.
  static func beside(_ pictures: [Image]) -> Image { Image.sheet(pictures, columns: pictures.count, gap: gap) }

  /// From top to bottom.
  static func stacked(_ pictures: [Image]) -> Image { Image.sheet(pictures, columns: 1, gap: gap) }
}
