public import Segmentation
public import Tensors

/// A training state as a safetensors file: `model.` and `velocity.` before the published names, the objectives' tensors under the names that
/// they have there, and the step in the metadata. Every number comes back with the same bits.
extension TrainingState {
  /// - Parameter metadata: further entries.
  public func file(metadata: [String: String] = [:]) -> Safetensors {
    Safetensors(
      weights.entries(under: "model") + weights.layout.entries(under: "velocity", trained: velocity) + objectives,
      metadata: metadata.merging(["step": String(step)]) { $1 })
  }

  /// The groups of tensors that every state has.
  public static let groups = [StateGroup("model", "weights and running statistics of the network"), StateGroup("velocity", "its momentum")]

  /// - Throws: `CheckpointError` where the file is of another training.
  public init(decoding file: Safetensors, network: Network, objectives: [any Objective]) throws {
    guard let step = file.metadata["step"].flatMap(Int.init), step >= 0 else { throw CheckpointError.notACheckpoint }
    self.init(
      step: step, weights: try file.weights(under: "model", network.layout), velocity: try file.trained(under: "velocity", network.layout),
      objectives: try objectives.flatMap { $0.state(for: network) }.map { tensor in
        Safetensors.Entry(name: tensor.name, tensor: Tensor(shape: tensor.shape, values: try file.values(tensor.name, shape: tensor.shape)))
      })
  }
}

/// A weight file that does not fit.
public enum CheckpointError: Error, CustomStringConvertible {
  case notACheckpoint
  case missing(String)
  case shape(String, found: [Int], wanted: [Int])

  public var description: String {
    switch self {
    case .notACheckpoint: "the file is not a training checkpoint"
    case .missing(let name): "the file holds no \(name): it is of another network"
    case .shape(let name, let found, let wanted):
      "\(name) has shape \(found) in the file and \(wanted) in the network; build the network with the width and spatial path of the file"
    }
  }
}

