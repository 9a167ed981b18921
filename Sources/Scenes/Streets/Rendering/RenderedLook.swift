import Tensors

/// The look of the source: a rendered world of clear colours, crisp shadows and regular textures, on three kinds of day.
struct RenderedLook: StreetLook {
  /// Sunny, hazy noon, low sun.
  enum Day { case sunny, hazy, low }

  let palette = StreetPalette.rendered
  let light: Daylight
  private let zenith: RGB
  private let horizon: RGB
  private let cloudCover: Float
  private let cloudOffset: SIMD2<Float>
  private let exposure: Float
  private let saturation: Float
  private let contrast: Float

  init(seed: UInt64, shadowFall: SIMD2<Float>) {
    var random = RandomStream(seed: seed, purpose: "streets rendered look")
    let day = [Day.sunny, .hazy, .low][random.pick(weights: [0.6, 0.25, 0.15])]
    let sun = Daylight.direction(shadowFall: shadowFall)
    switch day {
    case .sunny:
      (zenith, horizon) = (RGB(hex: 0x3A76D6), RGB(hex: 0xA8CEF4))
      light = Daylight(
        towardsSun: sun, sun: RGB(0.92, 0.87, 0.78), sky: RGB(0.42, 0.46, 0.56), surroundings: RGB(0.42, 0.44, 0.5), shadow: 0.86,
        contact: 0.25, reflection: RGB(0.62, 0.78, 0.98), haze: horizon, hazeDensity: 0.0006)
    case .hazy:
      (zenith, horizon) = (RGB(hex: 0x96B2D6), RGB(hex: 0xDEE4E8))
      light = Daylight(
        towardsSun: sun, sun: RGB(0.42, 0.41, 0.39), sky: RGB(0.62, 0.64, 0.68), surroundings: RGB(0.52, 0.53, 0.55), shadow: 0.6,
        contact: 0.25, reflection: RGB(0.85, 0.9, 0.96), haze: horizon, hazeDensity: 0.0022)
    case .low:
      (zenith, horizon) = (RGB(hex: 0x5C6EB0), RGB(hex: 0xF6C48C))
      light = Daylight(
        towardsSun: sun, sun: RGB(0.98, 0.8, 0.58), sky: RGB(0.44, 0.42, 0.5), surroundings: RGB(0.44, 0.4, 0.42), shadow: 0.84,
        contact: 0.25, reflection: RGB(0.98, 0.82, 0.66), haze: horizon, hazeDensity: 0.0012)
    }
    cloudCover = random.uniform(0.25, 0.8)
    cloudOffset = .init(random.uniform(0, 500), random.uniform(0, 500))
    exposure = random.uniform(0.8, 1.12)
    saturation = random.uniform(0.98, 1.25)
    contrast = random.uniform(0.94, 1.1)
  }

  func picture(of view: StreetView) -> Picture {
    var picture = painted(view, shadows: Shadows(of: view))
    for index in picture.pixels.indices {
      let colour = picture.pixels[index] * exposure
      let grey = RGB(repeating: colour.mean)
      picture.pixels[index] = (grey.mixed(with: colour, saturation) - 0.45) * contrast + 0.45
    }
    return picture
  }

  func sky(_ direction: SIMD2<Float>) -> RGB {
    let low = clampedToUnit(1 - direction.y * 2.1)
    let clear = zenith.mixed(with: horizon, low * low.squareRoot())
    let plane = 3 / (max(direction.y, 0) + 0.1)
    let (u, v) = (direction.x * plane * 0.55 + cloudOffset.x, plane * 0.55 + cloudOffset.y)
    let cloud = StreetNoise.smooth(u, v, 21) + 0.5 * StreetNoise.smooth(u * 2.6, v * 2.6, 22) - cloudCover
    return cloud > 0.12 ? RGB(0.98, 0.98, 0.98) : cloud > 0 ? RGB(0.9, 0.92, 0.96) : clear
  }

  @inline(__always)
  func wear(_ surface: PaintedSurface, _ spot: Spot) -> Float { 1 }

  @inline(__always)
  func texture(_ surface: PaintedSurface, _ spot: Spot) -> Float {
    let (u, v) = (spot.u, spot.v)
    switch surface.finish.material {
    case .asphalt: return 1 + 0.05 * StreetNoise.blocks(u * 6, v * 6, 1) * spot.visibility(of: 0.16)
    case .paving:
      let isJoint = fraction(u / 0.8) < 0.06 || fraction(v / 0.8) < 0.06
      return (isJoint ? 1 - 0.2 * spot.visibility(of: 0.8) : 1) + 0.04 * StreetNoise.blocks(u / 0.8, v / 0.8, 2)
    case .facade:
      return surface.finish.shade < 0.7 ? bricks(u, v, width: 0.6, height: 0.3, depth: 0.14 * spot.visibility(of: 0.5)) : 1
    case .masonry: return bricks(u, v, width: 1, height: 0.5, depth: 0.24 * spot.visibility(of: 0.7))
    case .roof: return fraction(v / 0.4) < 0.2 ? 1 - 0.25 * spot.visibility(of: 0.5) : 1
    case .leaves, .hedge:
      // Leaves in three steps of light, as a painter of scenery would set them.
      let clump = StreetNoise.smooth(u * 2.4, v * 2.4, 3) + 0.7 * StreetNoise.smooth(u * 6, v * 6, 4) * spot.visibility(of: 0.3)
      return clump > 0.28 ? 1.16 : clump < -0.28 ? 0.82 : 1
    case .grass: return 1 + 0.12 * StreetNoise.blocks(u * 4, v * 4, 5) * spot.visibility(of: 0.4)
    case .bark: return 1 + 0.18 * StreetNoise.blocks(u * 14, v * 2, 6) * spot.visibility(of: 0.2)
    case .cloth: return 1 + 0.06 * StreetNoise.blocks(u * 9, v * 5, 8) * spot.visibility(of: 0.3)
    default: return 1
    }
  }

  @inline(__always)
  private func bricks(_ u: Float, _ v: Float, width: Float, height: Float, depth: Float) -> Float {
    let row = v / height
    let shift: Float = Int32(below: row) & 1 == 0 ? 0 : 0.5
    return fraction(row) < 0.14 || fraction(u / width + shift) < 0.07 ? 1 - depth : 1
  }
}
