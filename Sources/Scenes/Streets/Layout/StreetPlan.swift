import Tensors

/// The plan of a street: how wide things are from its middle outwards, before anything stands on it.
struct StreetPlan {
  let laneCount: Int
  let laneWidth: Float
  /// Where the camera stands, to the right of the middle.
  let standpoint: Float
  let yaw: Float
  let bend: Float
  /// The stretch ahead over which a side street crosses.
  let junction: ClosedRange<Float>?
  /// Where a zebra crossing begins.
  let zebra: Float?
  let left: Roadside
  let right: Roadside

  var halfWidth: Float { Float(laneCount) * laneWidth / 2 }
  var sides: [Roadside] { [left, right] }

  init(random: inout RandomStream) {
    laneCount = random.pick([2, 2, 2, 3, 4])
    laneWidth = random.uniform(3.0, 3.7)
    let half = Float(laneCount) * laneWidth / 2
    let lane: Float = laneCount < 4 || random.chance(0.5) ? 0.5 : 1.5
    standpoint = half - laneWidth * lane + random.uniform(-0.4, 0.4)
    yaw = random.uniform(-0.05, 0.05)
    let turn = random.uniform(-1, 1)
    bend = turn * turn * turn * 9e-4
    if random.chance(0.4) {
      let begin = random.uniform(15, 38)
      junction = begin...begin + random.uniform(7, 10)
      zebra = random.chance(0.7) ? begin - 4 : nil
    } else {
      junction = nil
      zebra = random.chance(0.2) ? random.uniform(7, 24) : nil
    }
    left = Roadside(sign: -1, roadEdge: half, random: &random)
    right = Roadside(sign: 1, roadEdge: half, random: &random)
  }

  func middle(ofLane index: Int) -> Float { (Float(index) + 0.5) * laneWidth - halfWidth }

  /// On the right of the middle one drives away from the camera; on the left, towards it.
  func leadsAway(_ x: Float) -> Bool { x > 0 }

  /// A stretch of the street without the side street: one piece, or two, or none.
  func stretches(_ near: Float, _ far: Float, margin: Float = 0) -> [(near: Float, far: Float)] {
    guard let junction else { return near < far ? [(near, far)] : [] }
    return [(near, min(far, junction.lowerBound - margin)), (max(near, junction.upperBound + margin), far)].filter { $0.0 < $0.1 }
  }

  /// Whether a thing at this distance would stand in the side street.
  func isInJunction(_ z: Float, margin: Float = 0.5) -> Bool {
    guard let junction else { return false }
    return z > junction.lowerBound - margin && z < junction.upperBound + margin
  }
}

/// What lies beside the lanes on one side; distances are from the middle of the road, and `sign` says to which side.
struct Roadside {
  let sign: Float
  /// The parking lane, where there is one.
  let parking: ClosedRange<Float>?
  /// The inner edge of the curb.
  let curb: Float
  let verge: ClosedRange<Float>?
  let walk: ClosedRange<Float>
  let lawn: ClosedRange<Float>?
  /// Where houses and fences stand.
  let back: Float
  /// Whether houses stand side by side here, or apart among gardens.
  let isCity: Bool

  static let curbWidth: Float = 0.25
  static let walkHeight: Float = 0.12

  init(sign: Float, roadEdge: Float, random: inout RandomStream) {
    self.sign = sign
    var x = roadEdge
    func take(_ width: Float) -> ClosedRange<Float> {
      defer { x += width }
      return x...x + width
    }
    parking = random.chance(0.5) ? take(2.3) : nil
    curb = x
    _ = take(Roadside.curbWidth)
    verge = random.chance(0.32) ? take(random.uniform(1.2, 3)) : nil
    walk = take(random.uniform(2.2, 5))
    isCity = random.chance(0.62)
    lawn = random.chance(isCity ? 0.28 : 0.7) ? take(random.uniform(2, 7)) : nil
    back = x
  }

  /// A range of distances as a range of x.
  func across(_ range: ClosedRange<Float>) -> ClosedRange<Float> {
    sign > 0 ? range : -range.upperBound ... -range.lowerBound
  }
}

extension RandomStream {
  mutating func pick<Element>(_ choices: [Element]) -> Element { choices[integer(below: choices.count)] }

  /// The index of a choice with these weights.
  mutating func pick(weights: [Float]) -> Int {
    var rest = uniform() * weights.reduce(0, +)
    for (index, weight) in weights.enumerated() {
      rest -= weight
      if rest < 0 { return index }
    }
    return weights.count - 1
  }

  /// A distance that is more often short than long.
  mutating func distance(_ low: Float, _ high: Float) -> Float {
    let u = uniform()
    return low + (high - low) * u * u.squareRoot()
  }

  mutating func side() -> Float { chance(0.5) ? 1 : -1 }
}
