public import Imaging

// torchvision's definitions (`adjust_brightness`, `adjust_contrast`, `adjust_saturation`, `adjust_hue`), on floats of 0...255 without
// rounding in between. Each blends with another picture and clips.
extension FloatImage {
  /// Every value times `factor`, clipped to 0...255: a blend with black.
  public func brightened(by factor: Float) -> FloatImage {
    FloatImage(size: size, pixels: pixels.map { clipped($0 * factor) })
  }

  /// A blend with the mean grey of the whole picture: 0 is flat, 1 is unchanged, more is stronger. Clipped to 0...255.
  public func contrasted(by factor: Float) -> FloatImage {
    guard size.area > 0 else { return self }
    var sum = 0.0
    for y in 0..<size.height {
      var row: Float = 0
      for x in 0..<size.width { row += grey(3 * (y * size.width + x)) }
      sum += Double(row)
    }
    let mean = Float(sum / Double(size.area)) * (1 - factor)
    return FloatImage(size: size, pixels: pixels.map { clipped($0 * factor + mean) })
  }

  /// A blend of each pixel with its own grey: 0 is grey, 1 is unchanged, more is gaudier. Clipped to 0...255.
  public func saturated(by factor: Float) -> FloatImage {
    var out = pixels
    for i in stride(from: 0, to: pixels.count, by: 3) {
      let grey = grey(i) * (1 - factor)
      for c in i..<i + 3 { out[c] = clipped(pixels[c] * factor + grey) }
    }
    return FloatImage(size: size, pixels: out)
  }

  /// Hues turned by `shift` of a whole turn, -0.5...0.5; values are first clipped to 0...255.
  public func hueShifted(by shift: Float) -> FloatImage {
    var out = pixels
    for i in stride(from: 0, to: pixels.count, by: 3) {
      let (red, green, blue) = (clipped(pixels[i]), clipped(pixels[i + 1]), clipped(pixels[i + 2]))
      let high = max(red, green, blue), low = min(red, green, blue)
      let spread = high - low
      guard spread > 0 else { continue }
      var sector: Float  // of six: red, yellow, green, cyan, blue, magenta
      if high == red {
        sector = (green - blue) / spread
      } else if high == green {
        sector = (blue - red) / spread + 2
      } else {
        sector = (red - green) / spread + 4
      }
      sector += 6 * shift
      sector -= 6 * (sector / 6).rounded(.down)
      // A channel is full within one sector of its own hue, absent beyond two, and in between a ramp.
      for (c, own) in [Float(0), 2, 4].enumerated() {
        let distance = min(abs(sector - own), 6 - abs(sector - own))
        out[i + c] = low + spread * min(max(2 - distance, 0), 1)
      }
    }
    return FloatImage(size: size, pixels: out)
  }

  /// ITU-R 601 luma as torchvision weighs it, of the pixel whose red is at `i`.
  @inline(__always) private func grey(_ i: Int) -> Float {
    0.2989 * pixels[i] + 0.587 * pixels[i + 1] + 0.114 * pixels[i + 2]
  }
}

@inline(__always) private func clipped(_ value: Float) -> Float { min(max(value, 0), 255) }
