internal import Kernels

/// SGD with momentum and weight decay, as PyTorch defines it:
/// `velocity = momentum * velocity + gradient + decay * weight`, `weight -= rate * velocity`.
public final class StochasticGradientDescent {
  public let momentum: Float
  public let decay: Float
  public let velocity: Buffer

  /// - Parameter velocity: what an earlier run left, to go on from; zeros otherwise.
  public init(count: Int, momentum: Float, decay: Float, velocity: [Float]? = nil) {
    self.momentum = momentum
    self.decay = decay
    self.velocity = velocity.map(Buffer.init) ?? Buffer(count: count)
  }

  public func step(_ parameters: Parameters, rate: Float) {
    segue_sgd(
      parameters.trained.start, velocity.start, parameters.gradients.start, parameters.trained.floats.count, rate, momentum, decay)
  }
}
