import Tensors

/// Street furniture: lamps, signs, traffic lights, bollards and cabinets.
extension Sketch {
  mutating func setFurniture(_ plan: StreetPlan, random: inout RandomStream) {
    let pole = Finish(.pole, .plain, .pole, shade: random.uniform())
    for side in plan.sides {
      let x = side.sign * (side.curb + 0.55)
      if random.chance(0.75) { lampRow(x: x, side.sign, plan, pole, random: &random) }
      for _ in 0..<random.integer(below: 4) {
        let (z, height) = (random.uniform(4.5, 30), random.uniform(2, 2.7))
        let at = x + side.sign * random.uniform(0, 0.8)
        if plan.isInJunction(z) { continue }
        post(x: at, z: z, height: height, width: 0.08, pole)
        sign(x: at, y: height - 0.2, z: z, random: &random)
      }
      if random.chance(0.12) { board(x: x, side.sign, z: random.uniform(15, 36), pole, random: &random) }
      if random.chance(0.22) { bollards(x: side.sign * (side.curb + 0.4), plan, pole, random: &random) }
      if random.chance(0.5) {
        let z = random.distance(6, 30)
        let cabinet = Finish(.void, .paint, .cabinet, shade: random.uniform())
        let block = Block(x: side.sign * (side.walk.upperBound - 0.4), width: random.uniform(0.5, 0.9), near: z, length: 0.6)
        if !plan.isInJunction(z) {
          box(block, from: 0, to: random.uniform(0.9, 1.4), cabinet)
          shadow(block, to: 1)
        }
      }
    }
    if plan.junction != nil || random.chance(0.3) { trafficLights(plan, pole, random: &random) }
  }

  private mutating func post(x: Float, z: Float, height: Float, width: Float, _ finish: Finish) {
    card(Outline.rectangle(-width / 2, 0, width / 2, height), x: x, z: z, finish)
    card(Outline.rectangle(-width / 2, 0, -width / 6, height), x: x, z: z, finish.lit(0.75), rank: 1)
    shadow(Block(x: x, width: width, near: z, length: 0.1), to: height)
  }

  private mutating func lampRow(x: Float, _ sign: Float, _ plan: StreetPlan, _ pole: Finish, random: inout RandomStream) {
    let (gap, height) = (random.uniform(17, 28), random.uniform(5, 8))
    for z in stride(from: random.uniform(5, 18), to: 90, by: gap) where !plan.isInJunction(z) {
      post(x: x, z: z, height: height, width: 0.17, pole)
      card(Outline.bar(.init(0, height - 0.05), .init(-sign * 1.5, height + 0.3), width: 0.11), x: x, z: z, pole)
      card(
        Outline.bar(.init(-sign * 1.3, height + 0.26), .init(-sign * 2.1, height + 0.36), width: 0.2), x: x, z: z - 0.02,
        pole.lit(0.8))
      if random.chance(0.25) { self.sign(x: x, y: random.uniform(2.3, 3), z: z, random: &random) }
    }
  }

  private mutating func bollards(x: Float, _ plan: StreetPlan, _ pole: Finish, random: inout RandomStream) {
    let start = random.uniform(4, 20)
    for z in stride(from: start, to: start + 16, by: 1.8) where !plan.isInJunction(z) {
      post(x: x, z: z, height: 0.95, width: 0.13, pole)
    }
  }

  /// One of the signs that Europe knows: round and forbidding, a triangle that warns, a blue order, a board with a way to go.
  mutating func sign(x: Float, y: Float, z: Float, random: inout RandomStream) {
    let size = random.uniform(0.32, 0.46)
    let centre = SIMD2<Float>(0, y)
    func tinted(_ tint: Tint) -> Finish { Finish(.trafficSign, .plain, tint) }
    func draw(_ sketch: inout Sketch, _ outline: [SIMD2<Float>], _ border: Tint, _ face: Tint, _ inner: Float) {
      sketch.card(outline, x: x, z: z - 0.04, tinted(border))
      sketch.card(Outline.scaled(outline, about: centre, by: inner), x: x, z: z - 0.04, tinted(face), rank: 1)
    }
    switch random.integer(below: 6) {
    case 0: draw(&self, Outline.ring(0, y, size, size, corners: 14), .sign, .signFace, 0.7)
    case 1:
      let outline = Outline.ring(0, y - size * 0.1, size * 1.15, size * 1.15, corners: 3, turn: 0.25)
      draw(&self, outline, .sign, .signFace, 0.62)
      card(Outline.rectangle(-0.03, y - 0.12, 0.03, y + 0.15), x: x, z: z - 0.04, tinted(.dark), rank: 2)
    case 2:
      draw(&self, Outline.ring(0, y, size, size, corners: 14), .signBlue, .signBlue, 0.8)
      card(
        Outline.bar(.init(0, y - size * 0.5), .init(0, y + size * 0.5), width: size * 0.28), x: x, z: z - 0.04, tinted(.signFace),
        rank: 2)
    case 3:
      draw(&self, Outline.rectangle(-size * 0.8, y - size * 0.8, size * 0.8, y + size * 0.8), .signBlue, .signBlue, 0.8)
      card(Outline.ring(0, y, size * 0.5, size * 0.5, corners: 3, turn: 0.25), x: x, z: z - 0.04, tinted(.signFace), rank: 2)
    case 4: draw(&self, Outline.ring(0, y, size, size, corners: 4), .signFace, .centreLine, 0.72)
    default:
      draw(&self, Outline.rectangle(-size * 1.6, y - size * 0.6, size * 1.6, y + size * 0.6), .signFace, .signBlue, 0.88)
      card(Outline.bar(.init(-size, y), .init(size, y), width: size * 0.25), x: x, z: z - 0.04, tinted(.signFace), rank: 2)
    }
  }

  /// A board over the road's edge, on a strong post.
  private mutating func board(x: Float, _ sign: Float, z: Float, _ pole: Finish, random: inout RandomStream) {
    post(x: x, z: z, height: 5.5, width: 0.26, pole)
    let at = x - sign * 1.2
    card(Outline.rectangle(-1.7, 3.7, 1.7, 5.4), x: at, z: z - 0.1, Finish(.trafficSign, .plain, .signFace))
    card(Outline.rectangle(-1.62, 3.78, 1.62, 5.32), x: at, z: z - 0.1, Finish(.trafficSign, .plain, .signBlue), rank: 1)
    for y in [Float(4.15), 4.85] {
      card(
        Outline.rectangle(-1.3, y - 0.12, random.uniform(0.3, 1.2), y + 0.12), x: at, z: z - 0.1,
        Finish(.trafficSign, .plain, .signFace), rank: 2)
    }
  }
}
