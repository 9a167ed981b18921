/// What covers a surface: which pattern and which texture a look gives it.
enum Material: UInt8 {
  case plain, asphalt, marking, paving, grass
  case facade, shopfront, roof, masonry, bars, planks
  case hedge, leaves, bark
  case paint, cloth, glass
}

/// The direction in which the horizontal coordinate of a texture runs.
enum Orientation: UInt8 {
  /// Lies on the ground: texture coordinates are x and z of the street.
  case ground
  /// Stands along the street: z and height.
  case side
  /// Faces along the street: x and height.
  case front
}

/// What a surface is and how it is finished, before any look gives it a colour.
struct Finish {
  var thing: StreetClass
  var material: Material
  var tint: Tint
  /// Which of the tint's colours, 0 to 1: the same number picks from either world's palette.
  var shade: Float = 0
  /// Factor on the colour.
  var lightness: Float = 1
  /// Numbers of the material in metres: of a facade, say, the width of a bay, the share of it that is window, the height of a storey
  /// and of the ground floor.
  var pattern = SIMD4<Float>(repeating: 0)

  init(_ thing: StreetClass, _ material: Material, _ tint: Tint, shade: Float = 0) {
    self.thing = thing
    self.material = material
    self.tint = tint
    self.shade = shade
  }

  func with(_ change: (inout Finish) -> Void) -> Finish {
    var copy = self
    change(&copy)
    return copy
  }

  func lit(_ factor: Float) -> Finish { with { $0.lightness *= factor } }
}

/// A flat polygon in metres as the camera stands: x right, y up from the ground, z ahead.
struct Surface {
  let corners: Range<Int>
  let finish: Finish
  let orientation: Orientation
  /// Where the texture's horizontal coordinate begins.
  let origin: Float
  /// Of length 1, and turned towards the camera.
  let normal: SIMD3<Float>
  /// Surfaces of higher rank lie on those of lower rank in the same plane, as paint lies on a road.
  let rank: Int
}

/// What casts a shadow: an outline on the ground, and the heights between which the thing stands.
struct ShadowCaster {
  let outline: [SIMD2<Float>]
  let heights: ClosedRange<Float>
  /// Whether its shadow also darkens the low things that stand in it.
  let isTall: Bool
}
