public import Tensors

/// How a training run updates its network. Defaults are the paper's.
public struct TrainingSettings: Sendable, Hashable {
  /// SGD's rate at the first iteration.
  public var rate: Float
  public var momentum: Float
  public var decay: Float
  /// The poly schedule's exponent, for every optimiser.
  public var power: Double
  /// So many steps have one rate: 1, or those of an epoch.
  public var rateStride: Int
  /// How convolutions are computed, for comparisons.
  public var algorithms: ConvolutionAlgorithms

  public init(
    rate: Float = 0.01, momentum: Float = 0.9, decay: Float = 1e-4, power: Double = 0.9, rateStride: Int = 1,
    algorithms: ConvolutionAlgorithms = .standard
  ) {
    self.rate = rate
    self.momentum = momentum
    self.decay = decay
    self.power = power
    self.rateStride = rateStride
    self.algorithms = algorithms
  }
}
