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

  /// Multiplications with addition of the layers whose names are counted, in one forward pass.
  public func multiplyAccumulates(where isCounted: (String) -> Bool) -> Int {
    graph.nodes.enumerated().reduce(0) { sum, pair in
      guard case .op(let op) = pair.element.work, isCounted(pair.element.name) else { return sum }
      return sum + op.multiplyAccumulates(from: pair.element.inputs.map { shapes[$0.index] }, to: shapes[pair.offset])
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
