import Kernels
import Testing

/// Operations between a map and a map of one pixel an image.
@Suite struct GateTests {
  @Test(arguments: Shape.table)
  func sumsAndSpreads(shape: Shape) {
    let x = Map(shape), sums = Map(shape.sized(1, 1), seed: 5), before = Map(shape.sized(1, 1), seed: 5)
    let total = { (n: Int, c: Int) in sum(shape.height, shape.width) { Double(x[n, $0, $1, c]) } }
    segue_pixel_sums(x.map, 0.25, sums.map, true)
    sums.expect { Double(before[$0, 0, 0, $3]) + 0.25 * total($0, $3) }
    segue_pixel_sums(x.map, 0.25, sums.map, false)
    sums.expect { n, _, _, c in 0.25 * total(n, c) }

    let y = Map(shape, seed: 6), old = Map(shape, seed: 6)
    segue_spread(before.map, 3, y.map, true)
    y.expect { Double(old[$0, $1, $2, $3]) + 3 * Double(before[$0, 0, 0, $3]) }
    segue_spread(before.map, 3, y.map, false)
    y.expect { n, _, _, c in 3 * Double(before[n, 0, 0, c]) }
    segue_add(x.map, before.map, y.map)
    y.expect { Double(x[$0, $1, $2, $3]) + Double(before[$0, 0, 0, $3]) }
  }

  @Test(arguments: Shape.table, [false, true])
  func gates(shape: Shape, residual: Bool) {
    let x = Map(shape), gate = Map(shape.sized(1, 1), seed: 2), y = Map(shape, seed: 3), old = Map(shape, seed: 3)
    let factor = { (n: Int, c: Int) in Double(gate[n, 0, 0, c]) + (residual ? 1 : 0) }
    segue_gate(x.map, gate.map, residual, y.map)
    y.expect(tolerance: 1e-6) { Double(x[$0, $1, $2, $3]) * factor($0, $3) }
    segue_gate_backward(x.map, gate.map, residual, y.map, false)
    y.expect(tolerance: 1e-6) { Double(x[$0, $1, $2, $3]) * factor($0, $3) }
    let sum = Map(shape, seed: 3)
    segue_gate_backward(x.map, gate.map, residual, sum.map, true)
    sum.expect(tolerance: 1e-6) { Double(old[$0, $1, $2, $3]) + Double(x[$0, $1, $2, $3]) * factor($0, $3) }
  }

  @Test(arguments: Shape.table)
  func gateSums(shape: Shape) {
    let x = Map(shape), dy = Map(shape, seed: 2), gate = Map(shape.sized(1, 1), seed: 3), old = Map(shape.sized(1, 1), seed: 3)
    let total = { (n: Int, c: Int) in sum(shape.height, shape.width) { Double(x[n, $0, $1, c]) * Double(dy[n, $0, $1, c]) } }
    segue_gate_sums(x.map, dy.map, gate.map, true)
    gate.expect { Double(old[$0, 0, 0, $3]) + total($0, $3) }
    segue_gate_sums(x.map, dy.map, gate.map, false)
    gate.expect { n, _, _, c in total(n, c) }
  }
}
