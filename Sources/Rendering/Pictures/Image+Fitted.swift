package import Imaging

extension Image {
  /// The picture made smaller so that it fits, its sides in proportion; itself where it fits already.
  package func fitted(into box: PixelSize) -> Image {
    let scale = min(Double(box.width) / Double(size.width), Double(box.height) / Double(size.height))
    guard scale < 1 else { return self }
    let target = PixelSize(max(Int(Double(size.width) * scale), 1), max(Int(Double(size.height) * scale), 1))
    // Colours that mean something are not mixed: a mixture may mean something else.
    return hasFewColours ? reducedByVote(to: target) : reduced(to: target)
  }

  private func colour(_ pixel: Int) -> UInt32 { UInt32(pixels[3 * pixel]) << 16 | UInt32(pixels[3 * pixel + 1]) << 8 | UInt32(pixels[3 * pixel + 2]) }

  /// Whether this looks like a label map, which has a colour for each class.
  private var hasFewColours: Bool {
    var found: Set<UInt32> = []
    for pixel in 0..<size.area where found.insert(colour(pixel)).inserted && found.count > 32 { return false }
    return true
  }

  /// Each pixel the most frequent colour of the area it covers, of two the one that comes first.
  private func reducedByVote(to target: PixelSize) -> Image {
    var out = Image(size: target)
    for y in 0..<target.height {
      let rows = span(y, of: target.height, size.height)
      for x in 0..<target.width {
        var votes: [(colour: UInt32, count: Int)] = []
        for row in rows {
          for column in span(x, of: target.width, size.width) {
            let colour = colour(row * size.width + column)
            if let place = votes.firstIndex(where: { $0.colour == colour }) { votes[place].count += 1 } else { votes.append((colour, 1)) }
          }
        }
        let most = votes.map(\.count).max() ?? 0
        let chosen = votes.first { $0.count == most }?.colour ?? 0
        for (channel, shift) in [16, 8, 0].enumerated() { out.pixels[3 * (y * target.width + x) + channel] = UInt8(chosen >> UInt32(shift) & 255) }
      }
    }
    return out
  }

  /// The rows or columns that one of `count` covers: at least one.
  private func span(_ index: Int, of count: Int, _ all: Int) -> Range<Int> {
    let first = index * all / count
    return first..<max((index + 1) * all / count, first + 1)
  }

  /// Each pixel the mean of the area it covers, counted in whole source pixels: a preview needs no better filter.
  private func reduced(to target: PixelSize) -> Image {
    var out = Image(size: target)
    let columns = (0...target.width).map { $0 * size.width / target.width }
    for y in 0..<target.height {
      let top = y * size.height / target.height
      let bottom = max((y + 1) * size.height / target.height, top + 1)
      for x in 0..<target.width {
        let left = columns[x]
        let right = max(columns[x + 1], left + 1)
        var sums = (0, 0, 0)
        for row in top..<bottom {
          for pixel in stride(from: 3 * (row * size.width + left), to: 3 * (row * size.width + right), by: 3) {
            sums.0 += Int(pixels[pixel])
            sums.1 += Int(pixels[pixel + 1])
            sums.2 += Int(pixels[pixel + 2])
          }
        }
        let count = (bottom - top) * (right - left)
        let at = 3 * (y * target.width + x)
        out.pixels[at] = UInt8((sums.0 + count / 2) / count)
        out.pixels[at + 1] = UInt8((sums.1 + count / 2) / count)
        out.pixels[at + 2] = UInt8((sums.2 + count / 2) / count)
      }
    }
    return out
  }
}
