import Tensors

/// Bicycles and motorcycles, and who rides them.
///
/// They are flat shapes that face the camera; `aspect` shortens them, from 1 for one that crosses to about a third for one that
/// drives ahead.
extension Sketch {
  mutating func bicycle(x: Float, z: Float, isRidden: Bool, random: inout RandomStream) {
    let aspect = random.uniform(0.3, 1) * random.side()
    let frame = Finish(.bicycle, .plain, .bicycle, shade: random.uniform())
    for place in [Float(-0.52), 0.52] { cycleWheel(place * aspect, radius: 0.34, abs(aspect), x: x, z: z, .bicycle) }
    func tube(_ sketch: inout Sketch, _ from: SIMD2<Float>, _ to: SIMD2<Float>, _ finish: Finish, _ width: Float = 0.06) {
      sketch.card(
        Outline.bar(.init(from.x * aspect, from.y), .init(to.x * aspect, to.y), width: width), x: x, z: z - 0.03, finish, rank: 2)
    }
    for (from, to) in [
      (SIMD2<Float>(-0.52, 0.35), SIMD2<Float>(-0.16, 0.8)), (.init(-0.16, 0.78), .init(0.38, 0.8)),
      (.init(-0.06, 0.34), .init(0.38, 0.8)),
      (.init(0.52, 0.35), .init(0.38, 0.98)), (.init(-0.52, 0.35), .init(-0.06, 0.34)), (.init(-0.06, 0.34), .init(-0.2, 0.92)),
    ] { tube(&self, from, to, frame) }
    let dark = Finish(.bicycle, .plain, .tyre)
    tube(&self, .init(-0.32, 0.94), .init(-0.08, 0.94), dark, 0.08)
    card(Outline.rectangle(0.4 * aspect - 0.2, 0.98, 0.4 * aspect + 0.2, 1.03), x: x, z: z - 0.04, dark)
    if isRidden {
      rider(x: x - 0.1 * aspect, z: z - 0.06, seat: 0.93, lean: 0.25 * aspect, wearsHelmet: random.chance(0.5), random: &random)
    }
    shadow(Block(x: x, width: 0.4 + abs(aspect), near: z, length: 0.3), to: isRidden ? 1.6 : 0.9)
  }

  mutating func motorcycle(x: Float, z: Float, isRidden: Bool, random: inout RandomStream) {
    let aspect = random.uniform(0.4, 1) * random.side()
    let wide = abs(aspect)
    let paint = Finish(.motorcycle, .paint, .motorcycle, shade: random.uniform())
    let dark = Finish(.motorcycle, .plain, .tyre)
    for place in [Float(-0.66), 0.66] {
      cycleWheel(place * aspect, radius: 0.33, max(wide, 0.5), x: x, z: z, .motorcycle, tyre: 0.66)
    }
    func shape(_ sketch: inout Sketch, _ outline: [SIMD2<Float>], _ finish: Finish, _ depth: Float) {
      sketch.card(outline.map { .init($0.x * aspect, $0.y) }, x: x, z: z - depth, finish)
    }
    shape(
      &self,
      [
        .init(-0.85, 0.7), .init(-0.8, 0.84), .init(-0.1, 0.78), .init(0.1, 0.98), .init(0.45, 1.02), .init(0.6, 0.72),
        .init(0.3, 0.36), .init(-0.35, 0.32),
      ], paint, 0.04)
    shape(&self, Outline.rectangle(-0.3, 0.24, 0.32, 0.5), Finish(.motorcycle, .plain, .metal), 0.05)
    shape(&self, Outline.bar(.init(0.66, 0.34), .init(0.42, 1.0), width: 0.09), Finish(.motorcycle, .plain, .metal), 0.05)
    shape(&self, Outline.bar(.init(-0.75, 0.4), .init(-0.1, 0.34), width: 0.1), Finish(.motorcycle, .plain, .metal), 0.06)
    shape(&self, [.init(-0.72, 0.8), .init(-0.7, 0.9), .init(-0.15, 0.88), .init(-0.08, 0.79)], dark, 0.06)
    card(Outline.rectangle(0.42 * aspect - 0.3, 1.02, 0.42 * aspect + 0.3, 1.08), x: x, z: z - 0.06, dark)
    card(
      Outline.rectangle(0.46 * aspect - 0.1, 0.86, 0.46 * aspect + 0.1, 1.05), x: x, z: z - 0.06,
      Finish(.motorcycle, .plain, .headlight), rank: 1)
    if isRidden { rider(x: x - 0.12 * aspect, z: z - 0.08, seat: 0.84, lean: 0.18 * aspect, wearsHelmet: true, random: &random) }
    shadow(Block(x: x, width: 0.5 + wide, near: z, length: 0.4), to: isRidden ? 1.6 : 1)
  }

  private mutating func cycleWheel(
    _ at: Float, radius: Float, _ aspect: Float, x: Float, z: Float, _ thing: StreetClass, tyre: Float = 0.8
  ) {
    let across = max(radius * aspect, 0.06)
    card(Outline.ring(at, radius, across, radius, corners: 14), x: x, z: z, Finish(thing, .plain, .tyre))
    card(Outline.ring(at, radius, across * tyre, radius * tyre, corners: 12), x: x, z: z, Finish(thing, .plain, .spoke), rank: 1)
    card(Outline.ring(at, radius, across * 0.16, radius * 0.16, corners: 6), x: x, z: z, Finish(thing, .plain, .tyre), rank: 2)
  }
}
