public import Tensors

/// A segmentation network with its weights: what is trained, kept and asked.
public struct SegmentationModel: Sendable {
  public let network: Network
  public var weights: Weights

  public init(network: Network, weights: Weights) {
    precondition(weights.layout == network.layout, "weights of another network")
    self.network = network
    self.weights = weights
  }

  /// Trained numbers at inference, without what serves the auxiliary heads alone.
  public var inferenceParameterCount: Int { network.layout.trainedCount(of: network.graph.parameters(reaching: [network.logits])) }
  /// Numbers in training.
  public var trainingParameterCount: Int { network.layout.trainedCount }
}
