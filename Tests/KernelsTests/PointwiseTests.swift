#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif
import Kernels
import Testing

/// An operation y (+)= f(a, b) on each float, beside its definition.
struct Pointwise: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let accumulates: Bool
  let run: @Sendable (SegueMap, SegueMap, SegueMap, Bool) -> Void
  let value: @Sendable (Double, Double) -> Double

  static let table = [
    Pointwise(testDescription: "copy", accumulates: true, run: { a, _, y, add in segue_copy(a, y, add) }, value: { a, _ in a }),
    Pointwise(testDescription: "fill", accumulates: false, run: { _, _, y, _ in segue_fill(y, 2.5) }, value: { _, _ in 2.5 }),
    Pointwise(testDescription: "add", accumulates: false, run: { a, b, y, _ in segue_add(a, b, y) }, value: { $0 + $1 }),
    Pointwise(
      testDescription: "sigmoid", accumulates: false, run: { a, _, y, _ in segue_sigmoid(a, y) }, value: { a, _ in 1 / (1 + exp(-a)) }),
    Pointwise(
      testDescription: "sigmoid backward", accumulates: true, run: { a, b, y, add in segue_sigmoid_backward(a, b, y, add) },
      value: { a, b in b * a * (1 - a) }),
    Pointwise(
      testDescription: "leaky relu", accumulates: false, run: { a, _, y, _ in segue_leaky_relu(a, 0.2, y) },
      value: { a, _ in a > 0 ? a : Double(Float(0.2)) * a }),
    Pointwise(
      testDescription: "relu", accumulates: false, run: { a, _, y, _ in segue_leaky_relu(a, 0, y) }, value: { a, _ in max(a, 0) }),
    Pointwise(
      testDescription: "leaky relu backward", accumulates: true,
      run: { a, b, y, add in segue_leaky_relu_backward(a, b, 0.2, y, add) },
      value: { a, b in a > 0 ? b : Double(Float(0.2)) * b }),
  ]
}

@Suite struct PointwiseTests {
  @Test(arguments: Pointwise.table, Shape.table)
  func isItsDefinition(operation: Pointwise, shape: Shape) {
    let a = Map(shape, seed: 1, scale: 4), b = Map(shape, seed: 2), y = Map(shape, seed: 3), before = Map(shape, seed: 3)
    operation.run(a.map, b.map, y.map, false)
    y.expect(tolerance: 1e-6) { operation.value(Double(a[$0, $1, $2, $3]), Double(b[$0, $1, $2, $3])) }
    guard operation.accumulates else { return }
    let sum = Map(shape, seed: 3)
    operation.run(a.map, b.map, sum.map, true)
    sum.expect(tolerance: 1e-6) {
      Double(before[$0, $1, $2, $3]) + operation.value(Double(a[$0, $1, $2, $3]), Double(b[$0, $1, $2, $3]))
    }
  }

  /// As the two operations one after the other, whose sums are taken in the same order.
  @Test(arguments: Shape.table) func theGradientsOfABiasAndALeakyReLUAtOnce(shape: Shape) {
    let y = Map(shape, seed: 1), dy = Map(shape, seed: 2), dx = Map(shape, seed: 3), masked = Map(shape, seed: 3)
    var both = [Float](repeating: 0.5, count: shape.channels), alone = both
    segue_biased_leaky_relu_backward(y.map, dy.map, 0.2, dx.map, &both)
    segue_leaky_relu_backward(y.map, dy.map, 0.2, masked.map, false)
    segue_bias_backward(masked.map, &alone)
    #expect(both == alone)
    dx.expect(tolerance: 0) { Double(masked[$0, $1, $2, $3]) }
  }

  /// One of the maps is a slice and the others are not.
  @Test func unlikeStrides() {
    let a = Map(Shape(2, 5, 7, 20)), b = Map(Shape(2, 5, 7, 20, gap: 12), seed: 2), y = Map(Shape(2, 5, 7, 20, gap: 3), seed: 3)
    segue_add(a.map, b.map, y.map)
    y.expect { Double(a[$0, $1, $2, $3]) + Double(b[$0, $1, $2, $3]) }
  }

  @Test func sigmoidOfExtremes() {
    let x = Map(Shape(1, 1, 6, 1)), y = Map(Shape(1, 1, 6, 1))
    for (i, value) in [-200, -80, -20, 0, 20, 200].enumerated() { x[0, 0, i, 0] = Float(value) }
    segue_sigmoid(x.map, y.map)
    for i in 0..<6 {
      let want = 1 / (1 + exp(-Double(x[0, 0, i, 0]))), have = Double(y[0, 0, i, 0])
      #expect(abs(have - want) <= 1e-6 * want + 1e-37, "\(have) is not \(want)")
    }
  }

  @Test(arguments: Shape.table)
  func bias(shape: Shape) {
    let y = Map(shape), before = Map(shape), bias = Dice.floats(shape.channels, seed: 7)
    segue_bias(y.map, bias)
    y.expect(tolerance: 1e-6) { Double(before[$0, $1, $2, $3]) + Double(bias[$3]) }

    var gradient = bias
    segue_bias_backward(before.map, &gradient)
    expectClose(gradient, (0..<shape.channels).map { c in
      (0..<shape.images).reduce(Double(bias[c])) { total, n in
        total + sum(shape.height, shape.width) { Double(before[n, $0, $1, c]) }
      }
    }, tolerance: 1e-6 * max(10, Double(shape.pixels).squareRoot()))
  }
}
