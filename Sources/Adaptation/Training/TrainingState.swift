public import Tensors

/// Everything that training needs to continue bit for bit: the network with its optimiser, what the objectives keep, and how many steps were
/// taken. (Random numbers and the order of samples follow from the seed and the step.)
public struct TrainingState: Sendable {
  public var step: Int
  public var weights: Weights
  public var velocity: [Float]
  /// What ``Objective/state(for:)`` declares, of each objective.
  public var objectives: [Safetensors.Entry]

  public init(step: Int, weights: Weights, velocity: [Float], objectives: [Safetensors.Entry]) {
    self.step = step
    self.weights = weights
    self.velocity = velocity
    self.objectives = objectives
  }

  /// The start of training from these weights, and what ``Objective/start(from:seed:after:)`` gives.
  public init(weights: Weights, objectives: [Safetensors.Entry] = []) {
    self.init(step: 0, weights: weights, velocity: [Float](repeating: 0, count: weights.trained.count), objectives: objectives)
  }
}
