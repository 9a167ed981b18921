/// What is drawn on surfaces in both looks alike: windows, shop fronts, bars, panes.
struct Patterns {
  private let panes: [RGB]
  private let frame: RGB
  private let curtain: RGB
  private let gap: RGB
  private let display: RGB
  private let shopSigns: [RGB]
  private let reflection: RGB

  init(palette: StreetPalette, reflection: RGB) {
    panes = [0.1, 0.45, 0.8].map { palette.colour(.pane, $0) }
    frame = palette.colour(.frame, 0.2)
    curtain = palette.colour(.curtain, 0.2)
    gap = palette.colour(.gap, 0.2)
    display = palette.colour(.display, 0.2)
    shopSigns = [0.1, 0.35, 0.6, 0.85].map { palette.colour(.awning, $0) }
    self.reflection = reflection
  }

  /// The colour of a surface at a spot, before texture and light.
  @inline(__always)
  func colour(_ surface: PaintedSurface, _ spot: Spot) -> RGB {
    switch surface.finish.material {
    case .facade: facade(surface, spot)
    case .shopfront: shopfront(surface, spot)
    case .bars: bars(surface, spot)
    case .glass: glass(surface, spot)
    case .planks:
      fraction(spot.u / surface.finish.pattern.x) < 0.12 ? surface.colour * (1 - 0.45 * spot.visibility(of: 0.2)) : surface.colour
    // Lacquer shows the sky above and the road below.
    case .paint:
      surface.colour * (0.86 + 0.2 * clampedToUnit(spot.height - 0.35)) + reflection * (0.06 * clampedToUnit(spot.height - 0.5))
    default: surface.colour
    }
  }

  /// Storeys of windows with frames, sills and, behind some, curtains. The pattern holds the width of a bay, the share of it that is
  /// window, the height of a storey and where storeys begin.
  private func facade(_ surface: PaintedSurface, _ spot: Spot) -> RGB {
    let pattern = surface.finish.pattern
    let level = (spot.v - pattern.w) / pattern.z
    let wall = surface.colour
    if level < 0 { return wall * (spot.v < 0.5 ? 0.8 : 1) }
    let (bay, storey) = (spot.u / pattern.x, level)
    let (a, b) = (fraction(bay), fraction(storey))
    let off = abs(a - 0.5)
    let half = pattern.y / 2
    let sharp = min(max(1.4 - spot.footprint * 4, 0.3), 1)
    if b > 0.2 && b < 0.25 && off < half + 0.05 { return wall.mixed(with: frame, 0.5 * sharp) }
    guard off < half && b >= 0.25 && b < 0.8 else { return wall * (b < 0.03 ? 1 - 0.12 * sharp : 1) }
    let chance = StreetNoise.cell(Int32(below: bay), Int32(below: storey) &+ Int32(surface.finish.shade * 999), 3)
    let border = 0.055 / pattern.x
    let isFrame = off > half - border || b < 0.27 || b > 0.785 || (half * pattern.x > 0.45 && off < border * 0.6)
    if isFrame { return wall.mixed(with: frame, (0.3 + 0.5 * spot.visibility(of: 0.12)) * sharp) }
    var pane = panes[min(Int(chance * 3), 2)]
    if fraction(chance * 17) < 0.3 && off > half * 0.45 { pane = pane.mixed(with: curtain, 0.6) }
    pane += reflection * (0.22 * max(b - 0.45, 0))
    return wall.mixed(with: pane, sharp)
  }

  /// A shop: a sign above, panes between posts, a door. The pattern holds the length of the shop, the width of a pane, the height, and
  /// a number that chooses the colour of the sign.
  private func shopfront(_ surface: PaintedSurface, _ spot: Spot) -> RGB {
    let pattern = surface.finish.pattern
    let colour = surface.colour
    let edge = min(spot.u, pattern.x - spot.u)
    if edge < 0.25 { return colour * 0.9 }
    if spot.v > pattern.z - 0.65 {
      let sign = shopSigns[min(Int(pattern.w * 4), 3)]
      let isLettering =
        abs(spot.v - pattern.z + 0.34) < 0.13 && edge > pattern.x * 0.22 && StreetNoise.cell(Int32(below: spot.u * 5), 1, 5) > 0.3
      return isLettering ? sign.mixed(with: frame, 0.85 * spot.visibility(of: 0.3)) : sign
    }
    if spot.v < 0.45 { return colour * 0.8 }
    let pane = fraction(spot.u / pattern.y)
    if pane < 0.1 / pattern.y || spot.v > pattern.z - 0.75 { return colour }
    let chance = StreetNoise.cell(Int32(below: spot.u / pattern.y), Int32(surface.finish.shade * 999), 7)
    var glass = panes[2] * (0.7 + 0.5 * chance) + reflection * (0.1 * clampedToUnit((spot.v - 1.2) * 0.6))
    // Goods in the window, and lamps inside.
    if spot.v < 1.1 && StreetNoise.cell(Int32(below: spot.u * 2.2), Int32(below: spot.v * 2.2), 9) > 0.6 {
      glass = glass.mixed(with: shopSigns[Int(chance * 3.99)], 0.25)
    }
    if spot.v > 2.1 && fraction(spot.u * 0.9) < 0.25 { glass = glass.mixed(with: display, 0.35) }
    return glass
  }

  /// A railing: through it one sees what grows behind, blurred. The pattern holds the distance of bars, the share that is open, and the
  /// height of the upper rail.
  private func bars(_ surface: PaintedSurface, _ spot: Spot) -> RGB {
    let pattern = surface.finish.pattern
    let isOpen = fraction(spot.u / pattern.x) > 1 - pattern.y && spot.v < pattern.z - 0.14 && spot.v > 0.3
    return isOpen ? surface.colour.mixed(with: gap, min(max(1.3 - spot.footprint * 9, 0.2), 1)) : surface.colour
  }

  /// The window of a vehicle: dark below, some sky above, and a streak of light.
  private func glass(_ surface: PaintedSurface, _ spot: Spot) -> RGB {
    let streak: Float = fraction((spot.u * 0.5 + spot.v) / 1.3) < 0.3 ? 0.13 : 0
    return surface.colour + reflection * (0.06 + streak + 0.12 * clampedToUnit(spot.height - 0.9))
  }
}
