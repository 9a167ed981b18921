/// The frame of a vehicle: the ground it covers, which way it drives and which of its flanks the camera sees.
///
/// Lengths along it are measured from its rear, so that one description serves both ways.
struct Carriage {
  let block: Block
  let leadsAway: Bool
  /// The x of the flank in sight.
  let flank: Float
  let thing: StreetClass

  init(_ block: Block, leadsAway: Bool, thing: StreetClass, on sketch: Sketch) {
    self.block = block
    self.leadsAway = leadsAway
    self.thing = thing
    flank = sketch.flankFacing(block)
  }

  var width: Float { block.right - block.left }
  /// From the flank in sight to the middle.
  var inward: Float { flank < block.middle ? 1 : -1 }

  func z(_ fromRear: Float) -> Float { leadsAway ? block.near + fromRear : block.far - fromRear }

  func finish(_ material: Material, _ tint: Tint, _ shade: Float = 0) -> Finish { Finish(thing, material, tint, shade: shade) }
}

extension Sketch {
  /// A shape on the flank in sight: corners of (distance from the rear, height), and how far each lies inwards.
  mutating func side(_ vehicle: Carriage, _ outline: [SIMD2<Float>], inset: [Float]? = nil, _ finish: Finish, rank: Int = 0) {
    add(
      outline.enumerated().map { .init(vehicle.flank + vehicle.inward * (inset?[$0] ?? 0), $1.y, vehicle.z($1.x)) }, finish, .side,
      origin: vehicle.z(0), rank: rank)
  }

  /// A surface across the vehicle between two heights and places, narrower by `inset` at either.
  mutating func across(
    _ vehicle: Carriage, from low: (place: Float, height: Float, inset: Float),
    to high: (place: Float, height: Float, inset: Float),
    _ finish: Finish, rank: Int = 0
  ) {
    let (left, right) = (vehicle.block.left, vehicle.block.right)
    add(
      [
        .init(left + low.inset, low.height, vehicle.z(low.place)), .init(right - low.inset, low.height, vehicle.z(low.place)),
        .init(right - high.inset, high.height, vehicle.z(high.place)), .init(left + high.inset, high.height, vehicle.z(high.place)),
      ], finish, .front, rank: rank)
  }

  /// A rectangle on the near end: `x` counts from the middle, in metres.
  mutating func end(
    _ vehicle: Carriage, _ left: Float, _ bottom: Float, _ right: Float, _ top: Float, _ finish: Finish, rank: Int = 1
  ) {
    card(Outline.rectangle(left, bottom, right, top), x: vehicle.block.middle, z: vehicle.block.near, finish, rank: rank)
  }

  /// The same shape at both edges of the near end.
  mutating func bothEnds(
    _ vehicle: Carriage, from outer: Float, width: Float, _ bottom: Float, _ top: Float, _ finish: Finish, rank: Int = 1
  ) {
    let edge = vehicle.width / 2 - outer
    end(vehicle, -edge, bottom, width - edge, top, finish, rank: rank)
    end(vehicle, edge - width, bottom, edge, top, finish, rank: rank)
  }

  /// Wheels on the flank in sight at these places, and the tyres that the near end shows.
  mutating func wheels(_ vehicle: Carriage, at places: [Float], radius: Float) {
    for place in places {
      let shapes: [(Float, Finish)] = [
        (1.2, vehicle.finish(.plain, .dark)), (1, vehicle.finish(.plain, .tyre)), (0.58, vehicle.finish(.plain, .rim)),
        (0.2, vehicle.finish(.plain, .dark)),
      ]
      for (index, (scale, finish)) in shapes.enumerated() {
        let ring = Outline.ring(place, radius, radius * scale, radius * scale, corners: 12)
        side(vehicle, ring.map { .init($0.x, max($0.y, index == 0 ? radius * 0.7 : 0)) }, finish, rank: index + 1)
      }
    }
    let tyre = vehicle.finish(.plain, .tyre)
    for x in [vehicle.block.left + 0.05, vehicle.block.right - 0.05 - radius * 0.7] {
      card(Outline.rectangle(x, 0, x + radius * 0.7, radius * 1.4), x: 0, z: vehicle.block.near + 0.12, tyre)
    }
    card(
      Outline.rectangle(vehicle.block.left + 0.1, radius * 0.5, vehicle.block.right - 0.1, radius * 1.4), x: 0,
      z: vehicle.block.near + 0.15,
      vehicle.finish(.plain, .dark))
  }

  /// A row of windows along the flank.
  mutating func windows(
    _ vehicle: Carriage, from start: Float, to end: Float, _ bottom: Float, _ top: Float, count: Int, gap: Float = 0.1
  ) {
    let step = (end - start) / Float(count)
    for index in 0..<count {
      let place = start + Float(index) * step
      side(
        vehicle, Outline.rectangle(place + gap / 2, bottom, place + step - gap / 2, top), vehicle.finish(.glass, .glass), rank: 2)
    }
  }

  /// The dark ground under a vehicle, and its shadow.
  mutating func ground(_ vehicle: Carriage, height: Float) {
    shadow(vehicle.block, from: 0, to: 0.05)
    shadow(vehicle.block.inset(0.1), to: height, isTall: height > 2.2)
  }
}
