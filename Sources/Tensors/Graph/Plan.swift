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
  /// How much of a batch's statistics goes into the running ones.
  public var momentum = BatchNormalization.momentum
  private let takesMoments: Bool
  public let algorithms: ConvolutionAlgorithms
  private let collective: any Collective
  /// Takes the time of every node where it is set; results are the same.
  public var times: LayerTimes?
  private let layout: PlanLayout
  private let arena: Buffer
  private let state: Buffer
  private let values: [FeatureMap?]
  private let gradients: [FeatureMap?]
  private let forwardSteps: [(node: Int, op: any Op, inputs: [FeatureMap], output: FeatureMap)]
  private var schedules: [BackwardSchedule.Request: BackwardSchedule] = [:]

  public var graph: Graph { layout.graph }
  public var shapes: [MapShape] { layout.shapes }
  private var liveness: Liveness { layout.liveness }

  /// - Parameters:
  ///   - sizes: the shape of each input that the outputs depend on.
  ///   - training: gradients will be wanted, and batch normalisation uses the batch's own statistics.
  ///   - repeatable: `backward` will be run more than once after one `forward`, for which values must stay.
  ///   - takesMoments: batch normalisation uses the batch's own statistics also where no gradients are wanted.
  ///   - collective: those whose images make one batch together.
  public init(
    _ graph: Graph, sizes: [NodeID: MapShape], outputs: [NodeID], training: Bool, repeatable: Bool = false, takesMoments: Bool = false,
    algorithms: ConvolutionAlgorithms = .standard, collective: any Collective = Alone()
  ) {
    let layout = PlanLayout(graph, sizes: sizes, outputs: outputs, training: training, repeatable: repeatable, takesMoments: takesMoments)
    self.takesMoments = training || takesMoments
    self.layout = layout
    self.outputs = outputs
    self.training = training
    self.algorithms = algorithms
    self.collective = collective
    let arena = Buffer(count: layout.arenaFloats)
    self.arena = arena
    func map(_ index: Int, _ place: PlanLayout.Place?) -> FeatureMap? {
      place.map { FeatureMap(arena, at: $0.offset, layout.shapes[index], stride: $0.stride) }
    }
    let values = layout.values.enumerated().map(map)
    self.values = values
    gradients = layout.gradients.enumerated().map(map)
    state = Buffer(count: layout.stateFloats)
    forwardSteps = layout.graph.nodes.enumerated().compactMap { index, node in
      guard layout.liveness.reached[index], case .op(let op) = node.work else { return nil }
      return (index, op, node.inputs.map { values[$0.index]! }, values[index]!)
    }
  }

  /// The bytes that such a plan would have, without taking them.
  public static func bytes(
    _ graph: Graph, sizes: [NodeID: MapShape], outputs: [NodeID], training: Bool, repeatable: Bool = false, takesMoments: Bool = false
  ) -> Int {
    PlanLayout(graph, sizes: sizes, outputs: outputs, training: training, repeatable: repeatable, takesMoments: takesMoments).bytes
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
    for step in forwardSteps {
      let pass = ForwardPass(
        inputs: step.inputs, output: step.output, parameters: parameters, state: state.start + layout.stateOffsets[step.node], training: takesMoments,
        momentum: momentum, algorithms: algorithms, collective: collective)
      if let times { times.forward(step.node) { step.op.forward(pass) } } else { step.op.forward(pass) }
    }
  }

  /// Adds the parameters' gradients to `parameters.gradients`, from the gradients that were written for the outputs `seeds`.
  ///
  /// - Parameters:
  ///   - wantsParameterGradients: false where only the gradients of differentiable inputs are wanted.
  ///   - images: those of the batch that the gradients belong to, where not all; for graphs whose ops treat each image for itself.
  ///   - isLast: whether nothing is added to `parameters.gradients` afterwards, so that they may be summed over the collective from now on.
  public func backward(
    _ parameters: Parameters, from seeds: [NodeID], images: Range<Int>? = nil, wantsParameterGradients: Bool = true,
    wantsInputGradients: Bool = true, isLast: Bool = false
  ) {
    precondition(training, "this plan was made for inference")
    for step in schedule(.init(seeds: seeds, images: images, wantsInputGradients: wantsInputGradients)).steps {
      for map in step.cleared { segue_fill(map.kernel, 0) }
      let pass = BackwardPass(
        inputs: step.inputs, output: step.output, outputGradient: step.outputGradient, inputGradients: step.inputGradients,
        accumulate: step.accumulate, parameters: parameters, wantsParameterGradients: wantsParameterGradients,
        state: state.start + layout.stateOffsets[step.node], algorithms: algorithms, collective: collective)
      if let times { times.backward(step.node) { step.op.backward(pass) } } else { step.op.backward(pass) }
      if isLast { parameters.areComplete(step.completed, for: collective) }
    }
  }

  private func schedule(_ request: BackwardSchedule.Request) -> BackwardSchedule {
    if let known = schedules[request] { return known }
    let schedule = BackwardSchedule(graph, wanted: liveness.wanted, values: values, gradients: gradients, request)
    schedules[request] = schedule
    return schedule
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
