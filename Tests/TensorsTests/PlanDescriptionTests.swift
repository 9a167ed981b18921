import TestSupport
import Tensors
import Testing

/// What a plan tells of itself is what it does.
@Suite struct PlanDescriptionTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let channels: Int
    let outputs: Int
    let kernel: Int
    let stride: Int
    var testDescription: String { "\(channels) to \(outputs), \(kernel)x\(kernel) stride \(stride)" }
  }

  static let cases = [
    Case(channels: 32, outputs: 32, kernel: 3, stride: 1), Case(channels: 3, outputs: 32, kernel: 3, stride: 1), Case(channels: 32, outputs: 8, kernel: 3, stride: 1),
    Case(channels: 32, outputs: 32, kernel: 3, stride: 2), Case(channels: 32, outputs: 32, kernel: 1, stride: 1), Case(channels: 32, outputs: 32, kernel: 4, stride: 2),
  ]

  private func network(_ test: Case) -> (graph: Graph, layout: ParameterLayout, input: NodeID, output: NodeID) {
    var layout = ParameterLayout(), graph = Graph()
    let weights = layout.add("w", .convolution, [test.outputs, test.channels, test.kernel, test.kernel])
    let x = graph.input(named: "x", differentiable: true)
    let y = graph.add(Convolution(weights, to: test.outputs, kernel: test.kernel, stride: test.stride, padding: test.kernel / 2), x, named: "y")
    return (graph, layout, x, y)
  }

  /// Where it says `f4` or `f2` the bits are not those of the plain products, and where it says `direct` or `im2col` they are.
  @Test(arguments: cases, ConvolutionAlgorithms.Algorithm.allCases) func methodsAreThoseThatRun(_ test: Case, _ algorithm: ConvolutionAlgorithms.Algorithm) throws {
    let (graph, layout, x, y) = network(test), shape = MapShape(2, 24, 20, test.channels)
    func run(_ algorithm: ConvolutionAlgorithms.Algorithm) -> [[Float]] {
      let plan = Plan(graph, sizes: [x: shape], outputs: [y], training: true, algorithms: ConvolutionAlgorithms(algorithm))
      let parameters = Parameters(Weights(layout: layout) { Formula.values($0.name, count: $0.count) })
      plan.value(x).set(Formula.values("x", count: shape.count))
      plan.forward(parameters)
      let output = plan.value(y).tensor.values
      plan.gradient(y).set(Formula.values("dy", count: plan.shape(y).count))
      plan.backward(parameters, from: [y])
      return [output, plan.gradient(x).tensor.values, parameters.gradients.array]
    }
    let description = PlanDescription(graph, sizes: [x: shape], outputs: [y], training: true, algorithms: ConvolutionAlgorithms(algorithm))
    let methods = try #require(description.layers.first?.methods), plain = run(.direct)
    for (words, (now, direct)) in zip([methods.forward, methods.inputGradient, methods.weightGradient], zip(run(algorithm), plain)) {
      #expect((words.hasPrefix("direct") || words.hasPrefix("im2col")) == (now == direct), "\(words)")
    }
  }

  @Test func memoryIsThatOfThePlan() {
    var graph = Graph()
    let x = graph.input(named: "x", differentiable: true)
    let a = graph.add(LeakyReLU(slope: 0.5), x, named: "a"), b = graph.add(Sigmoid(), a, named: "b")
    let both = graph.concatenate([a, b], named: "both")
    let y = graph.add(LeakyReLU(slope: 0.1), both, named: "y"), z = graph.add(LeakyReLU(slope: 0.1), y, named: "z")
    let sizes = [x: MapShape(1, 4, 4, 16)]
    for training in [true, false] {
      let plan = Plan(graph, sizes: sizes, outputs: [z], training: training)
      let description = PlanDescription(graph, sizes: sizes, outputs: [z], training: training)
      #expect(description.arenaBytes + description.stateBytes == plan.bytes)
      #expect(description.layers.map(\.name) == ["a", "b", "y", "z"])
      #expect(description.layers.map(\.output.channels) == [16, 16, 32, 32])
      // The parts of the concatenation lie side by side, and the last layer works in place.
      #expect(description.layers[1].value == description.layers[0].value + 64)
      #expect(description.layers.map(\.worksInPlace) == [false, false, false, training])
      #expect(description.layers.allSatisfy { ($0.gradient != nil) == training && $0.propagates == training })
      // x, both, y and z; each once more as a gradient, but that of y is that of z.
      #expect(description.bytesWithoutLifetimes == 4 * 16 * (16 + 32 + 32 + 32 + (training ? 16 + 32 + 32 : 0)))
    }
  }
}
