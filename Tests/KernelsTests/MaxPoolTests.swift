import Kernels
import Testing

/// Max pooling against the plainest form of PyTorch's rule.
@Suite struct MaxPoolTests {
  /// No window consists of padding alone.
  static let windows = Window.table.filter { 2 * $0.padding <= $0.kernel } + [
    Window(shape: Shape(2, 37, 21, 64), kernel: 3, step: 2, padding: 1), Window(shape: Shape(2, 34, 5, 35, gap: 3), kernel: 3, step: 2, padding: 1),
    Window(shape: Shape(1, 12, 9, 16), kernel: 2, step: 3, padding: 0), Window(shape: Shape(1, 41, 7, 17), kernel: 5, step: 1, padding: 2),
  ]

  /// Where the numbers of a map come from.
  enum Numbers: CaseIterable {
    /// Hardly any two are equal.
    case spread
    /// Four values: most windows have ties.
    case few
    /// As behind a ReLU.
    case halfZero
    /// One in nine is no number, some are infinite.
    case broken

    func fill(_ map: Map) {
      let shape = map.shape
      var dice = Dice(77)
      for pixel in 0..<shape.pixels {
        for c in 0..<shape.channels {
          let at = pixel * map.map.stride + c, value = map.map.data[at]
          switch self {
          case .spread: break
          case .few: map.map.data[at] = (value * 2).rounded(.down)
          case .halfZero: map.map.data[at] = max(value, 0)
          case .broken:
            switch dice.next() % 18 {
            case 0, 1: map.map.data[at] = .nan
            case 2: map.map.data[at] = .infinity
            case 3...8: map.map.data[at] = -.infinity
            default: break
            }
          }
        }
      }
    }
  }

  /// For each number of the output, in order, the number of the source that wins: `value > best || value.isNaN`, row by row from the top left;
  /// the first one to begin with.
  private func winners(_ window: Window, _ values: [Float]) -> [Int] {
    let (from, to) = (window.shape, window.output), c = from.channels
    var winners = [Int](repeating: -1, count: to.pixels * c), best = [Float](repeating: -.infinity, count: to.pixels * c)
    for n in 0..<from.images {
      window.forEachMeeting { i, j, _, _, r, s in
        let output = ((n * to.height + i) * to.width + j) * c, source = ((n * from.height + r) * from.width + s) * c
        for k in 0..<c where winners[output + k] < 0 || values[source + k] > best[output + k] || values[source + k].isNaN {
          (winners[output + k], best[output + k]) = (source + k, values[source + k])
        }
      }
    }
    return winners
  }

  @Test(arguments: windows, Numbers.allCases)
  func followsPyTorchsRule(window: Window, numbers: Numbers) {
    let x = Map(window.shape), y = Map(window.output, seed: 2), dy = Map(window.output, seed: 4)
    numbers.fill(x)
    let values = x.values, winners = winners(window, values)
    segue_max_pool(x.map, window.kernel, window.step, window.padding, y.map)
    for (index, (have, winner)) in zip(y.values, winners).enumerated() where !(have == values[winner] || have.isNaN && values[winner].isNaN) {
      Issue.record("[\(index)] is \(have), not \(values[winner])")
      return
    }
    #expect(y.guardsIntact)

    let gradient = dy.values
    for accumulate in [false, true] {
      let dx = Map(window.shape, seed: 5)
      var wanted = accumulate ? dx.values.map(Double.init) : [Double](repeating: 0, count: values.count)
      for (winner, value) in zip(winners, gradient) { wanted[winner] += Double(value) }
      segue_max_pool_backward(x.map, dy.map, window.kernel, window.step, window.padding, dx.map, accumulate)
      expectClose(dx.values, wanted, tolerance: 1e-6)
      #expect(dx.guardsIntact && x.guardsIntact && dy.guardsIntact)
    }
  }
}
