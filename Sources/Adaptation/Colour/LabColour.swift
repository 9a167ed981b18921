internal import Glibc
import Imaging

/// A colour in CIE L*a*b*, of sRGB under the daylight D65: CIE 1976, sRGB by IEC 61966-2-1, with the constants of scikit-image.
struct LabColour {
  /// Lightness 0...100, green to red, blue to yellow.
  var values: SIMD3<Float>

  private static let white = SIMD3<Float>(0.95047, 1, 1.08883)

  /// - Parameter linear: red, green and blue as amounts of light, 0...1.
  init(linear: SIMD3<Float>) {
    let x = linear.x * 0.412453 + linear.y * 0.357580 + linear.z * 0.180423
    let y = linear.x * 0.212671 + linear.y * 0.715160 + linear.z * 0.072169
    let z = linear.x * 0.019334 + linear.y * 0.119193 + linear.z * 0.950227
    let part = SIMD3(x, y, z) / Self.white, root = SIMD3(Self.root(part.x), Self.root(part.y), Self.root(part.z))
    values = SIMD3(116 * root.y - 16, 500 * (root.x - root.y), 200 * (root.y - root.z))
  }

  init(_ values: SIMD3<Float>) { self.values = values }

  /// As amounts of light, which may leave 0...1: not every L*a*b* is a colour.
  var linear: SIMD3<Float> {
    let middle = (values.x + 16) / 116, root = SIMD3(values.y / 500 + middle, middle, max(middle - values.z / 200, 0))
    let light = SIMD3(Self.cube(root.x), Self.cube(root.y), Self.cube(root.z)) * Self.white
    return SIMD3(
      light.x * 3.240_481_34 - light.y * 1.537_151_52 - light.z * 0.498_536_33, light.y * 1.875_990_0 - light.x * 0.969_254_95 + light.z * 0.041_555_93,
      light.x * 0.055_646_64 - light.y * 0.204_041_34 + light.z * 1.057_311_07)
  }

  private static func root(_ part: Float) -> Float { part > 0.008856 ? cbrtf(part) : 7.787 * part + 16 / 116 }
  private static func cube(_ root: Float) -> Float { root > 0.206_896_6 ? root * root * root : (root - 16 / 116) / 7.787 }

  /// The light of an 8-bit value, which may lie between two.
  static func light(of value: Float) -> Float {
    let clipped = min(max(value, 0), 255), whole = Int(clipped)
    return Float(whole) == clipped ? table[whole] : light(ofShare: clipped / 255)
  }

  /// Of every 8-bit value.
  private static let table = (0...255).map { light(ofShare: Float($0) / 255) }

  private static func light(ofShare share: Float) -> Float { share > 0.04045 ? powf((share + 0.055) / 1.055, 2.4) : share / 12.92 }

  /// The other way round, 0...255.
  static func value(ofLight light: Float) -> Float {
    let share = light > 0.0031308 ? 1.055 * powf(light, 1 / 2.4) - 0.055 : 12.92 * light
    return 255 * min(max(share, 0), 1)
  }
}

extension FloatImage {
  /// Every pixel, from values clipped to 0...255.
  var labColours: [SIMD3<Float>] {
    stride(from: 0, to: pixels.count, by: 3).map { i in
      LabColour(linear: SIMD3(LabColour.light(of: pixels[i]), LabColour.light(of: pixels[i + 1]), LabColour.light(of: pixels[i + 2]))).values
    }
  }
}
