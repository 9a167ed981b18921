import Tensors

/// Builds a graph and the layout of its parameters together, under the names of the published PyTorch networks.
struct NetworkBuilder {
  var graph = Graph()
  var layout = ParameterLayout()
  /// How the weights of each convolution start, by their name.
  private(set) var initialisation: [String: Initialisation] = [:]
  /// The parts that were finished, in the order in which they were built.
  private(set) var stages: [Network.Stage] = []
  /// Channels of each node, as far as the builder has asked.
  private var channels: [NodeID: Int] = [:]
  /// Of convolutions that are added from now on.
  private var rule: Initialisation

  init(_ rule: Initialisation) { self.rule = rule }

  /// Adds layers whose convolutions start by another rule.
  mutating func initialising<Result>(_ other: Initialisation, _ build: (inout NetworkBuilder) -> Result) -> Result {
    let before = rule
    rule = other
    defer { rule = before }
    return build(&self)
  }

  /// Where a stage begins.
  struct Mark { fileprivate let layer: Int, parameter: Int }

  var mark: Mark { Mark(layer: graph.nodes.count, parameter: layout.entries.count) }

  /// Everything that was added since `mark` is a stage.
  mutating func stage(_ title: String, since mark: Mark, output: NodeID) {
    stages.append(
      Network.Stage(
        title: title, layers: Array(graph.identifiers[mark.layer...]), parameters: Array(layout.entries[mark.parameter...]), output: output))
  }

  mutating func input(_ name: String, channels count: Int, differentiable: Bool = false) -> NodeID {
    note(graph.input(named: name, differentiable: differentiable), count)
  }

  func channels(of node: NodeID) -> Int { channels[node]! }

  private mutating func note(_ node: NodeID, _ count: Int) -> NodeID {
    channels[node] = count
    return node
  }

  mutating func add(_ op: some Op, _ first: NodeID, _ second: NodeID? = nil, channels count: Int? = nil, named name: String) -> NodeID {
    let node = second.map { graph.add(op, first, $0, named: name) } ?? graph.add(op, first, named: name)
    return note(node, count ?? channels(of: first))
  }

  mutating func concatenate(_ parts: [NodeID], named name: String) -> NodeID {
    note(graph.concatenate(parts, named: name), parts.reduce(0) { $0 + channels(of: $1) })
  }

  /// A convolution whose parameters are `name.weight` and, with `bias`, `name.bias`. Padding defaults to half the window.
  mutating func convolution(_ x: NodeID, _ name: String, to count: Int, kernel: Int, stride: Int = 1, padding: Int? = nil, bias: Bool = false) -> NodeID {
    let weights = weights(name, .convolution, [count, channels(of: x), kernel, kernel])
    let bias = bias ? layout.add("\(name).bias", .bias, [count]) : nil
    return add(
      Convolution(weights, bias: bias, to: count, kernel: kernel, stride: stride, padding: padding ?? kernel / 2), x, channels: count, named: name)
  }

  /// A convolution of each channel by itself. Padding defaults to half the window.
  mutating func depthwise(_ x: NodeID, _ name: String, kernel: Int, stride: Int = 1, padding: Int? = nil) -> NodeID {
    let weights = weights(name, .depthwise, [channels(of: x), 1, kernel, kernel])
    return add(DepthwiseConvolution(weights, kernel: kernel, stride: stride, padding: padding ?? kernel / 2), x, named: name)
  }

  private mutating func weights(_ name: String, _ kind: ParameterLayout.Kind, _ shape: [Int]) -> ParameterID {
    initialisation["\(name).weight"] = rule
    return layout.add("\(name).weight", kind, shape)
  }

  mutating func batchNorm(_ x: NodeID, _ name: String, relu: Bool) -> NodeID {
    let count = channels(of: x)
    let op = BatchNormalization(
      scale: layout.add("\(name).weight", .scale, [count]), shift: layout.add("\(name).bias", .shift, [count]),
      runningMean: layout.add("\(name).running_mean", .runningMean, [count]),
      runningVariance: layout.add("\(name).running_var", .runningVariance, [count]), relu: relu)
    return add(op, x, named: name)
  }

  /// Convolution, batch norm, ReLU: `name.conv`, `name.bn`. The unit that the published networks are made of.
  mutating func convBNReLU(_ x: NodeID, _ name: String, to count: Int, kernel: Int, stride: Int = 1) -> NodeID {
    batchNorm(convolution(x, "\(name).conv", to: count, kernel: kernel, stride: stride), "\(name).bn", relu: true)
  }
}
