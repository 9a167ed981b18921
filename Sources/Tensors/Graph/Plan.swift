internal import Kernels

/// A graph at one size: shapes, memory and order of work, settled once and run many times.
///
///     let plan = Plan(graph, sizes: [images: MapShape(2, 512, 1024, 3)], outputs: [logits], training: true)
///     plan.value(images).set(pixels)
///     plan.forward(parameters)
///     // read plan.value(logits), write plan.gradient(logits)
///     plan.backward(parameters, from: [logits])
///
/// All maps lie in one arena, each as long as it is needed. One thread at a time may use a plan; the ops share out their own work.
public final class Plan {
  public let outputs: [NodeID]
  public let training: Bool
  public let algorithms: ConvolutionAlgorithms
  /// Takes the time of every node where it is set; results are the same.
  public var times: LayerTimes?
  private let layout: PlanLayout
  private let arena: Buffer
  private let state: Buffer
  private let values: [FeatureMap?]
  private let gradients: [FeatureMap?]

  public var graph: Graph { layout.graph }
  public var shapes: [MapShape] { layout.shapes }
  private var liveness: Liveness { layout.liveness }

  /// - Parameters:
  ///   - sizes: the shape of each input that the outputs depend on.
  ///   - training: gradients will be wanted, and batch normalisation uses the batch's own statistics.
  ///   - repeatable: `backward` will be run more than once after one `forward`, for which values must stay.
  public init(
    _ graph: Graph, sizes: [NodeID: MapShape], outputs: [NodeID], training: Bool, repeatable: Bool = false,
    algorithms: ConvolutionAlgorithms = .standard
  ) {
    let layout = PlanLayout(graph, sizes: sizes, outputs: outputs, training: training, repeatable: repeatable)
    self.layout = layout
    self.outputs = outputs
    self.training = training
    self.algorithms = algorithms
    let arena = Buffer(count: layout.arenaFloats)
    self.arena = arena
    func map(_ index: Int, _ place: PlanLayout.Place?) -> FeatureMap? {
      place.map { FeatureMap(arena, at: $0.offset, layout.shapes[index], stride: $0.stride) }
    }
    values = layout.values.enumerated().map(map)
    gradients = layout.gradients.enumerated().map(map)
    state = Buffer(count: layout.stateFloats)
  }

  /// The bytes that such a plan would have, without taking them.
  public static func bytes(
    _ graph: Graph, sizes: [NodeID: MapShape], outputs: [NodeID], training: Bool, repeatable: Bool = false
  ) -> Int {
    PlanLayout(graph, sizes: sizes, outputs: outputs, training: training, repeatable: repeatable).bytes
  }

  /// Bytes of all maps together.
  public var bytes: Int { layout.bytes }

  public func shape(_ id: NodeID) -> MapShape { shapes[id.index] }

  /// A node's value: an input's at any time, an output's after `forward`; others may have been overwritten since.
  public func value(_ id: NodeID) -> FeatureMap {
    guard let map = values[id.index] else { preconditionFailure("\(graph[id].name) takes no part in this plan") }
    return map
  }

  /// A node's gradient: an output's before `backward`, a differentiable input's after it.
  public func gradient(_ id: NodeID) -> FeatureMap {
    guard let map = gradients[id.index] else { preconditionFailure("\(graph[id].name) has no gradient in this plan") }
    return map
  }

  /// Computes every output from the inputs.
  public func forward(_ parameters: Parameters) {
    for (index, node) in graph.nodes.enumerated() where liveness.reached[index] {
      guard case .op(let op) = node.work else { continue }
      let pass = ForwardPass(
        inputs: node.inputs.map { values[$0.index]! }, output: values[index]!, parameters: parameters,
        state: state.start + layout.stateOffsets[index], training: training, algorithms: algorithms)
      if let times { times.forward(index) { op.forward(pass) } } else { op.forward(pass) }
    }
  }

  /// Adds the parameters' gradients to `parameters.gradients`, from the gradients that were written for the outputs `seeds`.
  ///
  /// - Parameters:
  ///   - wantsParameterGradients: false where only the gradients of differentiable inputs are wanted.
  ///   - images: those of the batch that the gradients belong to, where not all; for graphs whose ops treat each image for itself.
  public func backward(
    _ parameters: Parameters, from seeds: [NodeID], images: Range<Int>? = nil, wantsParameterGradients: Bool = true,
    wantsInputGradients: Bool = true
  ) {
    precondition(training, "this plan was made for inference")
    func part(_ map: FeatureMap?) -> FeatureMap { images.map(map!.images) ?? map! }
    var holds = [Bool](repeating: false, count: graph.nodes.count)
    for seed in seeds { holds[seed.index] = true }
    for (index, node) in graph.nodes.enumerated().reversed() where holds[index] && liveness.wanted[index] {
      switch node.work {
      case .input: continue
      case .concatenation: for part in node.inputs where liveness.wanted[part.index] { holds[part.index] = true }
      case .op(let op):
        let wanted = node.inputs.enumerated().map { position, input in
          op.differentiates(input: position) && liveness.wanted[input.index] && (wantsInputGradients || !isInput(input))
        }
        for (input, isWanted) in zip(node.inputs, wanted) where isWanted { complete(input.index, &holds) }
        let pass = BackwardPass(
          inputs: node.inputs.map { part(values[$0.index]) }, output: part(values[index]), outputGradient: part(gradients[index]),
          inputGradients: zip(node.inputs, wanted).map { $1 ? part(gradients[$0.index]) : nil },
          accumulate: node.inputs.map { holds[$0.index] }, parameters: parameters,
          wantsParameterGradients: wantsParameterGradients, state: state.start + layout.stateOffsets[index], algorithms: algorithms)
        if let times { times.backward(index) { op.backward(pass) } } else { op.backward(pass) }
        for (input, isWanted) in zip(node.inputs, wanted) where isWanted { holds[input.index] = true }
      }
    }
  }

  /// Where parts of a concatenation hold gradients before the whole does, because they are read by later nodes as well: zeros for
  /// the other parts, so that the whole can be added to.
  private func complete(_ index: Int, _ holds: inout [Bool]) {
    guard !holds[index], case .concatenation = graph.nodes[index].work else { return }
    let parts = graph.nodes[index].inputs.map(\.index)
    for part in parts { complete(part, &holds) }
    guard parts.contains(where: { holds[$0] }) else { return }
    for part in parts where !holds[part] { segue_fill(gradients[part]!.kernel, 0) }
    holds[index] = true
  }

  private func isInput(_ id: NodeID) -> Bool {
    if case .input = graph[id].work { return true }
    return false
  }

  /// Whether `backward` computes the gradient of any input of this node.
  public func wantsGradient(ofInputsOf id: NodeID) -> Bool {
    guard case .op(let op) = graph[id].work else { return false }
    return graph[id].inputs.enumerated().contains { op.differentiates(input: $0.offset) && liveness.wanted[$0.element.index] }
  }

  /// Multiplications with addition of one forward pass.
  public var multiplyAccumulates: Int { graph.nodes.indices.reduce(0) { $0 + multiplyAccumulates(of: NodeID(index: $1)) } }

  public func multiplyAccumulates(of id: NodeID) -> Int {
    guard liveness.reached[id.index], case .op(let op) = graph[id].work else { return 0 }
    return op.multiplyAccumulates(from: graph[id].inputs.map { shapes[$0.index] }, to: shapes[id.index])
  }
}
