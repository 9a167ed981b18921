/// A way backward through a plan, from the gradients of some outputs: which ops in which order, and what they read and write. Settled once for
/// each set of seeds.
struct BackwardSchedule {
  struct Request: Hashable {
    var seeds: [NodeID]
    /// Those of the batch that the gradients belong to; nil for all.
    var images: Range<Int>?
    var wantsInputGradients: Bool
  }

  struct Step {
    let node: Int
    let op: any Op
    let inputs: [FeatureMap]
    let output: FeatureMap
    let outputGradient: FeatureMap
    let inputGradients: [FeatureMap?]
    let accumulate: [Bool]
    /// Gradients that become zeros before, to be added to.
    let cleared: [FeatureMap]
    /// Trained parameters whose gradient is complete after it.
    var completed: [ParameterID] = []
  }

  private(set) var steps: [Step] = []

  init(_ graph: Graph, wanted: [Bool], values: [FeatureMap?], gradients: [FeatureMap?], _ request: Request) {
    func part(_ map: FeatureMap?) -> FeatureMap { request.images.map(map!.images) ?? map! }
    func isInput(_ id: NodeID) -> Bool {
      if case .input = graph[id].work { return true }
      return false
    }
    var holds = [Bool](repeating: false, count: graph.nodes.count)
    for seed in request.seeds { holds[seed.index] = true }
    for (index, node) in graph.nodes.enumerated().reversed() where holds[index] && wanted[index] {
      switch node.work {
      case .input: continue
      case .concatenation: for part in node.inputs where wanted[part.index] { holds[part.index] = true }
      case .op(let op):
        let isWanted = node.inputs.enumerated().map { position, input in
          op.differentiates(input: position) && wanted[input.index] && (request.wantsInputGradients || !isInput(input))
        }
        var cleared: [Int] = []
        for (input, isWanted) in zip(node.inputs, isWanted) where isWanted { cleared += BackwardSchedule.complete(graph, input.index, &holds) }
        steps.append(
          Step(
            node: index, op: op, inputs: node.inputs.map { part(values[$0.index]) }, output: part(values[index]), outputGradient: part(gradients[index]),
            inputGradients: zip(node.inputs, isWanted).map { $1 ? part(gradients[$0.index]) : nil }, accumulate: node.inputs.map { holds[$0.index] },
            cleared: cleared.map { part(gradients[$0]) }))
        for (input, isWanted) in zip(node.inputs, isWanted) where isWanted { holds[input.index] = true }
      }
    }
    var later: Set<ParameterID> = []
    for index in steps.indices.reversed() {
      steps[index].completed = steps[index].op.parameters.filter { $0.kind.isTrained && later.insert($0).inserted }
    }
  }

  /// Where parts of a concatenation hold gradients before the whole does, because they are read by later nodes as well: the other parts, which
  /// must be zeros for the whole to be added to.
  private static func complete(_ graph: Graph, _ index: Int, _ holds: inout [Bool]) -> [Int] {
    guard !holds[index], case .concatenation = graph.nodes[index].work else { return [] }
    let parts = graph.nodes[index].inputs.map(\.index)
    var cleared = parts.flatMap { complete(graph, $0, &holds) }
    guard parts.contains(where: { holds[$0] }) else { return cleared }
    for part in parts where !holds[part] { cleared.append(part) }
    holds[index] = true
    return cleared
  }
}
