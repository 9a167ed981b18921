import Segmentation
import Tensors

/// The cost of a training step layer by layer: one forward and one backward pass of BiSeNet or of the discriminator, node by node.
struct LayerBenchmark {
  struct Row: Encodable {
    let name: String
    let operation: String
    /// Milliseconds.
    let forward: Double
    let backward: Double
    /// Multiplications with addition of the forward pass, in millions.
    let mmac: Double
    /// How often as many the backward pass needs: once for the weights' gradients, once for the input's where somebody wants it.
    let gradients: Int
  }

  private let parameters: Parameters
  private let plan: Plan

  /// Where a request asks for one.
  init?(_ request: BenchmarkRequest) {
    switch request.work {
    case "layers": self.init(batch: request.images, height: request.height, width: request.width, algorithms: request.algorithms(usual: .standard))
    case "layers of the discriminator":
      self.init(discriminatorBatch: request.images, height: request.height, width: request.width, algorithms: request.algorithms(usual: .standard))
    default: return nil
    }
  }

  init(batch: Int, height: Int, width: Int, algorithms: ConvolutionAlgorithms) {
    let network = BiSeNet.network()
    self.init(
      network.graph, network.initialWeights(seed: 0), input: network.images, MapShape(batch, height, width, 3), outputs: network.outputs, algorithms)
  }

  init(discriminatorBatch batch: Int, height: Int, width: Int, algorithms: ConvolutionAlgorithms) {
    let network = Discriminator()
    self.init(
      network.graph, network.initialWeights(seed: 0), input: network.probabilities, MapShape(batch, height, width, 19), outputs: [network.logits],
      algorithms)
  }

  private init(_ graph: Graph, _ weights: Weights, input: NodeID, _ shape: MapShape, outputs: [NodeID], _ algorithms: ConvolutionAlgorithms) {
    parameters = Parameters(weights)
    plan = Plan(graph, sizes: [input: shape], outputs: outputs, training: true, algorithms: algorithms)
    var random = RandomStream(seed: 7, purpose: "input")
    plan.value(input).set((0..<shape.count).map { _ in random.uniform(-2, 2) })
  }

  /// The medians of `rounds` passes, after one that is not counted.
  func rows(rounds: Int) -> [Row] {
    run()
    let passes = (0..<rounds).map { _ in
      let times = LayerTimes()
      plan.times = times
      run()
      return times
    }
    plan.times = nil
    return plan.graph.nodes.enumerated().compactMap { index, node in
      let entries = passes.compactMap { $0.entries[index] }
      guard !entries.isEmpty, case .op(let op) = node.work, let id = plan.graph.node(named: node.name) else { return nil }
      func median(_ durations: [Duration]) -> Double { durations.sorted()[durations.count / 2] / .milliseconds(1) }
      return Row(
        name: node.name, operation: op.name, forward: median(entries.map(\.forward)), backward: median(entries.map(\.backward)),
        mmac: Double(plan.multiplyAccumulates(of: id)) / 1e6, gradients: plan.wantsGradient(ofInputsOf: id) ? 2 : 1)
    }
  }

  private func run() {
    plan.forward(parameters)
    for head in plan.outputs {
      var random = RandomStream(seed: 8, purpose: "gradient")
      plan.gradient(head).set((0..<plan.shape(head).count).map { _ in random.uniform(-1e-5, 1e-5) })
    }
    parameters.clearGradients()
    plan.backward(parameters, from: plan.outputs)
  }
}
