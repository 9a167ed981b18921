/// What a plan of a graph has settled, without the memory for it: for people.
///
///     let plan = PlanDescription(graph, sizes: [images: MapShape(2, 512, 1024, 3)], outputs: [logits], training: true)
///     plan.layers[0].methods?.forward     // "direct"
public struct PlanDescription: Sendable {
  public struct Layer: Sendable {
    public let name: String
    public let operation: String
    public let inputs: [MapShape]
    public let output: MapShape
    /// Nil for ops that compute in one way only.
    public let methods: OpMethods?
    /// Whether the gradient of any input is computed, and whether it is written over the output's.
    public let propagates: Bool
    public let worksInPlace: Bool
    /// Where the output lies, in bytes from the arena's beginning; parts of a concatenation are slices of its channels.
    public let value: Int
    /// Where its gradient lies; nil where nobody wants it.
    public let gradient: Int?
    /// Of one forward pass.
    public let multiplyAccumulates: Int
  }

  public let layers: [Layer]
  public let training: Bool
  /// Bytes of the arena, in which all maps lie, and what the same maps would take if each had memory of its own.
  public let arenaBytes: Int
  public let bytesWithoutLifetimes: Int
  /// Bytes that ops leave for their way back, such as a batch's means.
  public let stateBytes: Int
  /// Bytes of packed weights: all that inference keeps, or the most that a training step packs at once.
  public let packedBytes: Int

  /// - Parameters: as those of `Plan`.
  public init(
    _ graph: Graph, sizes: [NodeID: MapShape], outputs: [NodeID], training: Bool, repeatable: Bool = false,
    algorithms: ConvolutionAlgorithms = .standard
  ) {
    let layout = PlanLayout(graph, sizes: sizes, outputs: outputs, training: training, repeatable: repeatable)
    let liveness = layout.liveness
    layers = layout.graph.nodes.enumerated().compactMap { index, node in
      guard liveness.reached[index], case .op(let op) = node.work, let value = layout.values[index] else { return nil }
      let shapes = node.inputs.map { layout.shapes[$0.index] }
      let wanted = node.inputs.enumerated().filter { op.differentiates(input: $0.offset) && liveness.wanted[$0.element.index] }.map(\.element.index)
      return Layer(
        name: node.name, operation: op.name, inputs: shapes, output: layout.shapes[index], methods: op.methods(for: shapes, algorithms),
        propagates: !wanted.isEmpty, worksInPlace: wanted.contains { layout.gradients[$0] == layout.gradients[index] },
        value: 4 * value.offset, gradient: layout.gradients[index].map { 4 * $0.offset },
        multiplyAccumulates: op.multiplyAccumulates(from: shapes, to: layout.shapes[index]))
    }
    self.training = training
    arenaBytes = 4 * layout.arenaFloats
    bytesWithoutLifetimes = layout.bytesWithoutLifetimes
    stateBytes = 4 * layout.stateFloats
    let methods = layers.compactMap(\.methods)
    packedBytes = 4 * (training
      ? layers.reduce(0) { max($0, $1.methods?.packedFloats ?? 0, $1.propagates ? $1.methods?.transposedFloats ?? 0 : 0) }
      : methods.reduce(0) { $0 + $1.packedFloats })
  }
}
