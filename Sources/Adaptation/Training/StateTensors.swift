public import Tensors

// A network's numbers among the tensors of a state: `prefix.name` for each of its parameters.

extension Safetensors {
  public init(_ entries: [Entry], metadata: [String: String] = [:]) { self.init(entries.map { ($0.name, $0.tensor) }, metadata: metadata) }

  /// The numbers of one tensor, which must have this shape.
  ///
  /// - Throws: `CheckpointError`.
  public func values(_ name: String, shape: [Int]) throws -> [Float] {
    guard let tensor = self[name] else { throw CheckpointError.missing(name) }
    guard tensor.shape == shape else { throw CheckpointError.shape(name, found: tensor.shape, wanted: shape) }
    return tensor.values
  }

  /// - Throws: `CheckpointError`.
  public func weights(under prefix: String, _ layout: ParameterLayout) throws -> Weights {
    try Weights(layout: layout) { entry in try values("\(prefix).\(entry.name)", shape: entry.shape) }
  }

  /// One number for each trained one, such as its momentum, in the order of memory.
  ///
  /// - Throws: `CheckpointError`.
  public func trained(under prefix: String, _ layout: ParameterLayout) throws -> [Float] {
    try Weights(layout: layout) { entry in
      entry.kind.isTrained ? try values("\(prefix).\(entry.name)", shape: entry.shape) : [Float](repeating: 0, count: entry.count)
    }.trained
  }
}

extension Weights {
  public func entries(under prefix: String) -> [Safetensors.Entry] { named.map { .init(name: "\(prefix).\($0.name)", tensor: $0.tensor) } }
}

extension ParameterLayout {
  /// One number for each trained one; statistics have no momentum.
  public func entries(under prefix: String, trained: [Float]) -> [Safetensors.Entry] {
    let weights = Weights(layout: self, trained: trained, statistics: [Float](repeating: 0, count: statisticsCount))
    return entries.filter(\.kind.isTrained).map { .init(name: "\(prefix).\($0.name)", tensor: weights.tensor($0)) }
  }

  /// What ``Weights/entries(under:)`` and ``entries(under:trained:)`` have.
  func stateTensors(under prefix: String, onlyTrained: Bool = false) -> [StateTensor] {
    entries.filter { !onlyTrained || $0.kind.isTrained }.map { StateTensor(name: "\(prefix).\($0.name)", shape: $0.shape) }
  }
}
