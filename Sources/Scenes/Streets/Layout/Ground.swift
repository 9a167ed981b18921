import Tensors

/// The ground: lanes with their marks, curbs, sidewalks, lawns, and the side street.
extension Sketch {
  private static let horizon: Float = 380

  mutating func layGround(_ plan: StreetPlan, random: inout RandomStream) {
    let asphalt = Finish(.road, .asphalt, .asphalt, shade: random.uniform())
    strip(from: -plan.halfWidth, to: plan.halfWidth, far: Sketch.horizon, asphalt)
    if let junction = plan.junction { strip(from: -120, to: 120, near: junction.lowerBound, far: junction.upperBound, asphalt) }
    for _ in 0..<random.integer(below: 4) { patch(plan, random: &random) }
    markLanes(plan, random: &random)
    markCrossing(plan)
    for side in plan.sides { laySide(side, plan, asphalt, random: &random) }
  }

  /// A mended piece of road.
  private mutating func patch(_ plan: StreetPlan, random: inout RandomStream) {
    let x = random.uniform(-plan.halfWidth + 0.2, plan.halfWidth - 2)
    let z = random.uniform(3, 30)
    let finish = Finish(.road, .asphalt, .patch, shade: random.uniform())
    strip(from: x, to: x + random.uniform(0.7, 1.8), near: z, far: z + random.uniform(1.5, 7), finish, rank: 1)
  }

  private mutating func markLanes(_ plan: StreetPlan, random: inout RandomStream) {
    for line in 1..<plan.laneCount {
      let x = Float(line) * plan.laneWidth - plan.halfWidth
      let isCentre = plan.laneCount != 3 && 2 * line == plan.laneCount
      let paint = Finish(.road, .marking, isCentre ? .centreLine : .laneMark)
      if isCentre && random.chance(0.5) {
        for stretch in plan.stretches(0, Sketch.horizon) {
          strip(from: x - 0.18, to: x - 0.06, near: stretch.near, far: stretch.far, paint, rank: 2)
          strip(from: x + 0.06, to: x + 0.18, near: stretch.near, far: stretch.far, paint, rank: 2)
        }
      } else {
        var z = random.uniform(0, 3)
        while z < 80 {
          if !plan.isInJunction(z + 1, margin: 2) { strip(from: x - 0.08, to: x + 0.08, near: z, far: z + 2.6, paint, rank: 2) }
          z += 6
        }
      }
    }
  }

  /// The zebra crossing, and the stop line before the side street.
  private mutating func markCrossing(_ plan: StreetPlan) {
    let paint = Finish(.road, .marking, .laneMark)
    if let zebra = plan.zebra {
      var x = -plan.halfWidth + 0.35
      while x < plan.halfWidth - 0.5 {
        strip(from: x, to: x + 0.5, near: zebra, far: zebra + 3, paint, rank: 2)
        x += 1
      }
    }
    if let junction = plan.junction {
      let line = (plan.zebra ?? junction.lowerBound) - 1.2
      strip(from: 0.1, to: plan.halfWidth - 0.1, near: line, far: line + 0.4, paint, rank: 2)
    }
  }

  private mutating func laySide(_ side: Roadside, _ plan: StreetPlan, _ asphalt: Finish, random: inout RandomStream) {
    let grass = Finish(.terrain, .grass, random.chance(0.88) ? .grass : .soil, shade: random.uniform())
    let paving = Finish(.sidewalk, .paving, .paving, shade: random.uniform())
    let gravel = Finish(.terrain, .grass, .soil, shade: random.uniform())
    let beyond = random.pick(side.lawn == nil ? [paving, paving, gravel] : [grass, grass, gravel])
    let height = Roadside.walkHeight
    func lay(_ sketch: inout Sketch, _ range: ClosedRange<Float>, _ finish: Finish, height: Float, rank: Int = 0) {
      let across = side.across(range)
      for stretch in plan.stretches(0, Sketch.horizon) {
        sketch.strip(
          from: across.lowerBound, to: across.upperBound, near: stretch.near, far: stretch.far, height: height, finish, rank: rank)
      }
    }
    if let parking = side.parking {
      lay(&self, parking, asphalt, height: 0)
      lay(&self, parking.lowerBound - 0.06...parking.lowerBound + 0.06, Finish(.road, .marking, .laneMark), height: 0, rank: 2)
    }
    layCurb(side, plan)
    if let verge = side.verge { lay(&self, verge, grass, height: height) }
    lay(&self, side.walk, paving, height: height)
    if let lawn = side.lawn { lay(&self, lawn, grass, height: height) }
    lay(&self, side.back...side.back + 120, beyond, height: height * 0.9)
  }

  private mutating func layCurb(_ side: Roadside, _ plan: StreetPlan) {
    let stone = Finish(.sidewalk, .plain, .curb)
    let across = side.across(side.curb...side.curb + Roadside.curbWidth)
    let height = Roadside.walkHeight
    for stretch in plan.stretches(0, Sketch.horizon) {
      strip(from: across.lowerBound, to: across.upperBound, near: stretch.near, far: stretch.far, height: height, stone)
      plane(x: side.sign * side.curb, from: 0, to: height, near: stretch.near, far: stretch.far, stone.lit(0.8))
      if stretch.near > 1 {
        card(
          Outline.rectangle(side.sign * side.curb, 0, side.sign * (side.back + 60), height), x: 0, z: stretch.near, stone.lit(0.85))
      }
    }
  }
}
