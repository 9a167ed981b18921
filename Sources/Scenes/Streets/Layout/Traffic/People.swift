import Tensors

/// People on foot and on cycles: legs, coat, arms, head and hair, a bag for some.
extension Sketch {
  mutating func sendPeople(_ plan: StreetPlan, on occupied: inout Occupied, random: inout RandomStream) {
    for _ in 0..<(2 + random.integer(below: 7)) {
      let side = random.chance(0.5) ? plan.left : plan.right
      let x = side.sign * random.uniform(side.walk.lowerBound + 0.4, side.walk.upperBound - 0.3)
      let z = random.distance(5, 45)
      for member in 0..<random.pick([1, 1, 2, 3]) {
        let aside: Float = x + Float(member) * 0.7, away: Float = z + random.uniform(-0.3, 0.3)
        pedestrian(x: aside, z: away, isChild: random.chance(0.1), random: &random)
      }
    }
    for _ in 0..<(plan.zebra == nil ? 1 : 3) where random.chance(plan.zebra == nil ? 0.18 : 0.45) {
      let x = random.uniform(-plan.halfWidth, plan.halfWidth)
      let z = plan.zebra.map { $0 + random.uniform(0.6, 2.4) } ?? random.distance(9, 30)
      if occupied.claim(Block(x: x, width: 0.9, near: z, length: 0.5), gap: 0.6) {
        pedestrian(x: x, z: z, isChild: false, random: &random)
      }
    }
  }

  private mutating func pedestrian(x: Float, z: Float, isChild: Bool, random: inout RandomStream) {
    let height = isChild ? random.uniform(1.1, 1.4) : random.uniform(1.56, 1.9)
    let trousers = Finish(.person, .cloth, .trousers, shade: random.uniform())
    let coat = Finish(.person, .cloth, .cloth, shade: random.uniform())
    let stride = random.uniform(0.02, 0.2) * height / 1.7
    let hip = 0.5 * height
    for leg in [Float(-1), 1] {
      card(
        [.init(leg * 0.01, hip), .init(leg * 0.165, hip), .init(leg * (0.125 + stride), 0.05), .init(leg * (0.02 + stride), 0.05)],
        x: x, z: z,
        leg < 0 ? trousers : trousers.lit(0.9))
      card(
        Outline.rectangle(leg * (0.02 + stride) - 0.04, 0, leg * (0.02 + stride) + 0.12, 0.07), x: x, z: z - 0.01,
        Finish(.person, .plain, .dark))
    }
    let isSkirted = random.chance(0.18)
    upperBody(
      x: x, z: z, hip: isSkirted ? hip * 0.62 : hip * 0.92, flare: isSkirted ? 1.25 : 1, shoulder: 0.82 * height, height: height,
      lean: 0, coat, .person, random: &random)
    if random.chance(0.3) {
      let side = random.side()
      card(
        Outline.rectangle(side * 0.3 - 0.1, hip - 0.1, side * 0.3 + 0.1, hip + 0.2), x: x, z: z - 0.05,
        Finish(.person, .plain, .bag, shade: random.uniform()))
    }
    head(x: x, z: z, y: height - 0.13, .person, wearsHelmet: false, random: &random)
    shadow(Block(x: x, width: 0.4, near: z, length: 0.25), to: height)
  }

  mutating func rider(x: Float, z: Float, seat: Float, lean: Float, wearsHelmet: Bool, random: inout RandomStream) {
    let trousers = Finish(.rider, .cloth, .trousers, shade: random.uniform())
    let coat = Finish(.rider, .cloth, .cloth, shade: random.uniform())
    let forward: Float = lean < 0 ? -1 : 1
    for (leg, knee) in [(Float(-0.09), Float(0.5)), (0.09, 0.42)] {
      let bent = SIMD2<Float>(leg + lean * 0.9 + forward * 0.08, knee)
      card(Outline.bar(.init(leg, seat + 0.08), bent, width: 0.17), x: x, z: z - 0.01, trousers)
      card(Outline.bar(bent, .init(leg + lean * 0.4, 0.2), width: 0.13), x: x, z: z - 0.01, trousers.lit(0.9))
      card(
        Outline.rectangle(leg + lean * 0.4 - 0.07, 0.14, leg + lean * 0.4 + 0.1, 0.24), x: x, z: z - 0.02,
        Finish(.rider, .plain, .dark))
    }
    upperBody(
      x: x, z: z - 0.02, hip: seat, flare: 1, shoulder: seat + 0.54, height: 1.72, lean: lean, coat, .rider, random: &random)
    head(x: x + lean, z: z - 0.02, y: seat + 0.72, .rider, wearsHelmet: wearsHelmet, random: &random)
  }

  private mutating func upperBody(
    x: Float, z: Float, hip: Float, flare: Float, shoulder: Float, height: Float, lean: Float, _ coat: Finish, _ thing: StreetClass,
    random: inout RandomStream
  ) {
    let size = height / 1.72
    let half = 0.165 * size * flare
    card(
      [
        .init(-half, hip), .init(half, hip), .init(lean + 0.2 * size, shoulder - 0.1), .init(lean + 0.17 * size, shoulder),
        .init(lean + 0.06, shoulder + 0.05),
        .init(lean - 0.06, shoulder + 0.05), .init(lean - 0.17 * size, shoulder), .init(lean - 0.2 * size, shoulder - 0.1),
      ], x: x, z: z - 0.02, coat)
    for arm in [Float(-1), 1] {
      let swing = random.uniform(0, 0.18)
      let top = SIMD2(lean + arm * 0.2 * size, shoulder - 0.05)
      let elbow = SIMD2(lean + arm * (0.26 * size + swing * 0.6), shoulder - 0.3 * size)
      // A rider's hands are on the handlebar, a walker's swing.
      let hand =
        thing == .rider
        ? SIMD2(lean * 1.7 + arm * 0.22, shoulder - 0.42) : SIMD2(arm * (0.24 * size + swing), shoulder - 0.56 * size)
      card(Outline.bar(top, elbow, width: 0.11 * size), x: x, z: z - 0.03, coat.lit(0.86))
      card(Outline.bar(elbow, hand, width: 0.09 * size), x: x, z: z - 0.03, coat.lit(0.86))
      card(Outline.ring(hand.x, hand.y, 0.05, 0.05, corners: 5), x: x, z: z - 0.04, Finish(thing, .plain, .skin, shade: coat.shade))
    }
  }

  private mutating func head(x: Float, z: Float, y: Float, _ thing: StreetClass, wearsHelmet: Bool, random: inout RandomStream) {
    let skin = Finish(thing, .plain, .skin, shade: random.uniform())
    let cover = Finish(thing, .plain, wearsHelmet ? .helmet : .hair, shade: random.uniform())
    let seenFromBehind = random.chance(0.5)
    card(Outline.rectangle(-0.05, y - 0.2, 0.05, y), x: x, z: z - 0.03, skin.lit(0.85))
    card(Outline.ring(0, y, 0.105, 0.14, corners: 10), x: x, z: z - 0.04, skin)
    card(
      Outline.ring(0, y + (seenFromBehind ? 0.02 : 0.07), 0.12, seenFromBehind ? 0.14 : 0.09, corners: 9), x: x, z: z - 0.05, cover)
  }
}
