import Tensors

/// Trams: a train of the street, with rails before and behind.
extension Sketch {
  mutating func rails(x: Float) {
    let steel = Finish(.road, .plain, .rail)
    for rail in [x - 0.75, x + 0.65] {
      strip(from: rail - 0.12, to: rail + 0.22, far: 200, Finish(.road, .asphalt, .patch, shade: 0.5), rank: 1)
      strip(from: rail, to: rail + 0.1, far: 200, steel, rank: 3)
    }
  }

  mutating func tram(x: Float, z: Float, leadsAway: Bool, on occupied: inout Occupied, random: inout RandomStream) {
    let length = random.uniform(16, 28)
    let block = Block(x: x, width: 2.5, near: z, length: length)
    guard z > 6, occupied.claim(block) else { return }
    let tram = Carriage(block, leadsAway: leadsAway, thing: .train, on: self)
    let paint = tram.finish(.paint, .tram, random.uniform())
    let band = tram.finish(.plain, .band, random.uniform())
    let skirt: Float = 0.28
    flank(Outline.rectangle(block.near + 0.25, skirt, block.far, 3.4), x: tram.flank, paint)
    // The nose leans back and narrows towards the roof.
    nose(tram, paint, skirt)
    box(block.inset(0.35, 1.2), from: 3.4, to: 3.75, tram.finish(.plain, .metal, 0.3))
    side(tram, Outline.rectangle(0, 0.62, length - 0.3, 1.2), band, rank: 1)
    side(tram, Outline.rectangle(0, skirt, length - 0.3, 0.45), tram.finish(.plain, .bumper), rank: 1)
    windows(tram, from: 0.5, to: length - 0.5, 1.45, 2.7, count: Int(length / 2))
    for joint in [length / 3, 2 * length / 3] {
      side(tram, Outline.rectangle(joint - 0.25, skirt, joint + 0.25, 3.4), tram.finish(.plain, .bumper), rank: 3)
    }
    end(tram, -1.22, 0.62, 1.22, 1.2, band)
    card(
      [.init(-1.08, 1.4), .init(1.08, 1.4), .init(0.9, 2.8), .init(-0.9, 2.8)], x: block.middle, z: block.near,
      tram.finish(.glass, .glass), rank: 2)
    end(tram, -0.7, 2.92, 0.7, 3.2, tram.finish(.plain, .dark), rank: 2)
    end(tram, -0.55, 2.98, 0.4, 3.14, tram.finish(.plain, .display), rank: 3)
    let lamps = tram.finish(.plain, leadsAway ? .red : .headlight)
    bothEnds(tram, from: 0.16, width: 0.26, 0.78, 1.0, lamps, rank: 3)
    if !leadsAway { end(tram, -0.12, 1.22, 0.12, 1.38, lamps, rank: 3) }
    end(tram, -0.9, skirt, 0.9, 0.5, tram.finish(.plain, .bumper))
    let bow = tram.finish(.plain, .bumper)
    for arm in [(SIMD2<Float>(-0.5, 3.7), SIMD2<Float>(0.4, 4.3)), (.init(0.4, 4.3), .init(-0.1, 4.9))] {
      card(Outline.bar(arm.0, arm.1, width: 0.08), x: block.middle, z: block.near + 5, bow)
    }
    card(Outline.rectangle(-0.8, 4.88, 0.8, 4.96), x: block.middle, z: block.near + 5, bow)
    ground(tram, height: 3.4)
  }

  /// The near end, which narrows towards the roof and the skirt, and the bevel that joins it to the flank.
  private mutating func nose(_ tram: Carriage, _ paint: Finish, _ skirt: Float) {
    let half = tram.width / 2
    let edge: [SIMD2<Float>] = [.init(0.05, skirt), .init(0, 0.7), .init(0, 1.4), .init(0.22, 3.2), .init(0.4, 3.4)]
    card(
      edge.map { .init($0.x - half, $0.y) } + edge.reversed().map { .init(half - $0.x, $0.y) }, x: tram.block.middle,
      z: tram.block.near, paint)
    let bevel = edge.map { SIMD3(tram.flank + tram.inward * $0.x, $0.y, tram.block.near) }
    add(
      bevel + [.init(tram.flank, 3.4, tram.block.near + 0.3), .init(tram.flank, skirt, tram.block.near + 0.3)], paint.lit(0.95),
      .side)
  }
}
