import Tensors

/// The side view of a car, in metres from its rear and from the ground.
private struct CarShape {
  let length: Float
  let width: Float
  let shoulder: Float
  let hood: Float
  let roof: Float
  /// Where the rear window begins, the roof begins and ends, and the windscreen ends.
  let cabin: (Float, Float, Float, Float)

  init(random: inout RandomStream) {
    let stretch = random.uniform(0.95, 1.06)
    let kinds: [(length: Float, shoulder: Float, hood: Float, roof: Float, cabin: (Float, Float, Float, Float))] = [
      (4.5, 0.9, 0.74, 1.44, (0.62, 1.25, 2.65, 3.4)),  // saloon
      (3.95, 0.92, 0.76, 1.48, (0.08, 0.5, 2.2, 2.95)),  // hatchback
      (4.55, 0.98, 0.86, 1.68, (0.06, 0.4, 2.75, 3.4)),  // estate, off-roader
      (4.8, 1.12, 0.98, 1.95, (0.02, 0.14, 3.5, 4.25)),  // van
    ]
    let kind = kinds[random.pick(weights: [0.32, 0.34, 0.24, 0.1])]
    length = kind.length * stretch
    width = random.uniform(1.68, 1.86)
    shoulder = kind.shoulder
    hood = kind.hood
    roof = kind.roof * random.uniform(0.97, 1.04)
    cabin = (kind.cabin.0 * stretch, kind.cabin.1 * stretch, kind.cabin.2 * stretch, kind.cabin.3 * stretch)
  }
}

/// Cars: saloons, hatchbacks, estates and vans, from a side view and two ends.
extension Sketch {
  /// Puts a car on free ground, with its near end at z.
  mutating func car(x: Float, z: Float, leadsAway: Bool, on occupied: inout Occupied, random: inout RandomStream) {
    let shape = CarShape(random: &random)
    let block = Block(x: x, width: shape.width, near: z, length: shape.length)
    guard z > 3, occupied.claim(block) else { return }
    let car = Carriage(block, leadsAway: leadsAway, thing: .car, on: self)
    let paint = car.finish(.paint, .car, random.uniform())
    body(car, shape, paint)
    cabin(car, shape, paint)
    face(car, shape, paint, random: &random)
    wheels(car, at: [0.78, shape.length - 0.82], radius: 0.32)
    ground(car, height: 1.2)
  }

  private mutating func body(_ car: Carriage, _ shape: CarShape, _ paint: Finish) {
    let (length, cabin) = (shape.length, shape.cabin)
    side(
      car,
      [
        .init(0.03, 0.22), .init(0, 0.5), .init(0, shape.shoulder - 0.03), .init(cabin.0, shape.shoulder),
        .init(cabin.3, shape.shoulder),
        .init(length, shape.hood - 0.03), .init(length, 0.52), .init(length - 0.03, 0.22),
      ], paint)
    side(car, Outline.rectangle(0.4, 0.2, length - 0.4, 0.3), car.finish(.plain, .bumper), rank: 1)
    for place in [(cabin.1 + cabin.2) / 2, cabin.2 + 0.35] {
      side(car, Outline.rectangle(place - 0.012, 0.32, place + 0.012, shape.shoulder), paint.lit(0.72), rank: 1)
    }
    // The lid of the boot, the bonnet, and the roof.
    across(car, from: (0, shape.shoulder - 0.03, 0), to: (cabin.0, shape.shoulder, 0), paint)
    across(car, from: (length, shape.hood - 0.03, 0), to: (cabin.3, shape.shoulder, 0), paint)
    across(car, from: (cabin.1, shape.roof, 0.2), to: (cabin.2, shape.roof, 0.2), paint)
  }

  private mutating func cabin(_ car: Carriage, _ shape: CarShape, _ paint: Finish) {
    let (cabin, shoulder, roof) = (shape.cabin, shape.shoulder, shape.roof)
    let glass = car.finish(.glass, .glass)
    side(
      car, [.init(cabin.0, shoulder), .init(cabin.1, roof), .init(cabin.2, roof), .init(cabin.3, shoulder)],
      inset: [0, 0.2, 0.2, 0], paint)
    let lean = SIMD2<Float>(0.75 * (cabin.1 - cabin.0), 0.75 * (cabin.3 - cabin.2))
    let pillar = (cabin.1 + cabin.2) / 2 + 0.1
    for (rear, front, rearTop, frontTop) in [
      (cabin.0 + 0.28, pillar - 0.05, cabin.0 + 0.28 + lean.x, pillar - 0.05),
      (pillar + 0.05, cabin.3 - 0.22, pillar + 0.05, cabin.3 - 0.22 - lean.y),
    ] where frontTop > rearTop {
      side(
        car,
        [.init(rear, shoulder + 0.03), .init(rearTop, roof - 0.09), .init(frontTop, roof - 0.09), .init(front, shoulder + 0.03)],
        inset: [0.03, 0.17, 0.17, 0.03], glass, rank: 3)
    }
    let (base, top) = car.leadsAway ? (cabin.0, cabin.1) : (cabin.3, cabin.2)
    across(car, from: (base, shoulder, 0), to: (top, roof, 0.2), paint)
    let step = (top - base) * 0.1
    across(car, from: (base + step, shoulder + 0.05, 0.14), to: (top - step, roof - 0.07, 0.27), glass, rank: 3)
    if !car.leadsAway {
      for x in [car.block.left - 0.16, car.block.right - 0.04] {
        card(Outline.rectangle(x, shoulder, x + 0.2, shoulder + 0.14), x: 0, z: car.z(cabin.3) - 0.3, paint.lit(0.85))
      }
    }
  }

  private mutating func face(_ car: Carriage, _ shape: CarShape, _ paint: Finish, random: inout RandomStream) {
    let half = car.width / 2
    let top = (car.leadsAway ? shape.shoulder : shape.hood) - 0.03
    card(
      [
        .init(-half + 0.03, 0.22), .init(half - 0.03, 0.22), .init(half, 0.5), .init(half, top), .init(-half, top),
        .init(-half, 0.5),
      ],
      x: car.block.middle, z: car.block.near, paint.lit(0.96))
    let bumper = random.chance(0.6) ? car.finish(.plain, .bumper) : paint.lit(0.85)
    end(car, -half + 0.04, 0.24, half - 0.04, 0.46, bumper)
    if car.leadsAway {
      bothEnds(car, from: 0.07, width: random.uniform(0.18, 0.3), top - 0.23, top - 0.06, car.finish(.plain, .red), rank: 2)
      end(car, -0.26, top - 0.34, 0.26, top - 0.22, car.finish(.plain, .plate), rank: 2)
    } else {
      end(car, -half * 0.55, 0.5, half * 0.55, 0.65, car.finish(.plain, .dark))
      bothEnds(car, from: 0.1, width: random.uniform(0.28, 0.4), top - 0.2, top - 0.05, car.finish(.plain, .headlight), rank: 2)
      end(car, -0.26, 0.34, 0.26, 0.45, car.finish(.plain, .plate), rank: 2)
    }
  }
}
