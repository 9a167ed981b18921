import Tensors

/// Traffic lights, on posts at the curb and on arms above the road.
extension Sketch {
  mutating func trafficLights(_ plan: StreetPlan, _ pole: Finish, random: inout RandomStream) {
    let z = plan.junction.map { $0.lowerBound - 0.8 } ?? random.uniform(8, 28)
    let housing = Finish(.trafficLight, .plain, .housing, shade: random.uniform())
    let state = random.pick([0, 0, 1, 2, 2])
    for side in plan.sides {
      let x = side.sign * (side.curb + 0.4)
      let reachesOver = random.chance(0.6)
      card(Outline.rectangle(-0.08, 0, 0.08, reachesOver ? 5.6 : 3.4), x: x, z: z, pole)
      shadow(Block(x: x, width: 0.16, near: z, length: 0.1), to: 4)
      lights(x: x - side.sign * 0.02, y: 2.85, z: z - 0.06, scale: 1, state, housing)
      if reachesOver {
        let reach = random.uniform(3, 4.6)
        card(Outline.bar(.init(0, 5.45), .init(-side.sign * reach, 5.6), width: 0.13), x: x, z: z, pole)
        lights(x: x - side.sign * (reach - 0.3), y: 5.15, z: z - 0.06, scale: 1.1, state, housing)
      }
    }
  }

  private mutating func lights(x: Float, y: Float, z: Float, scale: Float, _ state: Int, _ housing: Finish) {
    card(Outline.rectangle(-0.24 * scale, y - 0.6 * scale, 0.24 * scale, y + 0.6 * scale), x: x, z: z, housing)
    for (index, lamp) in [Tint.red, .amber, .green].enumerated() {
      let centre = y + (0.36 - 0.36 * Float(index)) * scale
      card(
        Outline.ring(0, centre, 0.15 * scale, 0.15 * scale, corners: 9), x: x, z: z,
        Finish(.trafficLight, .plain, index == state ? lamp : .dark).lit(index == state ? 1.15 : 1), rank: 1)
    }
  }
}
