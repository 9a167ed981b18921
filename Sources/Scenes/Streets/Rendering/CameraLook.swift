import Tensors

/// The look of the target: a camera under clouds. Grey and beige colours, soft light, worn textures, and then the lens.
struct CameraLook: StreetLook {
  /// How far each part of this look is from the rendered one: 0 is none, 1 is full. Chosen once, so that a network of the source still
  /// knows something here and adaptation has something to gain.
  struct Strength {
    var palette: Float = 0.9
    var light: Float = 0.9
    var texture: Float = 1
    var sky: Float = 0.85
    var lens = Lens.Strength()
  }

  let palette: StreetPalette
  let light: Daylight
  private let strength: Strength
  private let cloud: RGB
  private let cloudDepth: Float
  private let zenithFall: Float
  private let cloudOffset: SIMD2<Float>
  private let textureOffset: SIMD2<Float>
  private let lens: Lens

  init(seed: UInt64, shadowFall: SIMD2<Float>, strength: Strength = Strength()) {
    var random = RandomStream(seed: seed, purpose: "streets camera look")
    self.strength = strength
    palette = StreetPalette.rendered.mixed(with: .camera, strength.palette)
    let hard = 1 - strength.light
    light = Daylight(
      towardsSun: Daylight.direction(shadowFall: shadowFall), sun: RGB(repeating: 0.24 + 0.6 * hard),
      sky: RGB(0.74, 0.77, 0.8).mixed(with: RGB(0.42, 0.46, 0.56), hard),
      surroundings: RGB(0.6, 0.62, 0.64).mixed(with: RGB(0.42, 0.44, 0.5), hard),
      shadow: random.uniform(0.45, 0.8), contact: 0.38, reflection: RGB(0.76, 0.79, 0.82),
      haze: RGB(0.8, 0.83, 0.84), hazeDensity: strength.lens.haze / random.uniform(70, 190))
    cloud = RGB(0.886, 0.898, 0.906) * random.uniform(0.9, 1.04)
    cloudDepth = random.uniform(0.03, 0.09)
    zenithFall = random.uniform(0, 1.6)
    cloudOffset = .init(random.uniform(0, 500), random.uniform(0, 500))
    textureOffset = .init(random.uniform(0, 60), random.uniform(0, 60))
    lens = Lens(strength: strength.lens, random: &random)
  }

  func picture(of view: StreetView) -> Picture {
    let radius = max(view.width / 110, 1)
    return lens.through(painted(view, shadows: Shadows(of: view).softened(radius: radius)))
  }

  func sky(_ direction: SIMD2<Float>) -> RGB {
    let up = max(direction.y, 0)
    let plane = 3 / (up + 0.14)
    let (u, v) = (direction.x * plane * 0.4 + cloudOffset.x, plane * 0.4 + cloudOffset.y)
    let depth = StreetNoise.smooth(u, v, 23) + 0.6 * StreetNoise.smooth(u * 2.6, v * 2.6, 24)
    let clouds = cloud + RGB(0.9, 1, 1.15) * (depth * cloudDepth) - RGB(0.1, 0.07, 0.03) * (zenithFall * clampedToUnit(up * 2.1))
    let low = clampedToUnit(1 - direction.y * 2.1)
    let blue = RGB(hex: 0x3A76D6).mixed(with: RGB(hex: 0xA8CEF4), low * low.squareRoot())
    return blue.mixed(with: clouds, strength.sky)
  }

  /// Joints, courses and seams, fainter than in a rendered world.
  @inline(__always)
  func texture(_ surface: PaintedSurface, _ spot: Spot) -> Float {
    switch surface.finish.material {
    case .masonry where fraction(spot.v / 0.3) < 0.12: 1 - 0.14 * spot.visibility(of: 0.5)
    case .roof where fraction(spot.v / 0.4) < 0.2: 1 - 0.14 * spot.visibility(of: 0.5)
    case .paving where fraction(spot.u / 0.6) < 0.07 || fraction(spot.v / 0.6) < 0.07: 1 - 0.14 * spot.visibility(of: 0.6)
    default: 1
    }
  }

  /// Noise of three sizes: stains, wear and grit, how much of each depends on the material; and cracks in asphalt, soot on houses.
  @inline(__always)
  func wear(_ surface: PaintedSurface, _ spot: Spot) -> Float {
    let material = surface.finish.material
    let amounts = CameraLook.amounts(material) * strength.texture
    let (u, v) = (spot.u + textureOffset.x + surface.salt, spot.v + textureOffset.y)
    var factor: Float = 1
    if amounts.x > 0 { factor += amounts.x * StreetNoise.smooth(u * 0.45, v * 0.45, 11) }
    let wear = spot.visibility(of: 0.9) * amounts.y
    if wear > 0 { factor += wear * StreetNoise.smooth(u * 2.1, v * 2.1, 12) }
    let grit = spot.visibility(of: 0.2) * amounts.z
    if grit > 0 { factor += grit * StreetNoise.smooth(u * 9, v * 9, 13) }
    if material == .asphalt {
      let crack = spot.visibility(of: 0.3)
      if crack > 0, abs(StreetNoise.smooth(u * 1.1, v * 0.5, 14)) < 0.02, StreetNoise.smooth(u * 0.5, v * 0.3, 15) > 0.1 {
        factor *= 1 - 0.28 * crack * strength.texture
      }
    } else if material == .facade {
      factor *= 1 - 0.12 * clampedToUnit(1 - spot.v / 4)
    }
    return max(factor, 0.2)
  }

  @inline(__always)
  private static func amounts(_ material: Material) -> SIMD3<Float> {
    switch material {
    case .asphalt: .init(0.10, 0.07, 0.08)
    case .marking: .init(0.12, 0.16, 0.12)
    case .paving: .init(0.10, 0.12, 0.10)
    case .facade, .roof: .init(0.10, 0.07, 0.05)
    case .masonry, .bark: .init(0.16, 0.12, 0.10)
    case .leaves, .hedge: .init(0.20, 0.45, 0.40)
    case .grass: .init(0.22, 0.22, 0.25)
    case .paint: .init(0.03, 0.03, 0.02)
    case .cloth: .init(0, 0.12, 0.08)
    case .bars, .planks: .init(0.1, 0.1, 0.1)
    case .glass, .shopfront: .init(0.06, 0.14, 0)
    case .plain: .init(0.05, 0.05, 0.05)
    }
  }
}
