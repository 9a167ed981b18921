/// Plans of one graph for the image sizes in use.
///
/// Training sees one size, or two where source and target differ; the least recently used plan gives way to a third.
public final class PlanCache {
  private let graph: Graph
  private let input: NodeID
  private let outputs: [NodeID]
  private let training: Bool
  private let repeatable: Bool
  private let takesMoments: Bool
  private let capacity: Int
  private let algorithms: ConvolutionAlgorithms
  private let collective: any Collective
  /// The most recently used last.
  private var plans: [Plan] = []

  /// - Parameter input: the graph's only input.
  public init(
    _ graph: Graph, input: NodeID, outputs: [NodeID], training: Bool, repeatable: Bool = false, takesMoments: Bool = false,
    capacity: Int = 2, algorithms: ConvolutionAlgorithms = .standard, collective: any Collective = Alone()
  ) {
    self.graph = graph
    self.input = input
    self.outputs = outputs
    self.training = training
    self.repeatable = repeatable
    self.takesMoments = takesMoments
    self.capacity = capacity
    self.algorithms = algorithms
    self.collective = collective
  }

  /// The plan for inputs of this shape.
  public func plan(for size: MapShape) -> Plan {
    if let index = plans.firstIndex(where: { $0.shape(input) == size }) {
      let plan = plans.remove(at: index)
      plans.append(plan)
      return plan
    }
    if plans.count == capacity { plans.removeFirst() }
    let plan = Plan(
      graph, sizes: [input: size], outputs: outputs, training: training, repeatable: repeatable, takesMoments: takesMoments,
      algorithms: algorithms, collective: collective)
    plans.append(plan)
    return plan
  }

  /// Bytes of all arenas.
  public var bytes: Int { plans.reduce(0) { $0 + $1.bytes } }
}
