import Tensors

/// A look that is neither the source's nor the target's: every street has colours, light, textures and a lens of its own, drawn at random.
/// Whoever learns streets from these learns shapes and layouts, as no colour means anything. The idea is Tobin et al., *Domain
/// Randomization for Transferring Deep Neural Networks from Simulation to the Real World*, IROS 2017.
struct VariedLook: StreetLook {
  let palette: StreetPalette
  let light: Daylight
  private let zenith: RGB
  private let horizon: RGB
  private let cloud: RGB
  private let cloudCover: Float
  private let cloudOffset: SIMD2<Float>
  /// Of each material: how strong its pattern is, how many blocks of it lie in a metre, and how much of it is smooth.
  private let grains: [SIMD3<Float>]
  private let salt: UInt32
  private let softness: Float
  private let lens: Lens

  init(seed: UInt64, shadowFall: SIMD2<Float>) {
    var random = RandomStream(seed: seed, purpose: "streets varied look")
    palette = .varied(random: &random)
    zenith = random.colour(from: 0.2)
    horizon = random.colour(from: 0.4)
    cloud = random.colour(from: 0.5)
    let sun = random.uniform(0, 1), ambient = random.uniform(0.35, 0.8)
    light = Daylight(
      towardsSun: Daylight.direction(shadowFall: shadowFall), sun: random.tint() * sun, sky: random.tint() * ambient,
      surroundings: random.tint() * (ambient * random.uniform(0.7, 1)), shadow: random.uniform(0.3, 0.9), contact: random.uniform(0.15, 0.45),
      reflection: random.colour(from: 0.3), haze: horizon, hazeDensity: random.uniform(0, 0.012))
    cloudCover = random.uniform(0.1, 1)
    cloudOffset = .init(random.uniform(0, 500), random.uniform(0, 500))
    grains = (0...Int(Material.glass.rawValue)).map { _ in .init(random.uniform(0, 0.35), random.uniform(0.5, 10), random.uniform()) }
    salt = UInt32(truncatingIfNeeded: random.next())
    softness = random.uniform(0, 1)
    lens = Lens(
      strength: .init(
        haze: 1, cast: random.uniform(-1, 1), exposure: random.uniform(-1, 1), contrast: random.uniform(-0.5, 1.2), vignette: random.uniform(),
        blur: random.uniform(), grain: random.uniform()),
      random: &random)
  }

  func picture(of view: StreetView) -> Picture {
    let shadows = Shadows(of: view), radius = Int(softness * Float(view.width) / 80)
    return lens.through(painted(view, shadows: radius > 0 ? shadows.softened(radius: radius) : shadows))
  }

  func sky(_ direction: SIMD2<Float>) -> RGB {
    let low = clampedToUnit(1 - direction.y * 2.1)
    let plane = 3 / (max(direction.y, 0) + 0.12)
    let (u, v) = (direction.x * plane * 0.5 + cloudOffset.x, plane * 0.5 + cloudOffset.y)
    let depth = StreetNoise.smooth(u, v, salt) + 0.5 * StreetNoise.smooth(u * 2.6, v * 2.6, salt &+ 1) - cloudCover
    return zenith.mixed(with: horizon, low * low.squareRoot()).mixed(with: cloud, clampedToUnit(depth * (1 + 4 * softness)))
  }

  @inline(__always)
  func texture(_ surface: PaintedSurface, _ spot: Spot) -> Float { 1 }

  @inline(__always)
  func wear(_ surface: PaintedSurface, _ spot: Spot) -> Float {
    let number = surface.finish.material.rawValue, grain = grains[Int(number)], depth = grain.x * spot.visibility(of: 1 / grain.y)
    guard depth > 0 else { return 1 }
    let (u, v) = (spot.u * grain.y + surface.salt, spot.v * grain.y)
    let noise = grain.z < 0.5 ? StreetNoise.smooth(u, v, salt &+ UInt32(number)) : StreetNoise.blocks(u, v, salt &+ UInt32(number))
    return 1 + depth * noise
  }
}

extension RandomStream {
  /// Any colour that is at least so light.
  fileprivate mutating func colour(from low: Float = 0.05) -> RGB {
    let grey = uniform(low, 1), saturation = uniform(0, 0.5)
    return (RGB(repeating: grey) + RGB(uniform(-1, 1), uniform(-1, 1), uniform(-1, 1)) * saturation).clamped(lowerBound: RGB(repeating: 0.03), upperBound: .one)
  }

  /// White, with a slight cast.
  fileprivate mutating func tint() -> RGB { RGB(uniform(0.8, 1), uniform(0.8, 1), uniform(0.8, 1)) }
}

extension StreetPalette {
  /// One to four colours for each tint, at random.
  fileprivate static func varied(random: inout RandomStream) -> StreetPalette {
    var colours: [[RGB]] = []
    for tint in Tint.allCases {
      let count = tint.isOfOneKind ? 1 : 4
      colours.append((0..<count).map { _ in random.colour() })
    }
    return StreetPalette(colours: colours)
  }
}

extension Tint {
  /// Whether things of this tint look alike on one street, as its asphalt does and its cars do not.
  fileprivate var isOfOneKind: Bool {
    switch self {
    case .facade, .shop, .awning, .door, .cloth, .trousers, .bag, .helmet, .car, .truck, .cargo, .bus, .tram, .band, .motorcycle, .bicycle, .sign, .leaf: false
    default: true
    }
  }
}
