/// From when to when each value and gradient of a graph is needed, and which of them share memory.
///
/// Time: node i runs forward at i; between the passes, at n, the outputs are read and their gradients written from outside;
/// node i runs backward at 2n - i.
struct Liveness {
  /// Where a node's map lies: in the buffer of `root`, from `channel` on.
  struct Home: Hashable {
    var root: Int
    var channel: Int
  }

  private(set) var values: [Home?]
  private(set) var gradients: [Home?]
  private(set) var valueLife: [Int: ClosedRange<Int>] = [:]
  private(set) var gradientLife: [Int: ClosedRange<Int>] = [:]
  /// Nodes that the outputs depend on.
  let reached: [Bool]
  /// Nodes whose gradient somebody wants.
  let wanted: [Bool]

  /// - Parameter repeatable: values outlive the first run backward, so that there can be a second from other seeds.
  init(_ graph: Graph, shapes: [MapShape], outputs: Set<Int>, training: Bool, repeatable: Bool) {
    let nodes = graph.nodes, count = nodes.count
    reached = Liveness.reached(nodes, from: outputs)
    wanted = training ? Liveness.wanted(nodes, reached: reached) : [Bool](repeating: false, count: count)

    let home = Liveness.concatenationHomes(nodes, shapes: shapes, reached: reached)
    values = home.enumerated().map { [reached] in reached[$0] ? $1 : nil }
    gradients = home.enumerated().map { [wanted] in wanted[$0] ? $1 : nil }

    var consumers = [[Int]](repeating: [], count: count)
    for (index, node) in nodes.enumerated() where reached[index] { for input in node.inputs { consumers[input.index].append(index) } }
    if training { shareGradients(nodes, shapes: shapes, consumers: consumers, outputs: outputs) }

    for index in 0..<count where reached[index] {
      keepValue(index, at: index)
      for consumer in consumers[index] {
        keepValue(index, at: consumer)
        if wanted[consumer], case .op(let op) = nodes[consumer].work, op.backwardReads.contains(.inputs) {
          keepValue(index, at: 2 * count - consumer)
        }
      }
      if outputs.contains(index) { keepValue(index, at: count) }
      if repeatable { keepValue(index, at: 2 * count + 1) }
      guard wanted[index] else { continue }
      if case .op(let op) = nodes[index].work, op.backwardReads.contains(.output) { keepValue(index, at: 2 * count - index) }
      keepGradient(index, at: 2 * count - index)
      if case .input = nodes[index].work { keepGradient(index, at: 2 * count + 1) }
      for consumer in consumers[index] { keepGradient(index, at: 2 * count - consumer) }
      if outputs.contains(index) { keepGradient(index, at: count) }
    }
  }

  private mutating func keepValue(_ index: Int, at time: Int) { Liveness.extend(&valueLife, values[index]!.root, time) }
  private mutating func keepGradient(_ index: Int, at time: Int) { Liveness.extend(&gradientLife, gradients[index]!.root, time) }

  private static func extend(_ lives: inout [Int: ClosedRange<Int>], _ root: Int, _ time: Int) {
    let life = lives[root] ?? time...time
    lives[root] = min(life.lowerBound, time)...max(life.upperBound, time)
  }

  /// An op that works in place hands its gradient's buffer on to its input, where nobody else has a part in it.
  private mutating func shareGradients(_ nodes: [Graph.Node], shapes: [MapShape], consumers: [[Int]], outputs: Set<Int>) {
    for index in nodes.indices.reversed() where wanted[index] {
      guard case .op(let op) = nodes[index].work, op.worksInPlace else { continue }
      let input = nodes[index].inputs[0].index
      guard wanted[input], consumers[input] == [index], !outputs.contains(input), shapes[input] == shapes[index],
        gradients[input] == Home(root: input, channel: 0), let own = gradients[index], shapes[own.root] == shapes[index]
      else { continue }
      if case .concatenation = nodes[input].work { continue }
      gradients[input] = own
    }
  }

  private static func reached(_ nodes: [Graph.Node], from outputs: Set<Int>) -> [Bool] {
    var reached = nodes.indices.map(outputs.contains)
    for index in nodes.indices.reversed() where reached[index] { for input in nodes[index].inputs { reached[input.index] = true } }
    return reached
  }

  private static func wanted(_ nodes: [Graph.Node], reached: [Bool]) -> [Bool] {
    var wanted = [Bool](repeating: false, count: nodes.count)
    for (index, node) in nodes.enumerated() where reached[index] {
      switch node.work {
      case .input(let differentiable): wanted[index] = differentiable
      case .concatenation: wanted[index] = node.inputs.contains { wanted[$0.index] }
      case .op(let op):
        wanted[index] = !op.parameters.isEmpty
          || node.inputs.enumerated().contains { op.differentiates(input: $0.offset) && wanted[$0.element.index] }
      }
    }
    return wanted
  }

  /// A part of a concatenation lives in the concatenation's buffer, which may be a part itself.
  private static func concatenationHomes(_ nodes: [Graph.Node], shapes: [MapShape], reached: [Bool]) -> [Home] {
    var homes = nodes.indices.map { Home(root: $0, channel: 0) }
    for index in nodes.indices.reversed() where reached[index] {
      guard case .concatenation = nodes[index].work else { continue }
      var channel = homes[index].channel
      for part in nodes[index].inputs.map(\.index) {
        precondition(homes[part].root == part, "\(nodes[part].name) is a part of two concatenations")
        homes[part] = Home(root: homes[index].root, channel: channel)
        channel += shapes[part].channels
      }
    }
    return homes
  }
}
