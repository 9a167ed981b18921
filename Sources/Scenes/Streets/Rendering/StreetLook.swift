import Imaging

/// What turns a view into a picture: colours, light, texture and sky.
protocol StreetLook {
  var palette: StreetPalette { get }
  var light: Daylight { get }
  /// The factor by which texture changes a colour.
  func texture(_ surface: PaintedSurface, _ spot: Spot) -> Float
  /// The colour of the sky in a direction: how far to the right and up for one step ahead.
  func sky(_ direction: SIMD2<Float>) -> RGB
}

extension StreetLook {
  /// Paints every sample and takes the mean of each pixel's.
  func painted(_ view: StreetView, shadows: Shadows) -> Picture {
    let patterns = Patterns(palette: palette, reflection: light.reflection)
    let surfaces = view.layout.surfaces.map { PaintedSurface($0, palette: palette, light: light) }
    var picture = Picture(size: view.size)
    let samples = StreetView.samples
    let share = 1 / Float(samples * samples)
    picture.pixels.withUnsafeMutableBufferPointer { pixels in
      surfaces.withUnsafeBufferPointer { surfaces in
        for y in 0..<view.height {
          let row = y / samples * view.size.width
          for x in 0..<view.width {
            let index = y * view.width + x
            let number = Int(view.surfaceNumbers[index])
            let direction = SIMD2(Float(x) + 0.5 - view.centre.x, view.centre.y - Float(y) - 0.5) / view.focal
            let colour =
              number == 0
              ? sky(direction)
              : paint(surfaces[number - 1], direction, view, shadows, patterns, x: x, y: y, index: index)
            pixels[row + x / samples] += colour * share
          }
        }
      }
    }
    return picture
  }

  @inline(__always)
  private func paint(
    _ surface: PaintedSurface, _ direction: SIMD2<Float>, _ view: StreetView, _ shadows: Shadows, _ patterns: Patterns, x: Int, y: Int,
    index: Int
  ) -> RGB {
    let z = 1 / view.nearness[index]
    let eye = view.layout.pose.height
    let point = SIMD2(direction.x * z, eye + direction.y * z)
    let plan = view.layout.plan
    let spot: Spot
    switch surface.orientation {
    case .ground:
      let across = point.x + plan.standpoint - z * (plan.yaw + plan.bend * z)
      spot = Spot(u: across, v: z, height: point.y, distance: z, footprint: z / view.focal)
    case .side: spot = Spot(u: z - surface.origin, v: point.y, height: point.y, distance: z, footprint: z / view.focal)
    case .front: spot = Spot(u: point.x - surface.origin, v: point.y, height: point.y, distance: z, footprint: z / view.focal)
    }
    let colour = patterns.colour(surface, spot) * texture(surface, spot)
    var shade: Float = 0
    if surface.orientation == .ground && spot.height < 0.3 {
      shade = shadows.onGround(index)
    } else if surface.standsLow {
      let foot = Int(min(view.centre.y + view.focal * eye / z, Float(view.height)))
      shade = shadows.above(row: foot, column: x)
    }
    var light = surface.ambient * (1 - 0.3 * light.contact * shade) + surface.direct * (1 - light.shadow * shade)
    if surface.orientation != .ground {
      let lift = spot.height * 3
      light *= 1 - self.light.contact / (1 + lift * lift)
    }
    return self.light.hazed(colour * light, distance: z)
  }
}
