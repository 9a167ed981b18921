/// What a plan settles before it takes memory: shapes, lifetimes, and where everything lies.
struct PlanLayout {
  /// Where a map lies in the arena, in floats.
  struct Place: Hashable {
    let offset: Int
    /// From one pixel to the next: the channels of the map whose slice this is.
    let stride: Int
  }

  let graph: Graph
  let shapes: [MapShape]
  let liveness: Liveness
  /// By node; nil for what takes no part.
  let values: [Place?]
  let gradients: [Place?]
  let arenaFloats: Int
  /// Where each op's state lies, on cache lines of its own.
  let stateOffsets: [Int]
  let stateFloats: Int

  init(_ graph: Graph, sizes: [NodeID: MapShape], outputs: [NodeID], training: Bool, repeatable: Bool = false, takesMoments: Bool = false) {
    let graph = graph.folded(outputs: Set(outputs.map(\.index)), training: training || takesMoments)
    let shapes = Outline.shapes(of: graph, sizes: sizes)
    let liveness = Liveness(graph, shapes: shapes, outputs: Set(outputs.map(\.index)), training: training, repeatable: repeatable)
    (self.graph, self.shapes, self.liveness) = (graph, shapes, liveness)

    let valueRoots = liveness.valueLife.keys.sorted(), gradientRoots = liveness.gradientLife.keys.sorted()
    let memory = MemoryPlan(
      valueRoots.map { .init(floats: shapes[$0].count, life: liveness.valueLife[$0]!) }
        + gradientRoots.map { .init(floats: shapes[$0].count, life: liveness.gradientLife[$0]!) })
    arenaFloats = memory.total
    let valueOffsets = Dictionary(uniqueKeysWithValues: zip(valueRoots, memory.offsets))
    let gradientOffsets = Dictionary(uniqueKeysWithValues: zip(gradientRoots, memory.offsets.dropFirst(valueRoots.count)))
    func place(_ home: Liveness.Home?, _ offsets: [Int: Int]) -> Place? {
      guard let home, let offset = offsets[home.root] else { return nil }
      return Place(offset: offset + home.channel, stride: shapes[home.root].channels)
    }
    values = liveness.values.map { place($0, valueOffsets) }
    gradients = liveness.gradients.map { place($0, gradientOffsets) }

    var offsets: [Int] = [], floats = 0
    for node in graph.nodes {
      offsets.append(floats)
      if case .op(let op) = node.work { floats += (op.stateCount(for: node.inputs.map { shapes[$0.index] }) + 15) / 16 * 16 }
    }
    (stateOffsets, stateFloats) = (offsets, floats)
  }

  /// Bytes of all maps and states together.
  var bytes: Int { (arenaFloats + stateFloats) * 4 }

  /// Bytes of the maps if each had memory of its own.
  var bytesWithoutLifetimes: Int { (liveness.valueLife.keys.reduce(0) { $0 + shapes[$1].count } + liveness.gradientLife.keys.reduce(0) { $0 + shapes[$1].count }) * 4 }
}
