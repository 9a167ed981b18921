import Imaging

/// Whether a label's edges lie where its picture changes. A label that belongs to its picture fits it better than the same label mirrored or
/// moved: on GTA5, Cityscapes and CamVid by at least a seventh, and usually twice.
struct EdgeFit {
  /// The picture's change at the label's edges over its change everywhere; 1 where they have nothing to do with each other.
  let own: Double
  /// The best that the label does mirrored, or moved by a sixteenth of the width or an eighth of the height.
  let elsewhere: Double

  var isStray: Bool { own <= elsewhere }

  /// Fewer edge pixels than this say nothing.
  private static let leastEdges = 50
  /// Wider pictures are made smaller first: edges of labels are not exact to a pixel.
  private static let width = 512

  /// Nil where the label has too few edges, or the picture is of one colour.
  init?(_ picture: Image, _ label: IndexMap) {
    let width = min(picture.size.width, EdgeFit.width)
    let size = PixelSize(width, max(picture.size.height * width / picture.size.width, 1))
    guard size.width > 16, size.height > 16 else { return nil }
    let change = EdgeFit.change(in: picture.size == size ? picture : picture.resized(to: size))
    let label = label.size == size ? label : label.resized(to: size)
    let mean = change.reduce(0, +) / Double(change.count)
    guard mean > 0, let own = EdgeFit.atEdges(of: label.values, size, change) else { return nil }
    let others = [
      EdgeFit.moved(label, mirrored: true), EdgeFit.moved(label, right: size.width / 16), EdgeFit.moved(label, right: size.width - size.width / 16),
      EdgeFit.moved(label, down: size.height / 8),
    ]
    self.own = own / mean
    elsewhere = (others.compactMap { EdgeFit.atEdges(of: $0, size, change) }.max() ?? 0) / mean
  }

  /// The sum of the differences of each pixel's neighbours, across and down, in grey levels.
  private static func change(in picture: Image) -> [Double] {
    let (width, height) = (picture.size.width, picture.size.height)
    var grey = [Int](repeating: 0, count: width * height)
    for (place, value) in picture.pixels.enumerated() { grey[place / 3] += Int(value) }
    var change = [Double](repeating: 0, count: width * height)
    for y in 1..<height - 1 {
      for x in 1..<width - 1 {
        let i = y * width + x
        let across = abs(grey[i + 1] - grey[i - 1]), down = abs(grey[i + width] - grey[i - width])
        change[i] = Double(across + down)
      }
    }
    return change
  }

  /// The mean change where a pixel's class is another than that of its neighbour to the right or below; an ignored pixel has no class.
  private static func atEdges(of classes: [UInt8], _ size: PixelSize, _ change: [Double]) -> Double? {
    var sum = 0.0, count = 0
    for y in 1..<size.height - 1 {
      for x in 1..<size.width - 1 {
        let i = y * size.width + x, own = classes[i], right = classes[i + 1], below = classes[i + size.width]
        guard own != CityscapesClass.ignored else { continue }
        guard own != right && right != CityscapesClass.ignored || own != below && below != CityscapesClass.ignored else { continue }
        sum += change[i]
        count += 1
      }
    }
    return count < leastEdges ? nil : sum / Double(count)
  }

  /// Moved around the border, so that as many edges stay.
  private static func moved(_ label: IndexMap, mirrored: Bool = false, right: Int = 0, down: Int = 0) -> [UInt8] {
    let (width, height) = (label.size.width, label.size.height)
    var values = label.values
    for y in 0..<height {
      for x in 0..<width {
        let from = mirrored ? width - 1 - x : (x + width - right) % width
        values[y * width + x] = label.values[(y + height - down) % height * width + from]
      }
    }
    return values
  }
}
