import Tensors

/// Who drives where: trams and heavy vehicles first, then parked cars, cycles, and a file of cars in each lane.
extension Sketch {
  mutating func sendTraffic(_ plan: StreetPlan, on occupied: inout Occupied, random: inout RandomStream) {
    if random.chance(0.2) {
      let x = plan.middle(ofLane: random.chance(0.5) || plan.laneCount == 2 ? 0 : 1)
      rails(x: x)
      tram(x: x, z: random.distance(7, 32), leadsAway: plan.leadsAway(x), on: &occupied, random: &random)
    }
    for (share, isBus) in [(Float(0.22), true), (0.26, false)] where random.chance(share) {
      let lane = random.integer(below: plan.laneCount)
      let x = plan.middle(ofLane: lane) + random.uniform(-0.2, 0.2)
      let z = random.distance(7, 35) + (isOwn(lane, plan) ? 6 : 0)
      if isBus {
        bus(x: x, z: z, leadsAway: plan.leadsAway(x), on: &occupied, random: &random)
      } else {
        lorry(x: x, z: z, leadsAway: plan.leadsAway(x), on: &occupied, random: &random)
      }
    }
    sendCycles(plan, on: &occupied, random: &random)
    for side in plan.sides { parkCars(side, plan, on: &occupied, random: &random) }
    for lane in 0..<plan.laneCount {
      var z = random.uniform(5, 22) + (isOwn(lane, plan) ? 5 : 0)
      while z < 85 {
        let x = plan.middle(ofLane: lane) + random.uniform(-0.3, 0.3)
        if random.chance(0.5) && !plan.isInJunction(z + 2, margin: 2) {
          let away = plan.leadsAway(x)
          switch random.pick(weights: [0.92, 0.05, 0.03]) {
          case 0: car(x: x, z: z, leadsAway: away, on: &occupied, random: &random)
          case 1: lorry(x: x, z: z, leadsAway: away, on: &occupied, random: &random)
          default: bus(x: x, z: z, leadsAway: away, on: &occupied, random: &random)
          }
        }
        z += random.uniform(8, 20)
      }
    }
  }

  /// Whether the camera drives in this lane: what stands in it keeps a distance.
  private func isOwn(_ lane: Int, _ plan: StreetPlan) -> Bool {
    abs(plan.middle(ofLane: lane) - plan.standpoint) < plan.laneWidth * 0.6
  }

  private mutating func parkCars(_ side: Roadside, _ plan: StreetPlan, on occupied: inout Occupied, random: inout RandomStream) {
    guard let parking = side.parking else { return }
    let filled = random.uniform(0.3, 0.9)
    var z = random.uniform(3.5, 9)
    while z < 75 {
      if random.chance(filled) && !plan.isInJunction(z + 2, margin: 4.5) {
        let x = side.sign * ((parking.lowerBound + parking.upperBound) / 2 + random.uniform(-0.1, 0.1))
        car(x: x, z: z, leadsAway: random.chance(0.93) == plan.leadsAway(x), on: &occupied, random: &random)
      }
      z += random.uniform(5.4, 6.6)
    }
  }

  private mutating func sendCycles(_ plan: StreetPlan, on occupied: inout Occupied, random: inout RandomStream) {
    for _ in 0..<2 {
      if random.chance(0.58) {
        let place = cyclePlace(plan, random: &random)
        if occupied.claim(Block(x: place.x, width: 1.2, near: place.z, length: 1), gap: 0.8) {
          bicycle(x: place.x, z: place.z, isRidden: place.isOnRoad || random.chance(0.3), random: &random)
        }
      }
      if random.chance(0.45) {
        let place = cyclePlace(plan, random: &random)
        if occupied.claim(Block(x: place.x, width: 1.4, near: place.z, length: 1.4), gap: 0.8) {
          motorcycle(x: place.x, z: place.z, isRidden: place.isOnRoad && random.chance(0.85), random: &random)
        }
      }
    }
  }

  /// A place at the edge of the road or, for what is parked, at the edge of the sidewalk.
  private func cyclePlace(_ plan: StreetPlan, random: inout RandomStream) -> (x: Float, z: Float, isOnRoad: Bool) {
    let isOnRoad = random.chance(0.68)
    let side = random.chance(0.6) ? plan.right : plan.left
    let z = random.distance(6, 28)
    let x =
      isOnRoad ? plan.halfWidth - random.uniform(0.5, 1.1) : random.uniform(side.walk.lowerBound + 0.2, side.walk.lowerBound + 0.9)
    return (side.sign * x, z, isOnRoad)
  }
}
