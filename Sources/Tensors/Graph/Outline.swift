/// A graph's shapes and costs at a size, without memory for its maps.
public struct Outline: Sendable {
  private let graph: Graph
  private let shapes: [MapShape]

  /// - Parameter sizes: the shape of each input.
  public init(_ graph: Graph, sizes: [NodeID: MapShape]) {
    self.graph = graph
    shapes = Outline.shapes(of: graph, sizes: sizes)
  }

  public func shape(_ id: NodeID) -> MapShape { shapes[id.index] }

  /// Multiplications with addition of one forward pass of some layers; of all by default.
  public func multiplyAccumulates(of layers: [NodeID]? = nil) -> Int {
    (layers ?? graph.identifiers).reduce(0) { sum, id in
      guard case .op(let op) = graph[id].work else { return sum }
      return sum + op.multiplyAccumulates(from: graph[id].inputs.map { shapes[$0.index] }, to: shapes[id.index])
    }
  }

  /// The shape of every node.
  static func shapes(of graph: Graph, sizes: [NodeID: MapShape]) -> [MapShape] {
    var shapes: [MapShape] = []
    for (index, node) in graph.nodes.enumerated() {
      let inputs = node.inputs.map { shapes[$0.index] }
      switch node.work {
      case .input:
        guard let size = sizes[NodeID(index: index)] else { preconditionFailure("input \(node.name) was given no size") }
        shapes.append(size)
      case .op(let op): shapes.append(op.outputShape(for: inputs))
      case .concatenation:
        precondition(inputs.allSatisfy { ($0.images, $0.height, $0.width) == (inputs[0].images, inputs[0].height, inputs[0].width) })
        var shape = inputs[0]
        shape.channels = inputs.reduce(0) { $0 + $1.channels }
        shapes.append(shape)
      }
    }
    return shapes
  }
}
