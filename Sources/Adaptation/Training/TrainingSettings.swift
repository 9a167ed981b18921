public import Tensors

/// What a training run is told beside its data. Defaults are the paper's; see DESIGN's table for where sources disagree.
public struct TrainingSettings: Sendable, Hashable {
  /// SGD's rate at the first iteration.
  public var rate: Float
  public var momentum: Float
  public var decay: Float
  /// The poly schedule's exponent, for both networks.
  public var power: Double
  /// λ of the adversarial loss on the main output.
  public var adversarial: Float
  /// Adam's rate at the first iteration, for the discriminator.
  public var discriminatorRate: Float
  /// How convolutions are computed, for comparisons.
  public var algorithms: ConvolutionAlgorithms

  public init(
    rate: Float = 0.01, momentum: Float = 0.9, decay: Float = 1e-4, power: Double = 0.9, adversarial: Float = 0.001, discriminatorRate: Float = 1e-4,
    algorithms: ConvolutionAlgorithms = .standard
  ) {
    self.rate = rate
    self.momentum = momentum
    self.decay = decay
    self.power = power
    self.adversarial = adversarial
    self.discriminatorRate = discriminatorRate
    self.algorithms = algorithms
  }

  /// Adam's betas for the discriminator.
  public static let discriminatorBetas: (Double, Double) = (0.9, 0.99)
}
