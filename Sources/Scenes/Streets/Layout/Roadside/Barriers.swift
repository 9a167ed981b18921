import Tensors

/// Walls, fences and hedges in front of gardens.
extension Sketch {
  mutating func wall(_ site: Site, random: inout RandomStream) {
    let height = random.uniform(1.3, 3)
    let sign = site.side.sign
    let finish = Finish(.wall, .masonry, .wall, shade: random.uniform())
    plane(x: site.front, from: 0, to: height, near: site.near, far: site.far, finish)
    card(
      Outline.rectangle(min(site.front, site.front + sign * 0.4), 0, max(site.front, site.front + sign * 0.4), height), x: 0,
      z: site.near, finish)
    let coping = Finish(.wall, .plain, .coping, shade: finish.shade)
    plane(x: site.front - sign * 0.08, from: height - 0.16, to: height + 0.02, near: site.near, far: site.far, coping)
    shadow(site.block(depth: 0.4), to: height)
  }

  mutating func fence(_ site: Site, random: inout RandomStream) {
    let height = random.uniform(1.0, 2.1)
    let kind: Material = random.chance(0.65) ? .bars : .planks
    var finish = Finish(.fence, kind, .fence, shade: random.uniform())
    finish.pattern =
      kind == .bars
      ? .init(random.uniform(0.24, 0.5), random.uniform(0.36, 0.6), height, 0)
      : .init(random.uniform(0.16, 0.3), 0.9, height, 0)
    plane(x: site.front, from: Roadside.walkHeight, to: height, near: site.near, far: site.far, finish, origin: site.near)
    for z in stride(from: site.near + 0.05, to: site.far, by: 3) {
      card(
        Outline.rectangle(-0.07, 0, 0.07, height + 0.1), x: site.front, z: z,
        Finish(.fence, .plain, .fence, shade: finish.shade).lit(0.9))
    }
    shadow(site.block(depth: 0.1), to: height * 0.6)
  }

  mutating func hedge(_ site: Site, random: inout RandomStream) {
    let height = random.uniform(0.9, 2.2)
    let leaves = Finish(.vegetation, .hedge, .leaf, shade: random.uniform())
    let block = site.block(depth: 1)
    box(block, from: 0, to: height, leaves)
    shadow(block, to: height)
  }
}
