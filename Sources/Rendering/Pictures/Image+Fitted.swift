package import Imaging

extension Image {
  /// The picture made smaller so that it fits, its sides in proportion; itself where it fits already.
  package func fitted(into box: PixelSize) -> Image {
    let scale = min(Double(box.width) / Double(size.width), Double(box.height) / Double(size.height))
    guard scale < 1 else { return self }
    let target = PixelSize(max(Int(Double(size.width) * scale), 1), max(Int(Double(size.height) * scale), 1))
    return reduced(to: target)
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
