import Tensors

/// What stands along a street: houses, walls, fences, gardens, one segment after another.
extension Sketch {
  mutating func buildFrontage(_ plan: StreetPlan, random: inout RandomStream) {
    for side in plan.sides {
      for stretch in plan.stretches(-2, 125, margin: 2.5) {
        var z = stretch.near
        while z < stretch.far - 3 {
          let length = min(random.uniform(7, 22), stretch.far - z)
          if z + length > 1.5 { segment(side, near: max(z, Sketch.near), far: z + length, random: &random) }
          z += length
        }
      }
    }
    closeStreet(random: &random)
  }

  private mutating func segment(_ side: Roadside, near: Float, far: Float, random: inout RandomStream) {
    let site = Site(side: side, offset: random.uniform(0, 0.6), near: near, far: far)
    switch random.pick(weights: side.isCity ? [0.74, 0.07, 0.07, 0.12] : [0.36, 0.17, 0.23, 0.24]) {
    case 0:
      house(site, isTall: side.isCity, random: &random)
    case 1:
      wall(site, random: &random)
      garden(site, random: &random)
    case 2:
      fence(site, random: &random)
      garden(site, random: &random)
    default:
      if random.chance(0.5) { hedge(site, random: &random) }
      for z in stride(from: near + 1, to: far, by: 4) {
        tree(x: site.x(behind: random.uniform(1, 5)), z: z + random.uniform(0, 3), height: random.uniform(5, 10), random: &random)
      }
    }
  }

  /// What is seen over a wall or a fence.
  private mutating func garden(_ site: Site, random: inout RandomStream) {
    if random.chance(0.55) {
      house(site.moved(behind: random.uniform(4, 9)), isTall: false, random: &random)
    } else {
      for z in stride(from: site.near + 1, to: site.far, by: 5) {
        tree(x: site.x(behind: random.uniform(2, 6)), z: z + random.uniform(0, 3), height: random.uniform(5, 9), random: &random)
      }
    }
  }

  /// Houses and woods where the street ends.
  private mutating func closeStreet(random: inout RandomStream) {
    for x in stride(from: Float(-126), to: 126, by: 14) {
      if random.chance(0.6) {
        var finish = Finish(.building, .facade, .facade, shade: random.uniform())
        finish.pattern = .init(3, 0.5, 3, 1)
        card(Outline.rectangle(0, 0, 14, random.uniform(6, 17)), x: x, z: 160, finish)
      } else {
        let leaves = Finish(.vegetation, .leaves, .leaf, shade: random.uniform()).lit(0.9)
        card(Outline.ring(7, 3, 10, random.uniform(5, 9), corners: 12), x: x, z: 158, leaves)
      }
    }
  }
}

/// A piece of ground along the street on which something is built.
struct Site {
  let side: Roadside
  /// How far behind the front line it begins.
  let offset: Float
  let near: Float
  let far: Float

  var length: Float { far - near }
  var front: Float { x(behind: 0) }

  func x(behind distance: Float) -> Float { side.sign * (side.back + offset + distance) }

  func moved(behind distance: Float) -> Site { Site(side: side, offset: offset + distance, near: near, far: far) }

  /// The block from the front line backwards.
  func block(depth: Float) -> Block {
    let (a, b) = (x(behind: 0), x(behind: depth))
    return Block(left: min(a, b), right: max(a, b), near: near, far: far)
  }
}
