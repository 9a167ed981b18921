internal import Glibc
public import Imaging

extension FloatImage {
  /// Blurred by a Gaussian of this deviation in pixels, as torchvision and kornia define it, with the kernel that DACS takes: in each direction
  /// its side is odd and about a tenth of the picture's. (What lies beyond six deviations, 2e-8 of the middle, is left out.) Beyond its border
  /// the picture is mirrored, the border itself not repeated.
  public func blurred(deviation: Float) -> FloatImage {
    precondition(deviation > 0, "a Gaussian has a width")
    guard size.area > 0 else { return self }
    let row = 3 * size.width, across = Self.taps(deviation, side: size.width), down = Self.taps(deviation, side: size.height)
    var middle = [Float](repeating: 0, count: pixels.count), out = middle
    var line = [Float](repeating: 0, count: row + 3 * (across.count - 1))
    for y in 0..<size.height {
      for x in 0..<size.width + across.count - 1 {
        let from = y * row + 3 * Self.mirrored(x - across.count / 2, size.width)
        for c in 0..<3 { line[3 * x + c] = pixels[from + c] }
      }
      for (k, tap) in across.enumerated() { Self.add(line, at: 3 * k, times: tap, to: &middle, at: y * row, count: row) }
    }
    for y in 0..<size.height {
      for (k, tap) in down.enumerated() {
        Self.add(middle, at: Self.mirrored(y + k - down.count / 2, size.height) * row, times: tap, to: &out, at: y * row, count: row)
      }
    }
    return FloatImage(size: size, pixels: out)
  }

  /// The Gaussian at the pixels of the kernel; their sum is 1.
  private static func taps(_ deviation: Float, side: Int) -> [Float] {
    let tenth = (side + 9) / 10, radius = min((tenth - 1 + tenth % 2) / 2, Int((6 * deviation).rounded(.up)))
    let weights = (-radius...radius).map { exp(-Double($0 * $0) / (2 * Double(deviation) * Double(deviation))) }
    let sum = weights.reduce(0, +)
    return weights.map { Float($0 / sum) }
  }

  private static func mirrored(_ place: Int, _ count: Int) -> Int { place < 0 ? -place : place < count ? place : 2 * count - 2 - place }

  private static func add(_ from: [Float], at start: Int, times factor: Float, to: inout [Float], at end: Int, count: Int) {
    from.withUnsafeBufferPointer { from in
      to.withUnsafeMutableBufferPointer { to in
        for i in 0..<count { to[end + i] += factor * from[start + i] }
      }
    }
  }
}
