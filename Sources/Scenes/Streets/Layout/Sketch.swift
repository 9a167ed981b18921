/// A street being drawn: flat polygons in metres, and what casts shadows.
///
/// Things are placed on a straight street: x is the distance to the right of its middle, y the height, z the distance ahead. The
/// sketch bends it and moves it under the camera.
struct Sketch {
  /// How far the camera stands to the right of the middle of the road.
  let standpoint: Float
  /// How far the street drifts to the right each metre ahead.
  let yaw: Float
  /// How much it bends: x grows by this times z squared.
  let bend: Float

  private(set) var corners: [SIMD3<Float>] = []
  private(set) var surfaces: [Surface] = []
  private(set) var casters: [ShadowCaster] = []

  /// The nearest distance at which anything is drawn, in metres.
  static let near: Float = 0.7
  /// Long surfaces are cut at these distances, so that each piece of a bending street is flat.
  private static let cuts: [Float] = [1.5, 2.5, 4, 6, 9, 13, 18, 24, 32, 42, 55, 75, 100, 150, 220]

  init(standpoint: Float, yaw: Float, bend: Float) {
    self.standpoint = standpoint
    self.yaw = yaw
    self.bend = bend
    corners.reserveCapacity(8192)
    surfaces.reserveCapacity(1536)
  }

  func placed(_ x: Float, _ y: Float, _ z: Float) -> SIMD3<Float> { .init(x - standpoint + drift(z), y, z) }

  private func drift(_ z: Float) -> Float { yaw * z + bend * z * z }

  /// A polygon with corners on the straight street. `origin` is where its texture begins, in the coordinate of its orientation.
  mutating func add(_ outline: [SIMD3<Float>], _ finish: Finish, _ orientation: Orientation, origin: Float = 0, rank: Int = 0) {
    let first = corners.count
    for corner in outline { corners.append(placed(corner.x, corner.y, corner.z)) }
    let shift = orientation == .front ? placed(0, 0, outline[0].z).x : 0
    surfaces.append(
      Surface(
        corners: first..<corners.count, finish: finish, orientation: orientation, origin: origin + shift,
        normal: Plane(corners[first...]).normal, rank: rank))
  }

  /// A stretch of ground or of paint on it, cut where the street bends.
  mutating func strip(
    from left: Float, to right: Float, near: Float = near, far: Float, height y: Float = 0, _ finish: Finish, rank: Int = 0
  ) {
    forEachCut(near, far) {
      $0.add([.init(left, y, $1), .init(right, y, $1), .init(right, y, $2), .init(left, y, $2)], finish, .ground, rank: rank)
    }
  }

  /// An upright surface along the street.
  mutating func plane(
    x: Float, from bottom: Float, to top: Float, near: Float, far: Float, _ finish: Finish, origin: Float = 0, rank: Int = 0
  ) {
    forEachCut(near, far) {
      $0.add(
        [.init(x, bottom, $1), .init(x, top, $1), .init(x, top, $2), .init(x, bottom, $2)], finish, .side, origin: origin,
        rank: rank)
    }
  }

  private mutating func forEachCut(_ near: Float, _ far: Float, _ body: (inout Sketch, Float, Float) -> Void) {
    let start = max(near, Sketch.near)
    guard far > start else { return }
    var begin = start
    for cut in Sketch.cuts where cut > start && cut < far {
      body(&self, begin, cut)
      begin = cut
    }
    body(&self, begin, far)
  }

  /// A flat shape that faces the camera: an outline about (x, 0) at distance z.
  mutating func card(_ outline: [SIMD2<Float>], x: Float, z: Float, _ finish: Finish, rank: Int = 0) {
    add(outline.map { .init(x + $0.x, $0.y, z) }, finish, .front, rank: rank)
  }

  /// A flat shape along the street at x: an outline of (z, height).
  mutating func flank(_ outline: [SIMD2<Float>], x: Float, _ finish: Finish, rank: Int = 0) {
    add(outline.map { .init(x, $0.y, $0.x) }, finish, .side, origin: outline[0].x, rank: rank)
  }

  /// A block: its near end, the flank that the camera sees, and its top.
  mutating func box(_ block: Block, from bottom: Float, to top: Float, _ finish: Finish, hasTop: Bool = true) {
    card(Outline.rectangle(block.left, bottom, block.right, top), x: 0, z: block.near, finish)
    flank(Outline.rectangle(block.near, bottom, block.far, top), x: flankFacing(block), finish)
    if hasTop {
      add(
        [
          .init(block.left, top, block.near), .init(block.right, top, block.near), .init(block.right, top, block.far),
          .init(block.left, top, block.far),
        ],
        finish, .ground)
    }
  }

  /// The x of the flank of a block that the camera sees.
  func flankFacing(_ block: Block) -> Float { placed(block.middle, 0, block.near).x > 0 ? block.left : block.right }

  /// Lets a block cast a shadow between two heights.
  mutating func shadow(_ block: Block, from bottom: Float = 0, to top: Float, isTall: Bool = false) {
    let outline = [
      placed(block.left, 0, block.near), placed(block.right, 0, block.near), placed(block.right, 0, block.far),
      placed(block.left, 0, block.far),
    ]
    casters.append(ShadowCaster(outline: outline.map { .init($0.x, $0.z) }, heights: bottom...top, isTall: isTall))
  }

  /// Lets a round thing cast a shadow between two heights.
  mutating func shadow(x: Float, z: Float, radius: Float, from bottom: Float, to top: Float) {
    let centre = placed(x, 0, z)
    casters.append(
      ShadowCaster(outline: Outline.ring(centre.x, z, radius, radius, corners: 9), heights: bottom...top, isTall: true))
  }
}

/// The ground that a thing stands on, in metres of the straight street.
struct Block {
  var left: Float
  var right: Float
  var near: Float
  var far: Float

  var middle: Float { (left + right) / 2 }
  var length: Float { far - near }

  init(left: Float, right: Float, near: Float, far: Float) {
    self.left = left
    self.right = right
    self.near = near
    self.far = far
  }

  init(x: Float, width: Float, near: Float, length: Float) {
    self.init(left: x - width / 2, right: x + width / 2, near: near, far: near + length)
  }

  func inset(_ x: Float, _ z: Float = 0) -> Block { .init(left: left + x, right: right - x, near: near + z, far: far - z) }
}
