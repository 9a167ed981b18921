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
    convolve(weights, step: 1, along: size.width, rows: size.height, apart: size.width)
    convolve(weights, step: size.width, along: size.height, rows: size.width, apart: 1)
  }

  /// Convolves lines of pixels that lie `step` apart, from a copy of each line with its ends repeated.
  private mutating func convolve(_ weights: [Float], step: Int, along count: Int, rows: Int, apart: Int) {
    let radius = weights.count - 1
    var line = [RGB](repeating: .zero, count: count + 2 * radius)
    pixels.withUnsafeMutableBufferPointer { pixels in
      line.withUnsafeMutableBufferPointer { line in
        for row in 0..<rows {
          let start = row * apart
          for place in 0..<line.count { line[place] = pixels[start + min(max(place - radius, 0), count - 1) * step] }
          for place in 0..<count {
            var sum = line[place + radius] * weights[0]
            for offset in 1...radius { sum += (line[place + radius - offset] + line[place + radius + offset]) * weights[offset] }
            pixels[start + place * step] = sum
          }
        }
      }
    }
  }
}
