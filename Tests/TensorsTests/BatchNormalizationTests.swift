import Tensors
import Testing

/// Batch normalisation against its definition in double precision, for every way in which channels and pixels can fill vectors of
/// sixteen lanes.
@Suite struct BatchNormalizationTests {
  @Test(arguments: [1, 2, 3, 4, 6, 7, 8, 9, 12, 15, 16, 17, 19, 20, 24, 31, 32, 40, 68, 80])
  func followsItsDefinition(_ channels: Int) {
    for pixels in [2, 3, 4, 5, 7, 16, 17, 30, 33, 67] { check(channels: channels, pixels: pixels) }
  }

  /// More pixels than one tile of a sweep holds.
  @Test(arguments: [(8, 9001), (20, 3333)]) func inSeveralTiles(_ channels: Int, _ pixels: Int) {
    check(channels: channels, pixels: pixels)
  }

  private func check(channels: Int, pixels: Int) {
    var layout = ParameterLayout(), graph = Graph()
    let op = BatchNormalization(
      scale: layout.add("s", .scale, [channels]), shift: layout.add("t", .shift, [channels]),
      runningMean: layout.add("m", .runningMean, [channels]), runningVariance: layout.add("v", .runningVariance, [channels]), relu: true)
    let x = graph.input(named: "x", differentiable: true), y = graph.add(op, x, named: "y")
    let shape = MapShape(1, 1, pixels, channels)
    let plan = Plan(graph, sizes: [x: shape], outputs: [y], training: true)
    var random = RandomStream(seed: 1, purpose: "batch norm", epoch: channels, sample: pixels)
    let parameters = Parameters(Weights(layout: layout) { entry in (0..<entry.count).map { _ in random.uniform(0.5, 1.5) } })
    let scale = parameters.weights.named[0].tensor.values, shift = parameters.weights.named[1].tensor.values
    let running = parameters.statistics.array
    // Neighbouring channels have different means, so that none can be taken for another.
    let values = (0..<shape.count).map { Float($0 % channels % 5 - 2) + random.uniform(-1, 1) }
    let arriving = (0..<shape.count).map { _ in random.uniform(-1, 1) }
    plan.value(x).set(values)
    plan.forward(parameters)
    let output = plan.value(y).tensor.values
    plan.gradient(y).set(arriving)
    plan.backward(parameters, from: [y])
    let gradient = plan.gradient(x).tensor.values, gradients = parameters.gradients.array, after = parameters.statistics.array

    var worst = 0.0
    for c in 0..<channels {
      func channel(_ map: [Float]) -> [Double] { (0..<pixels).map { Double(map[$0 * channels + c]) } }
      let own = channel(values), count = Double(pixels)
      let mean = own.reduce(0, +) / count
      let variance = own.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / count
      let inverse = 1 / (variance + 1e-5).squareRoot()
      let normalised = own.map { ($0 - mean) * inverse }
      let before = normalised.map { $0 * Double(scale[c]) + Double(shift[c]) }
      // Values within rounding of the ReLU's kink may fall on either side.
      if before.contains(where: { abs($0) < 1e-4 }) { continue }
      let passed = zip(channel(arriving), before).map { $1 > 0 ? $0 : 0 }
      let sum = passed.reduce(0, +), product = zip(passed, normalised).reduce(0) { $0 + $1.0 * $1.1 }
      for (actual, expected) in zip(channel(output), before) { worst = max(worst, abs(actual - max(expected, 0)) / max(inverse, 1)) }
      for (p, actual) in channel(gradient).enumerated() {
        let expected = Double(scale[c]) * inverse * (passed[p] - sum / count - normalised[p] * product / count)
        worst = max(worst, abs(actual - expected) / max(inverse, 1))
      }
      worst = max(worst, abs(Double(gradients[c]) - product) / count.squareRoot())
      worst = max(worst, abs(Double(gradients[channels + c]) - sum) / count.squareRoot())
      worst = max(worst, abs(Double(after[c]) - (0.9 * Double(running[c]) + 0.1 * mean)))
      let unbiased = variance * count / (count - 1)
      worst = max(worst, abs(Double(after[channels + c]) - (0.9 * Double(running[channels + c]) + 0.1 * unbiased)))
    }
    #expect(worst < 3e-5, "\(channels) channels, \(pixels) pixels: \(worst)")
  }
}
