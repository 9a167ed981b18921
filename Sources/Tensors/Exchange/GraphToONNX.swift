extension ONNXBuilder {
  /// Adds what some of a graph's outputs depend on, for inference: a batch normalisation becomes part of the convolution before it.
  ///
  /// - Parameter values: the names of the graph's inputs.
  /// - Parameter shapes: of all maps, where the size is fixed.
  /// - Parameter prefix: of the names of everything that is added.
  /// - Returns: the names of the outputs.
  /// - Throws: `ONNXError` where an op has no counterpart here.
  public mutating func add(
    _ graph: Graph, outputs: [NodeID], weights: Weights, values: [NodeID: String], shapes: Outline? = nil, prefix: String = ""
  ) throws -> [String] {
    var walk = ONNXWalk(graph: graph, outputs: outputs, weights: weights, shapes: shapes, prefix: prefix, values: values)
    for id in graph.nodes(reaching: outputs) { try walk.visit(id, &self) }
    return outputs.map { walk.values[$0]! }
  }
}

/// An op that ``ONNXBuilder`` does not write.
public struct ONNXError: Error, CustomStringConvertible {
  public let description: String
}

/// One way through a graph, from its inputs on.
private struct ONNXWalk {
  let graph: Graph
  let weights: Weights
  let shapes: Outline?
  let prefix: String
  /// What each node's output is called, as far as it is there.
  var values: [NodeID: String]
  /// Convolutions that a batch normalisation alone reads: they are written with it.
  private let folded: Set<NodeID>

  init(graph: Graph, outputs: [NodeID], weights: Weights, shapes: Outline?, prefix: String, values: [NodeID: String]) {
    (self.graph, self.weights, self.shapes, self.prefix, self.values) = (graph, weights, shapes, prefix, values)
    let nodes = graph.nodes(reaching: outputs)
    var readers: [NodeID: [NodeID]] = [:]
    for id in nodes { for input in graph[id].inputs { readers[input, default: []].append(id) } }
    folded = Set(nodes.filter { id in
      guard ONNXConvolution(graph[id]) != nil, !outputs.contains(id), let only = readers[id], only.count == 1, case .op(let reader) = graph[only[0]].work else { return false }
      return reader is BatchNormalization
    })
  }

  mutating func visit(_ id: NodeID, _ builder: inout ONNXBuilder) throws {
    let node = graph[id], name = prefix + node.name
    guard !folded.contains(id) else { return }
    switch node.work {
    case .input:
      guard values[id] != nil else { throw ONNXError(description: "the graph's input \(node.name) has no name in the model") }
    case .concatenation:
      values[id] = builder.add("Concat", names(node), named: name, [("axis", .integer(1))])
    case .op(let op):
      values[id] = if let convolution = ONNXConvolution(node) {
        convolution.add(to: &builder, reading: names(node)[0], named: name, weights, normalization: nil)
      } else {
        try add(op, node, id, name, &builder)
      }
    }
  }

  private func names(_ node: Graph.Node) -> [String] { node.inputs.map { values[$0]! } }

  private func add(_ op: any Op, _ node: Graph.Node, _ id: NodeID, _ name: String, _ builder: inout ONNXBuilder) throws -> String {
    if let op = op as? BatchNormalization { return add(op, node, name, &builder) }
    let inputs = names(node)
    switch op {
    case let op as LeakyReLU: return op.slope == 0 ? builder.add("Relu", inputs, named: name) : builder.add("LeakyRelu", inputs, named: name, [("alpha", .float(op.slope))])
    case is Sigmoid: return builder.add("Sigmoid", inputs, named: name)
    case is Sum: return builder.add("Add", inputs, named: name)
    case is GlobalAveragePool: return builder.add("GlobalAveragePool", inputs, named: name)
    case let op as AveragePool:
      return builder.add("AveragePool", inputs, named: name, windowAttributes(op.kernel, op.stride, op.padding) + [("count_include_pad", .integer(1))])
    case let op as MaxPool: return builder.add("MaxPool", inputs, named: name, windowAttributes(op.kernel, op.stride, op.padding))
    case is NearestUpsample: return builder.resize(inputs[0], as: inputs[1], shape: shapes?.shape(id), .nearest, named: name)
    case let op as Gate:
      guard op.residual else { return builder.add("Mul", inputs, named: name) }
      return builder.add("Add", [builder.add("Mul", inputs, named: name + ".gated"), inputs[0]], named: name)
    default: throw ONNXError(description: "'\(op.name)' (\(node.name)) cannot be written as ONNX yet")
    }
  }

  /// With the convolution before it where it alone reads that, else as a factor and a summand for each channel.
  private func add(_ op: BatchNormalization, _ node: Graph.Node, _ name: String, _ builder: inout ONNXBuilder) -> String {
    let before = node.inputs[0], affine = op.affine(weights), named = op.relu ? name + ".affine" : name
    var value: String
    if folded.contains(before), let convolution = ONNXConvolution(graph[before]) {
      value = convolution.add(to: &builder, reading: names(graph[before])[0], named: prefix + graph[before].name, weights, normalization: affine)
    } else {
      let shape = [1, affine.factors.count, 1, 1]
      let factor = builder.constant(Tensor(shape: shape, values: affine.factors.map(Float.init)), named: named + ".factor")
      let summand = builder.constant(Tensor(shape: shape, values: affine.summands.map(Float.init)), named: named + ".summand")
      value = builder.add("Add", [builder.add("Mul", names(node) + [factor], named: named + ".scaled"), summand], named: named)
    }
    if op.relu { value = builder.add("Relu", [value], named: name) }
    return value
  }
}

extension BatchNormalization {
  fileprivate typealias Affine = (factors: [Double], summands: [Double])

  /// What it does to each channel by the running statistics.
  fileprivate func affine(_ weights: Weights) -> Affine {
    func numbers(_ id: ParameterID) -> [Double] { weights.tensor(id).values.map(Double.init) }
    let factors = zip(numbers(scale), numbers(runningVariance)).map { $0 / ($1 + Double(Self.epsilon)).squareRoot() }
    return (factors, zip(zip(numbers(shift), numbers(runningMean)), factors).map { $0.0 - $0.1 * $1 })
  }
}

extension Weights {
  fileprivate func tensor(_ id: ParameterID) -> Tensor { tensor(layout.entries[id.index]) }
}

private func windowAttributes(_ kernel: Int, _ stride: Int, _ padding: Int) -> [(name: String, value: ONNXModel.Attribute)] {
  [
    ("kernel_shape", .integers([kernel, kernel])), ("pads", .integers([padding, padding, padding, padding])),
    ("strides", .integers([stride, stride])),
  ]
}

/// A convolution of either sort.
private struct ONNXConvolution {
  let weights: ParameterID
  let bias: ParameterID?
  let kernel: Int
  let stride: Int
  let padding: Int
  let isDepthwise: Bool

  init?(_ node: Graph.Node) {
    guard case .op(let op) = node.work else { return nil }
    switch op {
    case let op as Convolution: (weights, bias, kernel, stride, padding, isDepthwise) = (op.weights, op.bias, op.kernel, op.stride, op.padding, false)
    case let op as DepthwiseConvolution: (weights, bias, kernel, stride, padding, isDepthwise) = (op.weights, nil, op.kernel, op.stride, op.padding, true)
    default: return nil
    }
  }

  func add(to builder: inout ONNXBuilder, reading x: String, named name: String, _ all: Weights, normalization: BatchNormalization.Affine?) -> String {
    var filters = all.tensor(weights), summands = bias.map { all.tensor($0).values }
    let channels = filters.shape[0]
    if let normalization {
      let count = filters.count / channels
      filters = Tensor(shape: filters.shape, values: filters.values.enumerated().map { Float(Double($1) * normalization.factors[$0 / count]) })
      let before = summands
      summands = (0..<channels).map { Float(normalization.summands[$0] + Double(before?[$0] ?? 0) * normalization.factors[$0]) }
    }
    var inputs = [x, builder.constant(filters, named: name + ".weight")]
    if let summands { inputs.append(builder.constant(Tensor(shape: [channels], values: summands), named: name + ".bias")) }
    return builder.add("Conv", inputs, named: name, windowAttributes(kernel, stride, padding) + [("group", .integer(isDepthwise ? channels : 1))])
  }
}
