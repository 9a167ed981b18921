public import Segmentation
public import Tensors

/// A training state as a safetensors file: `model.`, `velocity.`, `discriminator.`, `first.` and `second.` before the published
/// names, and the step in the metadata. Every number comes back with the same bits.
extension TrainingState {
  /// - Parameter metadata: further entries.
  public func encoded(metadata: [String: String] = [:]) -> [UInt8] {
    var tensors = prefixed("model", weights) + prefixed("velocity", weights.layout, velocity)
    if let discriminator {
      let layout = discriminator.weights.layout
      tensors += prefixed("discriminator", discriminator.weights)
      tensors += prefixed("first", layout, discriminator.first) + prefixed("second", layout, discriminator.second)
    }
    return Safetensors(tensors, metadata: metadata.merging(["step": String(step)]) { $1 }).encoded
  }

  /// - Throws: `SafetensorsError`, or `CheckpointError` where the file is of another network.
  public init(decoding file: Safetensors, network: BiSeNet, discriminator: Discriminator?) throws {
    guard let step = file.metadata["step"].flatMap(Int.init), step >= 0 else { throw CheckpointError.notACheckpoint }
    func numbers(_ prefix: String, _ layout: ParameterLayout) throws -> Weights {
      try Weights(layout: layout) { entry in try file.values("\(prefix).\(entry.name)", shape: entry.shape) }
    }
    func trained(_ prefix: String, _ layout: ParameterLayout) throws -> [Float] {
      try Weights(layout: layout) { entry in
        entry.kind.isTrained ? try file.values("\(prefix).\(entry.name)", shape: entry.shape) : [Float](repeating: 0, count: entry.count)
      }.trained
    }
    self.init(
      step: step, weights: try numbers("model", network.layout), velocity: try trained("velocity", network.layout),
      discriminator: try discriminator.map {
        DiscriminatorState(
          weights: try numbers("discriminator", $0.layout), first: try trained("first", $0.layout), second: try trained("second", $0.layout))
      })
  }

  private func prefixed(_ prefix: String, _ weights: Weights) -> [(name: String, tensor: Tensor)] {
    weights.named.map { ("\(prefix).\($0.name)", $0.tensor) }
  }

  /// Trained numbers alone; statistics have no velocity.
  private func prefixed(_ prefix: String, _ layout: ParameterLayout, _ trained: [Float]) -> [(name: String, tensor: Tensor)] {
    let weights = Weights(layout: layout, trained: trained, statistics: [Float](repeating: 0, count: layout.statisticsCount))
    return layout.entries.filter(\.kind.isTrained).map { ("\(prefix).\($0.name)", weights.tensor($0)) }
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

extension Safetensors {
  /// The numbers of one tensor, which must have this shape.
  ///
  /// - Throws: `CheckpointError`.
  public func values(_ name: String, shape: [Int]) throws -> [Float] {
    guard let tensor = self[name] else { throw CheckpointError.missing(name) }
    guard tensor.shape == shape else { throw CheckpointError.shape(name, found: tensor.shape, wanted: shape) }
    return tensor.values
  }
}
