/// A network, described once: which op reads what. Sizes come later, with a `Plan`.
///
/// Nodes are in order: a node reads earlier ones only.
public struct Graph: Sendable {
  public struct Node: Sendable {
    public enum Work: Sendable {
      /// Filled from outside; `differentiable` where somebody wants the gradient that arrives here.
      case input(differentiable: Bool)
      case op(any Op)
      /// The inputs side by side as channels. They write their slices themselves.
      case concatenation
    }
    public let work: Work
    public let inputs: [NodeID]
    /// A path such as `cp.backbone.features.2`, by which layers are listed and looked at.
    public let name: String
  }

  public private(set) var nodes: [Node] = []
  public init() {}

  public mutating func input(named name: String, differentiable: Bool = false) -> NodeID {
    append(Node(work: .input(differentiable: differentiable), inputs: [], name: name))
  }

  public mutating func add(_ op: some Op, _ inputs: NodeID..., named name: String) -> NodeID {
    append(Node(work: .op(op), inputs: inputs, name: name))
  }

  /// Each part may be in one concatenation only.
  public mutating func concatenate(_ parts: [NodeID], named name: String) -> NodeID {
    append(Node(work: .concatenation, inputs: parts, name: name))
  }

  /// Another op in the place of a node's.
  mutating func replace(_ index: Int, by op: any Op, reading inputs: [NodeID]) {
    nodes[index] = Node(work: .op(op), inputs: inputs, name: nodes[index].name)
  }

  public subscript(id: NodeID) -> Node { nodes[id.index] }

  /// Of all nodes, in their order.
  public var identifiers: [NodeID] { nodes.indices.map(NodeID.init) }

  /// The nodes that some outputs depend on, those among them, in their order.
  public func nodes(reaching outputs: [NodeID]) -> [NodeID] {
    var isReached = [Bool](repeating: false, count: nodes.count)
    for output in outputs { isReached[output.index] = true }
    for index in nodes.indices.reversed() where isReached[index] { for input in nodes[index].inputs { isReached[input.index] = true } }
    return identifiers.filter { isReached[$0.index] }
  }

  /// The parameters that some outputs depend on.
  public func parameters(reaching outputs: [NodeID]) -> Set<ParameterID> {
    Set(nodes(reaching: outputs).flatMap { id -> [ParameterID] in
      guard case .op(let op) = self[id].work else { return [] }
      return op.parameters
    })
  }

  /// The last node of this name.
  public func node(named name: String) -> NodeID? { nodes.lastIndex { $0.name == name }.map(NodeID.init) }

  private mutating func append(_ node: Node) -> NodeID {
    precondition(node.inputs.allSatisfy { $0.index < nodes.count }, "a node reads earlier nodes only")
    nodes.append(node)
    return NodeID(index: nodes.count - 1)
  }
}

/// A node of a graph.
public struct NodeID: Hashable, Sendable {
  let index: Int
}
