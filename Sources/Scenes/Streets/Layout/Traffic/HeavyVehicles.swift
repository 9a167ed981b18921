import Tensors

/// Buses and lorries.
extension Sketch {
  mutating func bus(x: Float, z: Float, leadsAway: Bool, on occupied: inout Occupied, random: inout RandomStream) {
    let length = random.uniform(9, 13)
    let block = Block(x: x, width: 2.5, near: z, length: length)
    guard z > 5, occupied.claim(block) else { return }
    let bus = Carriage(block, leadsAway: leadsAway, thing: .bus, on: self)
    let shade = random.uniform()
    let paint = bus.finish(.paint, .bus, shade)
    box(block, from: 0.32, to: 3.05, paint)
    side(bus, Outline.rectangle(0, 0.32, length, 0.55), bus.finish(.plain, .bumper), rank: 1)
    if random.chance(0.6) {
      side(bus, Outline.rectangle(0, 0.85, length, 1.15), bus.finish(.plain, .band, random.uniform()), rank: 1)
    }
    windows(bus, from: 0.25, to: length - 0.3, 1.35, 2.55, count: 7)
    // Doors are on the right of a bus, and so in sight only of who drives towards it or stands beside it.
    if (bus.inward < 0) == leadsAway {
      for place in [length - 1.6, length * 0.5] {
        side(bus, Outline.rectangle(place, 0.45, place + 1.1, 2.6), bus.finish(.glass, .glass).lit(0.85), rank: 3)
      }
    }
    end(bus, -1.25, 0.32, 1.25, 0.6, bus.finish(.plain, .bumper))
    if leadsAway {
      end(bus, -0.95, 1.75, 0.95, 2.55, bus.finish(.glass, .glass), rank: 2)
      end(bus, -0.75, 0.75, 0.75, 1.45, paint.lit(0.82))
      bothEnds(bus, from: 0.08, width: 0.2, 0.75, 1.35, bus.finish(.plain, .red), rank: 2)
    } else {
      end(bus, -1.15, 1.15, 1.15, 2.5, bus.finish(.glass, .glass), rank: 2)
      bothEnds(bus, from: 0.12, width: 0.36, 0.68, 0.86, bus.finish(.plain, .headlight), rank: 2)
      for edge in [Float(-1), 1] {
        card(
          Outline.rectangle(edge * 1.42 - 0.1, 1.7, edge * 1.42 + 0.1, 2.2), x: block.middle, z: block.near - 0.1,
          bus.finish(.plain, .dark))
      }
    }
    end(bus, -0.85, 2.62, 0.85, 2.95, bus.finish(.plain, .dark), rank: 2)
    end(bus, -0.7, 2.7, leadsAway ? -0.2 : 0.6, 2.87, bus.finish(.plain, .display), rank: 3)
    end(bus, -0.26, 0.38, 0.26, 0.5, bus.finish(.plain, .plate), rank: 2)
    wheels(bus, at: [2.4, length - 2.5], radius: 0.48)
    ground(bus, height: 3.05)
  }

  mutating func lorry(x: Float, z: Float, leadsAway: Bool, on occupied: inout Occupied, random: inout RandomStream) {
    let length = random.uniform(6.2, 10)
    let block = Block(x: x, width: 2.45, near: z, length: length)
    guard z > 5, occupied.claim(block) else { return }
    let lorry = Carriage(block, leadsAway: leadsAway, thing: .truck, on: self)
    let height = random.uniform(2.9, 3.7)
    let cabLength: Float = 1.9
    let cargo = lorry.finish(.paint, .cargo, random.uniform())
    let cab = lorry.finish(.paint, .truck, random.uniform())
    var load = block
    var front = block.inset(0.08)
    if leadsAway {
      (load.far, front.near) = (block.far - cabLength - 0.25, block.far - cabLength)
    } else {
      (load.near, front.far) = (block.near + cabLength + 0.25, block.near + cabLength)
    }
    box(block.inset(0.2, 0.1), from: 0.5, to: 0.95, lorry.finish(.plain, .bumper), hasTop: false)
    box(load, from: 0.92, to: height, cargo)
    box(front, from: 0.45, to: min(2.65, height), cab)
    side(lorry, Outline.rectangle(0, 0.92, load.length, 1.02), lorry.finish(.plain, .metal), rank: 1)
    if random.chance(0.5) {
      side(lorry, Outline.rectangle(0.5, 1.6, load.length - 0.5, 2.2), lorry.finish(.plain, .band, random.uniform()), rank: 1)
    }
    side(
      lorry, Outline.rectangle(length - 1.5, 1.55, length - 0.35, 2.3), inset: [0.08, 0.08, 0.08, 0.08],
      lorry.finish(.glass, .glass), rank: 2)
    if leadsAway {
      end(lorry, -0.03, 1.02, 0.03, height - 0.1, lorry.finish(.plain, .bumper))
      for x in [Float(-0.7), 0.7] { end(lorry, x - 0.03, 1.05, x + 0.03, height - 0.15, lorry.finish(.plain, .metal)) }
      end(lorry, -1.22, height - 0.12, 1.22, height, cargo.lit(0.8))
      end(lorry, -1.22, 0.92, 1.22, 1.03, lorry.finish(.plain, .metal))
      end(lorry, -1.1, 0.55, 1.1, 0.82, lorry.finish(.plain, .bumper))
      bothEnds(lorry, from: 0.15, width: 0.4, 0.6, 0.78, lorry.finish(.plain, .red), rank: 2)
    } else {
      end(lorry, -1.0, 1.5, 1.0, 2.35, lorry.finish(.glass, .glass), rank: 2)
      end(lorry, -0.8, 0.95, 0.8, 1.35, lorry.finish(.plain, .dark))
      end(lorry, -1.14, 0.45, 1.14, 0.75, lorry.finish(.plain, .bumper))
      bothEnds(lorry, from: 0.15, width: 0.36, 0.75, 0.95, lorry.finish(.plain, .headlight), rank: 2)
      for edge in [Float(-1), 1] {
        card(
          Outline.rectangle(edge * 1.35 - 0.1, 1.6, edge * 1.35 + 0.1, 2.2), x: block.middle, z: block.near - 0.1,
          lorry.finish(.plain, .dark))
      }
    }
    end(lorry, -0.26, 0.5, 0.26, 0.62, lorry.finish(.plain, .plate), rank: 3)
    wheels(lorry, at: [1.3, 2.4, length - 1.2], radius: 0.48)
    ground(lorry, height: height)
  }
}
