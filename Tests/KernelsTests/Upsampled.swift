#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif
import Testing

/// Bilinear upsampling with aligned corners, and softmax on top, in the plainest way and in double precision.
struct Upsampled {
  let low: Map
  let height: Int, width: Int

  /// The low lines that output line `i` of `outputs` is made from, and their weights.
  static func lines(_ i: Int, _ outputs: Int, _ lows: Int) -> [(line: Int, weight: Double)] {
    let position = outputs > 1 ? Double(i) * Double(lows - 1) / Double(outputs - 1) : 0
    let line = min(Int(position), lows - 1), fraction = position - Double(line)
    return [(line, 1 - fraction), (min(line + 1, lows - 1), fraction)]
  }

  func logit(_ n: Int, _ y: Int, _ x: Int, _ c: Int) -> Double {
    var value = 0.0
    for (r, p) in Upsampled.lines(y, height, low.shape.height) {
      for (s, q) in Upsampled.lines(x, width, low.shape.width) { value += p * q * Double(low[n, r, s, c]) }
    }
    return value
  }

  func logits(_ n: Int, _ y: Int, _ x: Int) -> [Double] { (0..<low.shape.channels).map { logit(n, y, x, $0) } }

  func softmax(_ n: Int, _ y: Int, _ x: Int) -> [Double] {
    let logits = logits(n, y, x), largest = logits.max()!
    let powers = logits.map { exp($0 - largest) }, total = powers.reduce(0, +)
    return powers.map { $0 / total }
  }

  /// The adjoint: takes a gradient at each pixel of the output to the low map, as an array of its values.
  func adjoint(_ gradient: (Int, Int, Int) -> [Double]) -> [Double] {
    let shape = low.shape
    var result = [Double](repeating: 0, count: shape.pixels * shape.channels)
    for n in 0..<shape.images {
      for y in 0..<height {
        for x in 0..<width {
          let values = gradient(n, y, x)
          for (r, p) in Upsampled.lines(y, height, shape.height) {
            for (s, q) in Upsampled.lines(x, width, shape.width) {
              let at = ((n * shape.height + r) * shape.width + s) * shape.channels
              for c in 0..<shape.channels { result[at + c] += p * q * values[c] }
            }
          }
        }
      }
    }
    return result
  }
}

/// A low-resolution map and the size it is brought to.
struct Enlargement: Sendable, CustomTestStringConvertible {
  let low: Shape
  let height: Int, width: Int
  init(_ low: Shape, _ height: Int, _ width: Int) { (self.low, self.height, self.width) = (low, height, width) }
  var testDescription: String { "\(low.testDescription) to \(height)x\(width)" }

  static let table = [
    Enlargement(Shape(2, 4, 6, 19), 32, 48), Enlargement(Shape(1, 3, 5, 19, gap: 1), 40, 75), Enlargement(Shape(1, 1, 1, 19), 1, 1),
    Enlargement(Shape(2, 1, 1, 4), 5, 21), Enlargement(Shape(1, 1, 4, 3), 7, 16), Enlargement(Shape(1, 5, 1, 8), 17, 3),
    Enlargement(Shape(2, 5, 7, 20), 5, 7), Enlargement(Shape(1, 3, 9, 19), 1, 1), Enlargement(Shape(1, 9, 40, 16), 4, 17),
    Enlargement(Shape(1, 6, 11, 2, gap: 3), 11, 21), Enlargement(Shape(1, 4, 4, 33), 13, 50), Enlargement(Shape(1, 2, 3, 100), 9, 33),
    Enlargement(Shape(1, 4, 6, 1), 9, 20),
  ]
}
