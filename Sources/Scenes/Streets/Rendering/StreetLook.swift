import Imaging

/// What turns a view into a picture: colours, light, texture and sky.
protocol StreetLook {
  var palette: StreetPalette { get }
  var light: Daylight { get }
  /// The factor by which a pattern of edges changes a colour: asked for every sample.
  func texture(_ surface: PaintedSurface, _ spot: Spot) -> Float
  /// The factor by which smooth wear changes a colour: asked once for a surface in a pixel.
  func wear(_ surface: PaintedSurface, _ spot: Spot) -> Float
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
    for row in 0..<view.size.height {
      for column in 0..<view.size.width {
        var sum = RGB.zero
        var worn: (number: Int, factor: Float) = (0, 1)
        for sample in 0..<samples * samples {
          let (x, y) = (column * samples + sample % samples, row * samples + sample / samples)
          let number = Int(view.surfaceNumbers[y * view.width + x])
          let direction = SIMD2(Float(x) + 0.5 - view.centre.x, view.centre.y - Float(y) - 0.5) / view.focal
          if number == 0 {
            sum += sky(direction)
            continue
          }
          let surface = surfaces[number - 1]
          let spot = Spot(on: surface, direction, view, index: y * view.width + x)
          if worn.number != number { worn = (number, wear(surface, spot)) }
          let colour = patterns.colour(surface, spot) * (texture(surface, spot) * worn.factor)
          let lit = colour * light(on: surface, at: spot, shade: shadows.on(surface, at: spot, view, column: x, row: y))
          sum += light.hazed(lit, distance: spot.distance)
        }
        picture.pixels[row * view.size.width + column] = sum / Float(samples * samples)
      }
    }
    return picture
  }

  @inline(__always)
  private func light(on surface: PaintedSurface, at spot: Spot, shade: Float) -> RGB {
    let lit = surface.ambient * (1 - 0.3 * light.contact * shade) + surface.direct * (1 - light.shadow * shade)
    if surface.orientation == .ground { return lit }
    let lift = spot.height * 3
    return lit * (1 - light.contact / (1 + lift * lift))
  }
}
