/// A surface made ready for one look: its colour and the light on it.
struct PaintedSurface {
  let colour: RGB
  let direct: RGB
  let ambient: RGB
  let finish: Finish
  let orientation: Orientation
  let origin: Float
  let standsLow: Bool
  /// Keeps the texture of one house from that of the next.
  let salt: Float

  init(_ surface: Surface, palette: StreetPalette, light: Daylight) {
    finish = surface.finish
    orientation = surface.orientation
    origin = surface.origin
    standsLow = surface.finish.thing.standsLow
    salt = surface.orientation == .ground ? 0 : surface.finish.shade * 89
    colour = palette.colour(surface.finish.tint, surface.finish.shade) * surface.finish.lightness
    (direct, ambient) = light.on(surface)
  }
}

/// A point of a surface in sight.
struct Spot {
  /// Texture coordinates in metres: along the surface, and up it or away from the camera.
  let u: Float
  let v: Float
  /// Metres above the ground.
  let height: Float
  /// Metres ahead.
  let distance: Float
  /// How many metres of the surface one sample shows.
  let footprint: Float

  /// What the camera sees in a direction, given as steps to the right and up for one step ahead.
  @inline(__always)
  init(on surface: PaintedSurface, _ direction: SIMD2<Float>, _ view: StreetView, index: Int) {
    distance = 1 / view.nearness[index]
    footprint = distance / view.focal
    height = view.layout.pose.height + direction.y * distance
    let plan = view.layout.plan
    switch surface.orientation {
    case .ground:
      u = direction.x * distance + plan.standpoint - distance * (plan.yaw + plan.bend * distance)
      v = distance
    case .side:
      u = distance - surface.origin
      v = height
    case .front:
      u = direction.x * distance - surface.origin
      v = height
    }
  }

  /// How much of a pattern with this period in metres is still to be seen: patterns fade before they alias.
  @inline(__always)
  func visibility(of period: Float) -> Float { clampedToUnit(period / (footprint * 3) - 0.3) }
}
