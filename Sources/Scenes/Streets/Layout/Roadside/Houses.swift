import Tensors

/// Houses: a facade with storeys of windows, a ground floor with shops or doors, and a cornice or a roof.
extension Sketch {
  private static let depth: Float = 14

  mutating func house(_ site: Site, isTall: Bool, random: inout RandomStream) {
    let storey = random.uniform(2.9, 3.5)
    let ground = random.uniform(3.0, 4.0)
    let storeys = isTall ? 1 + random.integer(below: 6) : 1 + random.integer(below: 2)
    let hasShops = random.chance(isTall ? 0.62 : 0.2) && site.offset < 1
    let top = (hasShops ? ground : 0.5) + Float(storeys) * storey + 0.5
    var finish = Finish(.building, .facade, .facade, shade: random.uniform())
    let bays = max((site.length / random.uniform(1.9, 3.4)).rounded(), 1)
    finish.pattern = .init(
      site.length / bays, random.chance(0.15) ? 0.86 : random.uniform(0.36, 0.62), storey, hasShops ? ground : 0.5)
    let sign = site.side.sign
    plane(x: site.front, from: 0, to: top, near: site.near, far: site.far, finish, origin: site.near)
    gable(site, top: top, finish)
    if hasShops {
      shops(site, height: ground - 0.1, random: &random)
    } else {
      frontDoors(site, finish, random: &random)
    }
    let trim = Finish(.building, .plain, .trim, shade: random.uniform())
    if isTall || random.chance(0.3) {
      // A cornice stands out and shows its lower side.
      plane(x: site.front - sign * 0.35, from: top - 0.45, to: top + 0.1, near: site.near, far: site.far, trim)
      card(Outline.rectangle(site.front - sign * 0.35, top - 0.45, site.front, top + 0.1), x: 0, z: site.near, trim.lit(0.9))
      if hasShops { plane(x: site.front - sign * 0.1, from: ground - 0.1, to: ground + 0.15, near: site.near, far: site.far, trim) }
    } else {
      pitchedRoof(site, eaves: top, random: &random)
    }
    shadow(site.block(depth: Sketch.depth), to: top, isTall: true)
  }

  /// The end wall, where the next house is lower or missing.
  private mutating func gable(_ site: Site, top: Float, _ finish: Finish) {
    var blank = finish.lit(0.96)
    blank.pattern = .init(4.6, finish.pattern.y * 0.6, finish.pattern.z, finish.pattern.w)
    let sign = site.side.sign
    let corners = [
      SIMD2(site.front, 0), .init(site.front + sign * Sketch.depth, 0), .init(site.front + sign * Sketch.depth, top),
      .init(site.front, top),
    ]
    add(corners.map { .init($0.x, $0.y, site.near) }, blank, .front, origin: site.front)
  }

  private mutating func shops(_ site: Site, height: Float, random: inout RandomStream) {
    let x = site.front - site.side.sign * 0.04
    let count = max((site.length / random.uniform(5, 9)).rounded(), 1)
    let length = site.length / count
    for index in 0..<Int(count) {
      let near = site.near + Float(index) * length
      var shop = Finish(.building, .shopfront, .shop, shade: random.uniform())
      shop.pattern = .init(length, random.uniform(1.2, 2.4), height, random.uniform())
      plane(x: x, from: 0, to: height, near: near, far: near + length, shop, origin: near)
      if random.chance(0.35) {
        awning(x: x, sign: site.side.sign, near: near + 0.3, far: near + length - 0.3, height: height - 0.6, random: &random)
      }
    }
  }

  private mutating func awning(x: Float, sign: Float, near: Float, far: Float, height: Float, random: inout RandomStream) {
    let cloth = Finish(.building, .plain, .awning, shade: random.uniform())
    let front = x - sign * random.uniform(1.0, 1.5)
    guard near > Sketch.near, far > near else { return }
    add(
      [.init(x, height, near), .init(x, height, far), .init(front, height - 0.5, far), .init(front, height - 0.5, near)], cloth,
      .side)
    plane(x: front, from: height - 0.75, to: height - 0.5, near: near, far: far, cloth.lit(1.1))
    card(
      [.init(x, height), .init(front, height - 0.5), .init(front, height - 0.75), .init(x, height - 0.25)], x: 0, z: near,
      cloth.lit(0.8))
  }

  private mutating func frontDoors(_ site: Site, _ finish: Finish, random: inout RandomStream) {
    let x = site.front - site.side.sign * 0.03
    let bay = finish.pattern.x
    for _ in 0..<(1 + random.integer(below: 2)) {
      let column = Float(random.integer(below: max(Int(site.length / bay), 1)))
      let z = site.near + (column + 0.5) * bay
      guard z - 0.75 > Sketch.near, z + 0.75 < site.far else { continue }
      flank(Outline.rectangle(z - 0.72, 0, z + 0.72, 2.65), x: x, Finish(.building, .plain, .trim, shade: finish.shade), rank: 1)
      flank(Outline.rectangle(z - 0.52, 0, z + 0.52, 2.4), x: x, Finish(.building, .plain, .door, shade: random.uniform()), rank: 2)
      flank(
        Outline.rectangle(z - 0.35, 1.5, z + 0.35, 2.2), x: x, Finish(.building, .plain, .pane, shade: random.uniform()), rank: 3)
    }
  }

  /// A roof that rises from the eaves, and the triangle of the end wall below it.
  private mutating func pitchedRoof(_ site: Site, eaves: Float, random: inout RandomStream) {
    let tiles = Finish(.building, .roof, .roof, shade: random.uniform())
    let sign = site.side.sign
    let (front, ridge) = (site.front - sign * 0.4, site.front + sign * Sketch.depth / 2)
    let rise = random.uniform(2.5, 4.2)
    let (near, far) = (site.near, site.far)
    add(
      [
        .init(front, eaves - 0.2, near), .init(ridge, eaves + rise, near), .init(ridge, eaves + rise, far),
        .init(front, eaves - 0.2, far),
      ], tiles, .side)
    plane(x: front, from: eaves - 0.35, to: eaves - 0.15, near: near, far: far, Finish(.building, .plain, .trim, shade: 0.1))
    card(
      [.init(site.front, eaves), .init(ridge, eaves + rise), .init(site.front + sign * Sketch.depth, eaves)], x: 0, z: near,
      Finish(.building, .plain, .facade, shade: random.uniform()))
    if random.chance(0.6) {
      let z = random.uniform(near, far - 0.8)
      box(
        Block(x: ridge - sign * 1.5, width: 0.7, near: z, length: 0.7), from: eaves + rise - 1.4, to: eaves + rise + 0.9,
        Finish(.building, .masonry, .wall, shade: 0.9))
    }
  }
}
