public import Tensors

/// Everything that training needs to continue bit for bit: both networks, both optimisers, and how many steps were taken.
/// (Random numbers and the order of samples follow from the seed and the step.)
public struct TrainingState: Sendable {
  public var step: Int
  public var weights: Weights
  public var velocity: [Float]
  public var discriminator: DiscriminatorState?

  public struct DiscriminatorState: Sendable {
    public var weights: Weights
    public var first: [Float]
    public var second: [Float]

    public init(weights: Weights, first: [Float], second: [Float]) {
      self.weights = weights
      self.first = first
      self.second = second
    }
  }

  public init(step: Int, weights: Weights, velocity: [Float], discriminator: DiscriminatorState?) {
    self.step = step
    self.weights = weights
    self.velocity = velocity
    self.discriminator = discriminator
  }

  /// The start of training from these weights.
  public init(weights: Weights, discriminator: Weights?) {
    self.init(
      step: 0, weights: weights, velocity: [Float](repeating: 0, count: weights.trained.count),
      discriminator: discriminator.map {
        DiscriminatorState(
          weights: $0, first: [Float](repeating: 0, count: $0.trained.count), second: [Float](repeating: 0, count: $0.trained.count))
      })
  }
}
