import Tensors
import TestSupport
import Testing

/// Optimisers on one array, five steps with gradients that the formula makes, against PyTorch's.
@Suite struct OptimiserTests {
  private func parameters(_ fixture: Fixture) -> Parameters {
    var layout = ParameterLayout()
    let start = fixture.input("weight").values
    _ = layout.add("weight", .bias, [start.count])
    return Parameters(Weights(layout: layout, trained: start, statistics: []))
  }

  /// The poly schedule in its definition, so that a wrong schedule cannot hide a wrong optimiser.
  private func rate(_ fixture: Fixture, _ step: Int) -> Float {
    let settings = fixture.settings
    var rate = settings.rate!
    // (1 - step / steps) ^ 0.9 by the tenth root, found by Newton.
    let rest = 1 - Double(step) / Double(settings.steps!)
    var root = 1.0
    for _ in 0..<200 {
      let ninth = (0..<9).reduce(1.0) { power, _ in power * root }
      root -= (ninth * root - rest) / (10 * ninth)
    }
    for _ in 0..<9 { rate *= root }
    return Float(rate)
  }

  private func check(_ fixture: Fixture, _ key: String, _ actual: [Float]) throws {
    let truth = try #require(fixture.tensors[key])
    let error = truth.error(of: actual)
    #expect(error <= truth.bound(floor: 3e-7), "\(key): \(error)")
  }

  @Test func sgdFollowsPyTorch() throws {
    let fixture = try Fixture.named("optimiser-sgd"), settings = fixture.settings
    let parameters = parameters(fixture)
    let sgd = StochasticGradientDescent(
      count: parameters.layout.trainedCount, momentum: settings.momentum!, decay: settings.weight_decay!)
    for step in 0..<settings.steps! {
      _ = parameters.gradients.floats.update(fromContentsOf: fixture.input("gradient \(step)").values)
      sgd.step(parameters, rate: rate(fixture, step))
      try check(fixture, "weight.after.\(step)", parameters.trained.array)
      try check(fixture, "momentum_buffer.after.\(step)", sgd.velocity.array)
    }
  }

  @Test func adamFollowsPyTorch() throws {
    let fixture = try Fixture.named("optimiser-adam"), settings = fixture.settings
    let parameters = parameters(fixture), betas = try #require(settings.betas)
    let adam = Adam(count: parameters.layout.trainedCount, betas: (betas[0], betas[1]))
    for step in 0..<settings.steps! {
      _ = parameters.gradients.floats.update(fromContentsOf: fixture.input("gradient \(step)").values)
      adam.step(parameters, rate: rate(fixture, step))
      try check(fixture, "weight.after.\(step)", parameters.trained.array)
      try check(fixture, "exp_avg.after.\(step)", adam.first.array)
      try check(fixture, "exp_avg_sq.after.\(step)", adam.second.array)
    }
  }
}
