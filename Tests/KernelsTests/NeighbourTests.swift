import Kernels
import Testing

/// A kernel of kernel x kernel taps, `step` apart on the output side, over a map.
struct Window: Sendable, CustomTestStringConvertible {
  let shape: Shape
  let kernel: Int, step: Int, padding: Int

  var testDescription: String { "\(shape.testDescription) k\(kernel) s\(step) p\(padding)" }
  var output: Shape {
    shape.sized((shape.height + 2 * padding - kernel) / step + 1, (shape.width + 2 * padding - kernel) / step + 1)
  }
  /// The source line of tap `k` for output line `i`, if it lies within `size`.
  func source(_ i: Int, _ k: Int, in size: Int) -> Int? {
    let line = i * step + k - padding
    return line >= 0 && line < size ? line : nil
  }
  /// Calls `body` with each pair of an output pixel and a tap that meets a source pixel: (i, j, k, l, y, x).
  func forEachMeeting(_ body: (Int, Int, Int, Int, Int, Int) -> Void) {
    for i in 0..<output.height {
      for j in 0..<output.width {
        for k in 0..<kernel {
          for l in 0..<kernel {
            if let y = source(i, k, in: shape.height), let x = source(j, l, in: shape.width) { body(i, j, k, l, y, x) }
          }
        }
      }
    }
  }

  static let table = [
    Window(shape: Shape(2, 8, 10, 16), kernel: 3, step: 2, padding: 1), Window(shape: Shape(1, 7, 9, 19), kernel: 3, step: 2, padding: 1),
    Window(shape: Shape(2, 9, 5, 4, gap: 4), kernel: 3, step: 1, padding: 1), Window(shape: Shape(1, 6, 6, 33, gap: 2), kernel: 2, step: 2, padding: 0),
    Window(shape: Shape(1, 1, 1, 3), kernel: 3, step: 2, padding: 1), Window(shape: Shape(1, 11, 13, 8), kernel: 5, step: 3, padding: 2),
    Window(shape: Shape(2, 10, 10, 1), kernel: 1, step: 2, padding: 0), Window(shape: Shape(1, 50, 60, 20), kernel: 3, step: 2, padding: 1),
    Window(shape: Shape(1, 3, 2, 16), kernel: 5, step: 2, padding: 4),
  ]
}

@Suite struct NeighbourTests {
  @Test(arguments: Window.table)
  func depthwise(window: Window) {
    let shape = window.shape, k = window.kernel
    let x = Map(shape), y = Map(window.output, seed: 2)
    let weights = Dice.floats(k * k * shape.channels, seed: 3)
    let weight = { (tap: Int, c: Int) in Double(weights[tap * shape.channels + c]) }
    segue_depthwise(x.map, weights, k, window.step, window.padding, y.map)
    expectSum(y, into: window.output, window) { n, i, j, k, l, r, s, c in
      ((i, j), Double(x[n, r, s, c]) * weight(k * window.kernel + l, c))
    }

    let dy = Map(window.output, seed: 4)
    for accumulate in [false, true] {
      let dx = Map(shape, seed: 5)
      segue_depthwise_backward_data(dy.map, weights, k, window.step, window.padding, dx.map, accumulate)
      expectSum(dx, into: shape, window, startingFrom: accumulate ? Map(shape, seed: 5) : nil) { n, i, j, k, l, r, s, c in
        ((r, s), Double(dy[n, i, j, c]) * weight(k * window.kernel + l, c))
      }
    }

    var gradient = weights
    segue_depthwise_backward_weights(x.map, dy.map, k, window.step, window.padding, &gradient)
    var wanted = weights.map { Double($0) }
    for n in 0..<shape.images {
      for c in 0..<shape.channels {
        window.forEachMeeting { i, j, k, l, r, s in
          wanted[(k * window.kernel + l) * shape.channels + c] += Double(dy[n, i, j, c]) * Double(x[n, r, s, c])
        }
      }
    }
    expectClose(gradient, wanted)
  }

  @Test(arguments: Window.table)
  func averagePool(window: Window) {
    let x = Map(window.shape), y = Map(window.output, seed: 2), share = 1 / Double(window.kernel * window.kernel)
    segue_average_pool(x.map, window.kernel, window.step, window.padding, y.map)
    expectSum(y, into: window.output, window) { n, i, j, _, _, r, s, c in ((i, j), Double(x[n, r, s, c]) * share) }
    for accumulate in [false, true] {
      let dx = Map(window.shape, seed: 5)
      segue_average_pool_backward(y.map, window.kernel, window.step, window.padding, dx.map, accumulate)
      expectSum(dx, into: window.shape, window, startingFrom: accumulate ? Map(window.shape, seed: 5) : nil) { n, i, j, _, _, r, s, c in
        ((r, s), Double(y[n, i, j, c]) * share)
      }
    }
  }

  /// The map is the sum, over all meetings of the window, of a term that goes to one of its pixels.
  private func expectSum(
    _ map: Map, into shape: Shape, _ window: Window, startingFrom start: Map? = nil, sourceLocation: SourceLocation = #_sourceLocation,
    _ term: (Int, Int, Int, Int, Int, Int, Int, Int) -> ((Int, Int), Double)
  ) {
    var sums = start.map { $0.values.map(Double.init) } ?? [Double](repeating: 0, count: shape.pixels * shape.channels)
    func index(_ n: Int, _ y: Int, _ x: Int, _ c: Int) -> Int { ((n * shape.height + y) * shape.width + x) * shape.channels + c }
    for n in 0..<shape.images {
      for c in 0..<shape.channels {
        window.forEachMeeting { i, j, k, l, r, s in
          let ((y, x), value) = term(n, i, j, k, l, r, s, c)
          sums[index(n, y, x, c)] += value
        }
      }
    }
    map.expect(tolerance: 2e-6, sourceLocation: sourceLocation) { sums[index($0, $1, $2, $3)] }
  }

  @Test(arguments: [
    (Shape(2, 3, 4, 19), 6, 8), (Shape(1, 1, 1, 32, gap: 8), 5, 7), (Shape(2, 3, 5, 4), 7, 11), (Shape(1, 4, 4, 3), 4, 4),
    (Shape(1, 5, 7, 20, gap: 4), 3, 2),
  ])
  func nearest(shape: Shape, height: Int, width: Int) {
    let x = Map(shape), y = Map(shape.sized(height, width), seed: 2)
    segue_upsample_nearest(x.map, y.map)
    y.expect(tolerance: 0) { Double(x[$0, $1 * shape.height / height, $2 * shape.width / width, $3]) }
    for accumulate in [false, true] {
      let dx = Map(shape, seed: 5), before = Map(shape, seed: 5)
      segue_upsample_nearest_backward(y.map, dx.map, accumulate)
      dx.expect { n, r, s, c in
        (accumulate ? Double(before[n, r, s, c]) : 0) + sum(height, width) { i, j in
          i * shape.height / height == r && j * shape.width / width == s ? Double(y[n, i, j, c]) : 0
        }
      }
    }
  }

  @Test(arguments: Window.table + [
    Window(shape: Shape(2, 16, 18, 3), kernel: 7, step: 2, padding: 3), Window(shape: Shape(1, 9, 8, 3, gap: 1), kernel: 3, step: 1, padding: 1),
    Window(shape: Shape(1, 4, 40, 64), kernel: 4, step: 2, padding: 1),
  ])
  func gather(window: Window) {
    let source = Map(window.shape), shape = window.shape, grid = window.output, taps = window.kernel * window.kernel
    let tapY = (0..<taps).map { Int32($0 / window.kernel - window.padding) }
    let tapX = (0..<taps).map { Int32($0 % window.kernel - window.padding) }
    expectGathered(source, grid, window.step, tapY, tapX, first: 0, count: grid.pixels)
    // From the middle, and with taps in an order that has no neighbours.
    let first = grid.pixels / 3
    expectGathered(source, grid, window.step, tapY.reversed(), tapX.reversed(), first: first, count: grid.pixels - first)
    #expect(shape.pixels * shape.channels == source.values.count)
  }

  private func expectGathered(_ source: Map, _ grid: Shape, _ step: Int, _ tapY: [Int32], _ tapX: [Int32], first: Int, count: Int) {
    let channels = source.shape.channels, width = tapY.count * channels
    let rows = Map(Shape(1, 1, count, width), seed: 9)
    segue_gather(source.map, grid.height, grid.width, step, tapY, tapX, tapY.count, first, count, rows.map.data)
    rows.expect(tolerance: 0) { _, _, row, column in
      let number = first + row, tap = column / channels
      let y = number / grid.width % grid.height * step + Int(tapY[tap]), x = number % grid.width * step + Int(tapX[tap])
      guard y >= 0, y < source.shape.height, x >= 0, x < source.shape.width else { return 0 }
      return Double(source[number / (grid.width * grid.height), y, x, column % channels])
    }
  }
}
