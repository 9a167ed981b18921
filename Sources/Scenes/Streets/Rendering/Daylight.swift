/// The light on a street: what comes from the sun, from the sky above and from the street around.
struct Daylight {
  /// Of length 1.
  let towardsSun: SIMD3<Float>
  let sun: RGB
  let sky: RGB
  let surroundings: RGB
  /// How much of the sun's light a shadow takes away, 0 to 1.
  let shadow: Float
  /// How much darker things are where they meet the ground, 0 to 1.
  let contact: Float
  /// What glass shows of the sky.
  let reflection: RGB
  /// The colour into which distance fades, and how much a metre takes away.
  let haze: RGB
  let hazeDensity: Float

  /// The direction of the sun that throws shadows of this length for each metre of height.
  static func direction(shadowFall: SIMD2<Float>) -> SIMD3<Float> {
    let towards = SIMD3(-shadowFall.x, 1, -shadowFall.y)
    return towards / towards.dot(towards).squareRoot()
  }

  /// The light that a surface gets where no shadow falls: from the sun, and from elsewhere.
  func on(_ surface: Surface) -> (direct: RGB, ambient: RGB) {
    let facing = max(surface.normal.dot(towardsSun), 0)
    let lit: Float
    switch surface.finish.thing {
    // Flat pictures of round things are lit from all sides.
    case .vegetation, .person, .rider, .bicycle, .motorcycle, .pole, .trafficLight, .trafficSign: lit = 0.34 + 0.4 * facing
    default: lit = facing
    }
    return (sun * lit, surroundings.mixed(with: sky, 0.5 + 0.5 * surface.normal.y))
  }

  /// What is left of a colour at this distance. It falls nearly exponentially, by arithmetic alone.
  @inline(__always)
  func hazed(_ colour: RGB, distance: Float) -> RGB {
    var clear = 1 / (1 + distance * hazeDensity * 0.125)
    clear *= clear
    clear *= clear
    clear *= clear
    return haze.mixed(with: colour, clear)
  }
}
