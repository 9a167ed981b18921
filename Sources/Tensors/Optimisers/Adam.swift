internal import Kernels

/// Adam with bias correction (Kingma and Ba, *Adam*, 2015, algorithm 1).
public final class Adam {
  public let betas: (Double, Double)
  public let epsilon: Float
  public let first: Buffer
  public let second: Buffer
  /// Steps taken.
  public private(set) var steps: Int

  public init(count: Int, betas: (Double, Double), epsilon: Float = 1e-8) {
    self.betas = betas
    self.epsilon = epsilon
    first = Buffer(count: count)
    second = Buffer(count: count)
    steps = 0
  }

  /// Goes on from what an earlier run left.
  public init(first: [Float], second: [Float], steps: Int, betas: (Double, Double), epsilon: Float = 1e-8) {
    self.betas = betas
    self.epsilon = epsilon
    self.first = Buffer(first)
    self.second = Buffer(second)
    self.steps = steps
  }

  public func step(_ parameters: Parameters, rate: Float) {
    steps += 1
    segue_adam(
      parameters.trained.start, first.start, second.start, parameters.gradients.start, parameters.trained.floats.count, rate,
      betas.0, betas.1, epsilon, steps)
  }
}
