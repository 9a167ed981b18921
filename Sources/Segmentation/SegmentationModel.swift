public import Tensors

/// A segmentation network with its weights: what is trained, kept and asked.
public struct SegmentationModel: Sendable {
  public let network: BiSeNet
  public var weights: Weights

  public init(network: BiSeNet, weights: Weights) {
    precondition(weights.layout == network.layout, "weights of another network")
    self.network = network
    self.weights = weights
  }

  /// Numbers at inference, without the auxiliary heads.
  public var inferenceParameterCount: Int { trainedCount { !$0.hasPrefix("conv_out16.") && !$0.hasPrefix("conv_out32.") } }
  /// Numbers in training.
  public var trainingParameterCount: Int { network.layout.trainedCount }

  private func trainedCount(where isCounted: (String) -> Bool) -> Int {
    network.layout.entries.reduce(0) { $0 + ($1.kind.isTrained && isCounted($1.name) ? $1.count : 0) }
  }
}
