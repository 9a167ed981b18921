import Tensors
import Testing

@Suite struct OpTests {
  /// An op alone in a graph, its inputs, parameters and the gradient that arrives filled at random.
  final class Bench {
    let op: any Op
    let plan: Plan
    let inputs: [NodeID]
    let node: NodeID
    let parameters: Parameters
    let arriving: [Float]

    init(_ testCase: OpCase) {
      var layout = ParameterLayout(), graph = Graph()
      op = testCase.op(&layout)
      inputs = testCase.inputs.indices.map { graph.input(named: "x\($0)", differentiable: true) }
      node = inputs.count == 1 ? Bench.add(op, to: &graph, inputs[0]) : Bench.add(op, to: &graph, inputs[0], inputs[1])
      plan = Plan(graph, sizes: Dictionary(uniqueKeysWithValues: zip(inputs, testCase.inputs)), outputs: [node], training: true)
      var random = RandomStream(seed: 3, purpose: testCase.name)
      parameters = Parameters(
        Weights(layout: layout) { entry in
          (0..<entry.count).map { _ in entry.kind == .scale ? random.uniform(0.5, 1.5) : random.uniform(-0.5, 0.5) }
        })
      for input in inputs {
        // Away from 0, where ReLU has no slope.
        plan.value(input).set((0..<plan.shape(input).count).map { _ in (random.chance(0.5) ? 1 : -1) * random.uniform(0.1, 1) })
      }
      arriving = (0..<testCase.output.count).map { _ in random.uniform(-1, 1) }
    }

    private static func add(_ op: some Op, to graph: inout Graph, _ inputs: NodeID...) -> NodeID {
      inputs.count == 1 ? graph.add(op, inputs[0], named: "op") : graph.add(op, inputs[0], inputs[1], named: "op")
    }

    /// The sum of outputs weighted by what arrives: its slope is the gradient.
    func loss() -> Double {
      plan.forward(parameters)
      return zip(plan.value(node).tensor.values, arriving).reduce(0) { $0 + Double($1.0) * Double($1.1) }
    }
  }

  @Test(arguments: OpCase.all) func givesItsShape(_ testCase: OpCase) {
    var layout = ParameterLayout()
    #expect(testCase.op(&layout).outputShape(for: testCase.inputs) == testCase.output)
  }

  /// The slope along a random direction, by central differences, against the gradient's product with that direction.
  @Test(arguments: OpCase.all) func gradientIsTheSlope(_ testCase: OpCase) {
    let bench = Bench(testCase), plan = bench.plan
    // Backward may use the memory of inputs that it does not read.
    let values = bench.inputs.map { plan.value($0).tensor.values }
    _ = bench.loss()
    plan.gradient(bench.node).set(bench.arriving)
    plan.backward(bench.parameters, from: [bench.node])
    var slots: [(floats: UnsafeMutableBufferPointer<Float>, start: [Float], gradient: [Float])] = []
    for (position, input) in bench.inputs.enumerated() where bench.op.differentiates(input: position) {
      let map = plan.value(input)
      slots.append(
        (UnsafeMutableBufferPointer(start: map.data, count: map.shape.count), values[position], plan.gradient(input).tensor.values))
    }
    if bench.parameters.layout.trainedCount > 0 {
      slots.append((bench.parameters.trained.floats, bench.parameters.trained.array, bench.parameters.gradients.array))
    }
    for (input, start) in zip(bench.inputs, values) { plan.value(input).set(start) }

    var random = RandomStream(seed: 9, purpose: "direction")
    for (floats, start, gradient) in slots {
      let direction = start.map { _ in random.uniform(-1, 1) }
      let expected = zip(gradient, direction).reduce(0.0) { $0 + Double($1.0) * Double($1.1) }
      let size = zip(gradient, direction).reduce(0.0) { $0 + abs(Double($1.0) * Double($1.1)) }
      let epsilon: Float = 1.0 / 8192
      func moved(_ by: Float) -> Double {
        for i in floats.indices { floats[i] = start[i] + by * direction[i] }
        return bench.loss()
      }
      let slope = (moved(epsilon) - moved(-epsilon)) / Double(2 * epsilon)
      for i in floats.indices { floats[i] = start[i] }
      #expect(abs(slope - expected) <= 0.003 * size + 1e-3, "\(slope) against \(expected) of \(size)")
    }
  }

  /// Gradients add to what is there; parameters' gradients too.
  @Test(arguments: OpCase.all) func gradientsOfParametersAddUp(_ testCase: OpCase) {
    let bench = Bench(testCase)
    guard bench.parameters.layout.trainedCount > 0 else { return }
    _ = bench.loss()
    var sums: [[Float]] = []
    for _ in 0..<2 {
      bench.plan.gradient(bench.node).set(bench.arriving)
      _ = bench.loss()
      bench.plan.gradient(bench.node).set(bench.arriving)
      bench.plan.backward(bench.parameters, from: [bench.node])
      sums.append(bench.parameters.gradients.array)
    }
    let largest = sums[0].map(abs).max()!
    for (once, twice) in zip(sums[0], sums[1]) { #expect(abs(twice - 2 * once) <= 1e-5 * largest) }
  }

  /// Cleared gradients are zeros to whoever reads them first: an op that adds to them, or somebody who looks at all of them.
  @Test(arguments: OpCase.all) func clearedGradientsAreZeros(_ testCase: OpCase) {
    let bench = Bench(testCase), parameters = bench.parameters
    guard parameters.layout.trainedCount > 0 else { return }
    func backward() -> [Float] {
      _ = bench.loss()
      bench.plan.gradient(bench.node).set(bench.arriving)
      bench.plan.backward(parameters, from: [bench.node])
      return parameters.gradients.array
    }
    let once = backward()
    _ = backward()
    parameters.clearGradients()
    #expect(backward() == once)
    parameters.clearGradients()
    #expect(parameters.gradients.array.allSatisfy { $0 == 0 })
    #expect(backward() == once)
  }
}
