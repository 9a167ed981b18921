import Imaging

/// A picture in the making, its colours from 0 to 1 but not held to it.
struct Picture {
  let size: PixelSize
  var pixels: [RGB]

  init(size: PixelSize) {
    self.size = size
    pixels = [RGB](repeating: .zero, count: size.area)
  }

  /// In 8 bits.
  var image: Image {
    var bytes = [UInt8](repeating: 0, count: 3 * size.area)
    for (index, colour) in pixels.enumerated() {
      let byte = colour.clamped(lowerBound: .zero, upperBound: .one) * 255 + 0.5
      for channel in 0..<3 { bytes[3 * index + channel] = UInt8(byte[channel]) }
    }
    return Image(size: size, pixels: bytes)
  }
}

extension Picture {
  /// Blurs by a bell of this deviation in pixels: rows first, then columns; edges are repeated.
  mutating func blur(deviation: Float) {
    guard deviation > 0.05 else { return }
    let radius = Int(deviation * 3) + 1
    // exp(-t) as (1 + t/16)^-16, so that every machine has the same weights.
    var weights = (0...radius).map { offset -> Float in
      let t = Float(offset * offset) / (2 * deviation * deviation)
      var weight = 1 / (1 + t / 16)
      for _ in 0..<4 { weight *= weight }
      return weight
    }
    let total = 2 * weights.reduce(0, +) - weights[0]
    for index in weights.indices { weights[index] /= total }
    pixels = convolved(weights, step: (1, 0))
    pixels = convolved(weights, step: (0, 1))
  }

  private func convolved(_ weights: [Float], step: (x: Int, y: Int)) -> [RGB] {
    let (width, height) = (size.width, size.height)
    var out = pixels
    pixels.withUnsafeBufferPointer { pixels in
      for y in 0..<height {
        for x in 0..<width {
          var sum = pixels[y * width + x] * weights[0]
          for offset in 1..<weights.count {
            let (left, right) = (max(x - offset * step.x, 0), min(x + offset * step.x, width - 1))
            let (above, below) = (max(y - offset * step.y, 0), min(y + offset * step.y, height - 1))
            sum += (pixels[above * width + left] + pixels[below * width + right]) * weights[offset]
          }
          out[y * width + x] = sum
        }
      }
    }
    return out
  }
}
