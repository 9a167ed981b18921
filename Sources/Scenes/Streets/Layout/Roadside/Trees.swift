import Tensors

/// Trees and bushes: irregular patches of leaves about a trunk, dark inside and below, light above.
extension Sketch {
  mutating func plantTrees(_ plan: StreetPlan, random: inout RandomStream) {
    for side in plan.sides {
      if random.chance(0.5) {
        let x = side.sign * (side.verge.map { ($0.lowerBound + $0.upperBound) / 2 } ?? side.curb + 0.9)
        let gap = random.uniform(9, 16)
        let height = random.uniform(4.8, 7.5)
        for z in stride(from: random.uniform(5, 14), to: 80, by: gap) where !plan.isInJunction(z, margin: 4) {
          tree(x: x, z: z, height: height, random: &random)
        }
      }
      if let lawn = side.lawn, random.chance(0.6) {
        for _ in 0..<3 {
          let z = random.uniform(7, 40)
          if !plan.isInJunction(z, margin: 2) {
            bush(x: side.sign * random.uniform(lawn.lowerBound, lawn.upperBound), z: z, random: &random)
          }
        }
      }
    }
  }

  mutating func tree(x: Float, z: Float, height: Float, random: inout RandomStream) {
    guard z > 2 else { return }
    let height = height * random.uniform(0.9, 1.1)
    let shade = random.uniform()
    // Round crowns mostly, some slender ones.
    let slender = random.chance(0.2)
    let across = height * (slender ? 0.17 : 0.31)
    let up = height * (slender ? 0.38 : 0.29)
    let middle = height * (slender ? 0.6 : 0.68)
    let girth = 0.024 * height
    let bark = Finish(.vegetation, .bark, .bark, shade: random.uniform())
    card([.init(-girth, 0), .init(girth, 0), .init(girth * 0.6, middle), .init(-girth * 0.6, middle)], x: x, z: z, bark)
    for side in [Float(-1), 1] {
      card(
        Outline.bar(.init(0, middle * 0.62), .init(side * across * 0.6, middle), width: girth), x: x, z: z + 0.02, bark.lit(0.85))
    }
    let layers: [(count: Int, spread: Float, size: Float, lift: Float, light: Float, depth: Float)] = [
      (4, 0.55, 0.62, -0.12, 0.66, 0.3), (6, 0.8, 0.46, 0, 0.88, 0), (5, 0.62, 0.36, 0.3, 1.12, -0.3),
    ]
    for layer in layers {
      for _ in 0..<layer.count {
        let angle = random.uniform()
        let reach = random.uniform().squareRoot() * layer.spread
        let at = SIMD2(Turn.cosine(angle) * reach * across, middle + (Turn.sine(angle) * reach * 0.9 + layer.lift) * up)
        let finish = Finish(.vegetation, .leaves, .leaf, shade: shade).lit(layer.light + 0.22 * (at.y - middle) / up)
        card(
          patch(at, across * layer.size * 1.15, up * layer.size, random: &random), x: x,
          z: z + layer.depth + random.uniform(-0.15, 0.15), finish)
      }
    }
    shadow(x: x, z: z, radius: across * 0.85, from: middle - up * 0.4, to: middle + up * 0.5)
    shadow(Block(x: x, width: 2 * girth, near: z, length: 0.2), to: middle)
  }

  private mutating func bush(x: Float, z: Float, random: inout RandomStream) {
    let size = random.uniform(0.5, 1.1)
    let shade = random.uniform()
    for (index, light) in [Float(0.75), 0.95, 1.1].enumerated() {
      let aside: Float = random.uniform(-0.3, 0.3) * size, up: Float = size * (0.4 + 0.18 * Float(index))
      let finish = Finish(.vegetation, .leaves, .leaf, shade: shade).lit(light)
      let across: Float = size * (1 - 0.2 * Float(index)), near: Float = z - 0.1 * Float(index)
      card(patch(SIMD2(aside, up), across, size * 0.55, random: &random), x: x, z: near, finish)
    }
    shadow(Block(x: x, width: size, near: z, length: size), to: size * 0.6)
  }

  /// A patch of leaves: a ring whose corners lie at uneven distances.
  private func patch(_ at: SIMD2<Float>, _ across: Float, _ up: Float, random: inout RandomStream) -> [SIMD2<Float>] {
    let turn = random.uniform()
    return Outline.ring(0, 0, across, up, corners: 13, turn: turn).map { at + $0 * random.uniform(0.76, 1.12) }
  }
}
