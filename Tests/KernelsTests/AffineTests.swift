import Kernels
import Testing

@Suite struct AffineTests {
  @Test(arguments: Shape.table)
  func moments(shape: Shape) {
    let x = Map(shape, scale: 2, offset: 0.5)
    checkMoments(of: x, tolerance: 2e-6)
  }

  /// The variance 0.01 / 3 is 3e-7 of the mean square: a sum of squares in float32 would have lost it.
  @Test(arguments: [Shape(2, 30, 40, 19), Shape(1, 64, 64, 4, gap: 4), Shape(2, 100, 100, 1)])
  func largeMean(shape: Shape) {
    let x = Map(shape, scale: 0.1, offset: 100)
    checkMoments(of: x, tolerance: 2e-6, varianceTolerance: 1e-5)
  }

  /// The first rows, which the estimate of the mean rests on, are unlike all others.
  @Test func misleadingSample() {
    let x = Map(Shape(1, 64, 64, 3), scale: 0.1, offset: 5)
    for y in 0..<8 { for i in 0..<64 { for c in 0..<3 { x[0, y, i, c] = -1000 } } }
    checkMoments(of: x, tolerance: 2e-6, varianceTolerance: 2e-5)
  }

  private func checkMoments(of x: Map, tolerance: Double, varianceTolerance: Double? = nil) {
    let shape = x.shape, count = Double(shape.pixels)
    var mean = [Float](repeating: 0, count: shape.channels), variance = mean
    segue_channel_moments(x.map, &mean, &variance)
    for c in 0..<shape.channels {
      let values = (0..<shape.pixels).map { Double(x.map.data[$0 * x.map.stride + c]) }
      let m = values.reduce(0, +) / count
      let v = values.reduce(0) { $0 + ($1 - m) * ($1 - m) } / count
      #expect(abs(Double(mean[c]) - m) <= tolerance * max(1, abs(m)))
      #expect(abs(Double(variance[c]) - v) <= (varianceTolerance ?? tolerance) * max(v, 1e-12), "\(variance[c]) is not \(v)")
    }
    #expect(x.guardsIntact)
  }

  @Test(arguments: Shape.table, [false, true])
  func affine(shape: Shape, relu: Bool) {
    let x = Map(shape, seed: 2), y = Map(shape, seed: 3)
    let scale = Dice.floats(shape.channels, seed: 4), shift = Dice.floats(shape.channels, seed: 5, scale: 0.3)
    segue_channel_affine(x.map, scale, shift, relu, y.map)
    let expected = { (n: Int, i: Int, j: Int, c: Int) in
      let value = Double(x[n, i, j, c]) * Double(scale[c]) + Double(shift[c])
      return relu ? max(0, value) : value
    }
    y.expect(tolerance: 1e-6, expected)
    let copy = Map(shape, seed: 2)
    segue_channel_affine(copy.map, scale, shift, relu, copy.map)
    #expect(copy.values == y.values, "in place")
  }

  @Test(arguments: Shape.table, [false, true])
  func gradients(shape: Shape, relu: Bool) {
    let x = Map(shape, seed: 2, offset: 0.2), dy = Map(shape, seed: 3)
    let rows = (4..<10).map { Dice.floats(shape.channels, seed: $0) }
    let (scale, shift, mean) = (rows[0], rows[1], rows[2])
    func g(_ n: Int, _ i: Int, _ j: Int, _ c: Int) -> Double {
      let passes = !relu || Double(x[n, i, j, c]) * Double(scale[c]) + Double(shift[c]) > 0
      return passes ? Double(dy[n, i, j, c]) : 0
    }

    var sums = [Float](repeating: 9, count: shape.channels), products = sums
    segue_channel_affine_sums(x.map, dy.map, scale, shift, relu, mean, &sums, &products)
    var wantedSums: [Double] = [], wantedProducts: [Double] = []
    for c in 0..<shape.channels {
      var (first, second) = (0.0, 0.0)
      for n in 0..<shape.images {
        first += sum(shape.height, shape.width) { g(n, $0, $1, c) }
        second += sum(shape.height, shape.width) { g(n, $0, $1, c) * (Double(x[n, $0, $1, c]) - Double(mean[c])) }
      }
      wantedSums.append(first)
      wantedProducts.append(second)
    }
    let tolerance = 1e-6 * Double(shape.pixels).squareRoot()
    expectClose(sums, wantedSums, tolerance: tolerance)
    expectClose(products, wantedProducts, tolerance: tolerance)

    let expected = { (n: Int, i: Int, j: Int, c: Int) in
      let centred = Double(x[n, i, j, c]) - Double(mean[c])
      return Double(rows[3][c]) * g(n, i, j, c) + Double(rows[4][c]) * centred + Double(rows[5][c])
    }
    let dx = Map(shape, seed: 11), before = Map(shape, seed: 11)
    segue_channel_affine_backward(x.map, dy.map, scale, shift, relu, mean, rows[3], rows[4], rows[5], dx.map, true)
    dx.expect(tolerance: 2e-6) { Double(before[$0, $1, $2, $3]) + expected($0, $1, $2, $3) }
    segue_channel_affine_backward(x.map, dy.map, scale, shift, relu, mean, rows[3], rows[4], rows[5], dx.map, false)
    dx.expect(tolerance: 2e-6, expected)
    let copy = Map(shape, seed: 3)
    segue_channel_affine_backward(x.map, copy.map, scale, shift, relu, mean, rows[3], rows[4], rows[5], copy.map, false)
    #expect(copy.values == dx.values, "in place of dy")
  }
}
