import Kernels
import Testing

/// The size of a map. `gap` floats lie between the channels of one pixel and those of the next, as in a slice of a concatenation.
struct Shape: Sendable, CustomTestStringConvertible {
  var images: Int, height: Int, width: Int, channels: Int
  var gap = 0

  init(_ images: Int, _ height: Int, _ width: Int, _ channels: Int, gap: Int = 0) {
    (self.images, self.height, self.width, self.channels, self.gap) = (images, height, width, channels, gap)
  }

  var pixels: Int { images * height * width }
  var testDescription: String { "\(images)x\(height)x\(width)x\(channels)+\(gap)" }

  func sized(_ height: Int, _ width: Int) -> Shape { Shape(images, height, width, channels, gap: gap) }

  /// Channel counts on both sides of sixteen, dense and sliced, one pixel, several tiles.
  static let table = [
    Shape(1, 1, 1, 1), Shape(2, 5, 7, 1), Shape(1, 3, 5, 3), Shape(2, 7, 9, 4), Shape(2, 6, 5, 4, gap: 5), Shape(1, 9, 11, 8),
    Shape(2, 4, 4, 16), Shape(1, 5, 3, 16, gap: 16), Shape(2, 9, 5, 19), Shape(1, 6, 7, 19, gap: 1), Shape(2, 3, 7, 20), Shape(2, 5, 6, 32, gap: 96),
    Shape(2, 5, 6, 128), Shape(2, 4, 5, 150, gap: 3), Shape(1, 9, 8, 256),
    Shape(1, 40, 33, 64), Shape(2, 3, 3, 100), Shape(1, 2, 3, 100, gap: 3), Shape(2, 61, 83, 19), Shape(2, 120, 160, 1),
  ]
}

/// Numbers in [-1, 1) that depend on the seed only.
struct Dice {
  private var state: UInt64
  init(_ seed: Int) { state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 &+ 1 }
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
  mutating func float() -> Float { Float(next() >> 40) * 0x1p-23 - 1 }
  static func floats(_ count: Int, seed: Int, scale: Float = 1, offset: Float = 0) -> [Float] {
    var dice = Dice(seed)
    return (0..<count).map { _ in dice.float() * scale + offset }
  }
}

/// A map in memory of its own, surrounded by and interspersed with guard values that nobody may change.
final class Map {
  let shape: Shape
  /// Valid as long as this object: bind the object to a name, do not take the map of a temporary.
  let map: SegueMap
  private let memory: UnsafeMutableBufferPointer<Float>
  private static let guardValue: Float = 777

  init(_ shape: Shape, seed: Int = 1, scale: Float = 1, offset: Float = 0) {
    self.shape = shape
    let stride = shape.channels + shape.gap, margin = 32
    memory = .allocate(capacity: shape.pixels * stride + 2 * margin)
    memory.initialize(repeating: Map.guardValue)
    map = SegueMap(
      data: memory.baseAddress! + margin, images: shape.images, height: shape.height, width: shape.width, channels: shape.channels,
      stride: stride)
    var dice = Dice(seed)
    for pixel in 0..<shape.pixels {
      for c in 0..<shape.channels { map.data[pixel * stride + c] = dice.float() * scale + offset }
    }
  }

  deinit { memory.deallocate() }

  subscript(n: Int, y: Int, x: Int, c: Int) -> Float {
    get { map.data[((n * shape.height + y) * shape.width + x) * map.stride + c] }
    set { map.data[((n * shape.height + y) * shape.width + x) * map.stride + c] = newValue }
  }

  /// All values, in order.
  var values: [Float] {
    (0..<shape.pixels).flatMap { pixel in (0..<shape.channels).map { map.data[pixel * map.stride + $0] } }
  }

  var guardsIntact: Bool {
    memory.count { $0 == Map.guardValue } == memory.count - shape.pixels * shape.channels
  }

  /// Each value is what `reference` says, to `tolerance` of its size or of 1, and nothing was written beside the values.
  func expect(
    tolerance: Double = 1e-5, sourceLocation: SourceLocation = #_sourceLocation, _ reference: (Int, Int, Int, Int) -> Double
  ) {
    #expect(guardsIntact, "written outside of the map", sourceLocation: sourceLocation)
    for n in 0..<shape.images {
      for y in 0..<shape.height {
        for x in 0..<shape.width {
          for c in 0..<shape.channels {
            let want = reference(n, y, x, c), have = Double(self[n, y, x, c])
            guard !(abs(want - have) <= tolerance * max(1, abs(want))) else { continue }
            Issue.record("[\(n), \(y), \(x), \(c)] is \(have), not \(want)", sourceLocation: sourceLocation)
            return
          }
        }
      }
    }
  }

}

extension SegueMap {
  static var absent: SegueMap { SegueMap(data: nil, images: 0, height: 0, width: 0, channels: 0, stride: 0) }
}

/// The sum of a function over the pixels of an image.
func sum(_ height: Int, _ width: Int, _ term: (Int, Int) -> Double) -> Double {
  var total = 0.0
  for y in 0..<height { for x in 0..<width { total += term(y, x) } }
  return total
}

func expectClose(_ have: [Float], _ want: [Double], tolerance: Double = 1e-5, sourceLocation: SourceLocation = #_sourceLocation) {
  #expect(have.count == want.count, sourceLocation: sourceLocation)
  for (index, (a, b)) in zip(have, want).enumerated() where !(abs(Double(a) - b) <= tolerance * max(1, abs(b))) {
    Issue.record("[\(index)] is \(a), not \(b)", sourceLocation: sourceLocation)
    return
  }
}
