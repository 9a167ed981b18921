import Tensors

/// A street in metres, and the camera before it.
///
/// Every kind of thing draws from a stream of its own, so that a change to the law of one leaves the others where they stand.
struct StreetLayout: Sendable {
  let pose: CameraPose
  /// How far a shadow falls for each metre of height: to the right, and ahead.
  let shadowFall: SIMD2<Float>
  let plan: StreetPlan
  let corners: [SIMD3<Float>]
  let surfaces: [Surface]
  let casters: [ShadowCaster]

  init(seed: UInt64, camera: World) {
    func stream(_ thing: String) -> RandomStream { RandomStream(seed: seed, purpose: "streets \(thing)") }
    var random = stream("plan")
    plan = StreetPlan(random: &random)
    random = stream("camera")
    pose = CameraPose(world: camera, random: &random)
    random = stream("sun")
    let towards = random.uniform()
    shadowFall = SIMD2(Turn.cosine(towards), Turn.sine(towards)) * random.uniform(0.5, 1.25)

    var sketch = Sketch(standpoint: plan.standpoint, yaw: plan.yaw, bend: plan.bend)
    random = stream("ground")
    sketch.layGround(plan, random: &random)
    random = stream("frontage")
    sketch.buildFrontage(plan, random: &random)
    random = stream("trees")
    sketch.plantTrees(plan, random: &random)
    random = stream("furniture")
    sketch.setFurniture(plan, random: &random)
    random = stream("traffic")
    var occupied = Occupied()
    sketch.sendTraffic(plan, on: &occupied, random: &random)
    random = stream("people")
    sketch.sendPeople(plan, on: &occupied, random: &random)
    (corners, surfaces, casters) = (sketch.corners, sketch.surfaces, sketch.casters)
  }
}

/// How a camera is held: upright, looking straight ahead.
struct CameraPose {
  /// Metres above the ground.
  let height: Float
  /// Where the horizon lies, as a share of the picture's height from the top.
  let horizon: Float
  /// Focal length as a share of the picture's width.
  let focal: Float

  init(world: World, random: inout RandomStream) {
    switch world {
    case .source:
      height = random.uniform(1.35, 1.7)
      horizon = random.uniform(0.41, 0.46)
      focal = random.uniform(0.86, 1.0)
    case .target:
      height = random.uniform(1.25, 1.55)
      horizon = random.uniform(0.43, 0.48)
      focal = random.uniform(0.92, 1.06)
    }
  }
}

/// The ground that vehicles already stand on: one that would overlap is left out.
struct Occupied {
  private var blocks: [Block] = []

  /// Takes this ground if it is free, with some room ahead and behind.
  mutating func claim(_ block: Block, gap: Float = 1.5) -> Bool {
    let overlaps = blocks.contains {
      block.left < $0.right && $0.left < block.right && block.near < $0.far + gap && $0.near < block.far + gap
    }
    if !overlaps { blocks.append(block) }
    return !overlaps
  }
}
