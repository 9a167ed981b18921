/// Noise from hashed lattice points: the same numbers everywhere, for textures that stick to the street.
enum StreetNoise {
  /// A number from 0 to 1 for a cell.
  @inline(__always)
  static func cell(_ i: Int32, _ j: Int32, _ seed: UInt32) -> Float {
    Float(hash(i, j, seed) >> 8) * 0x1p-24
  }

  /// Smooth noise from -1 to 1 that changes over about one unit.
  @inline(__always)
  static func smooth(_ u: Float, _ v: Float, _ seed: UInt32) -> Float {
    let (i, j) = (Int32(below: u), Int32(below: v))
    var (s, t) = (u - Float(i), v - Float(j))
    s = s * s * (3 - 2 * s)
    t = t * t * (3 - 2 * t)
    let (k, l) = (i &+ 1, j &+ 1)
    let low = cell(i, j, seed) * (1 - s) + cell(k, j, seed) * s
    let high = cell(i, l, seed) * (1 - s) + cell(k, l, seed) * s
    return 2 * (low * (1 - t) + high * t) - 1
  }

  /// Noise from -1 to 1 in square blocks of one unit.
  @inline(__always)
  static func blocks(_ u: Float, _ v: Float, _ seed: UInt32) -> Float { 2 * cell(Int32(below: u), Int32(below: v), seed) - 1 }

  /// Nearly normal noise of deviation 1 for a pixel: the sum of four bytes.
  @inline(__always)
  static func grain(_ i: Int32, _ j: Int32, _ seed: UInt32) -> Float {
    let bits = hash(i, j, seed)
    let sum = (bits & 255) + (bits >> 8 & 255) + (bits >> 16 & 255) + (bits >> 24)
    return (Float(sum) - 510) * (1 / 147.8)
  }

  @inline(__always)
  private static func hash(_ i: Int32, _ j: Int32, _ seed: UInt32) -> UInt32 {
    var h = UInt32(bitPattern: i) &* 0x85EB_CA6B ^ UInt32(bitPattern: j) &* 0xC2B2_AE35 ^ seed &* 0x27D4_EB2F
    h = (h ^ h >> 15) &* 0x2C1B_3C6D
    h = (h ^ h >> 12) &* 0x297A_2D39
    return h ^ h >> 15
  }
}

extension Int32 {
  /// The whole number at or below.
  @inline(__always)
  init(below x: Float) {
    let whole = Int32(x)
    self = Float(whole) > x ? whole &- 1 : whole
  }
}

/// What is left above the whole number below: 0 to 1.
@inline(__always)
func fraction(_ x: Float) -> Float { x - Float(Int32(below: x)) }

/// Held to 0...1.
@inline(__always)
func clampedToUnit(_ x: Float) -> Float { min(max(x, 0), 1) }
