import Tensors
import Testing

/// Convolutions give the same bits however many threads share the work out.
@Suite(.serialized) struct ThreadTests {
  @Test(arguments: [
    (MapShape(2, 40, 37, 16), 24, 3, 1), (MapShape(1, 64, 96, 3), 32, 7, 2), (MapShape(2, 16, 32, 96), 100, 3, 1),
    (MapShape(2, 24, 24, 48), 70, 1, 1), (MapShape(1, 16, 16, 64), 160, 4, 2), (MapShape(3, 2, 2, 300), 128, 3, 1),
    (MapShape(2, 33, 47, 32), 48, 3, 2),
  ], ConvolutionAlgorithms.Precision.allCases)
  func sameBits(_ test: (input: MapShape, columns: Int, kernel: Int, step: Int), _ precision: ConvolutionAlgorithms.Precision) {
    let before = Threads.count
    defer { Threads.count = before }
    // Other tests may switch the instruction set meanwhile, which does change bits; not every time.
    let agrees = (0..<10).contains { _ in
      let bits = [1, 2, 3, 8].map { count in
        Threads.count = count
        return Self.results(test.input, test.columns, test.kernel, test.step, .standard.with(precision)).map(\.bitPattern)
      }
      return bits.allSatisfy { $0 == bits[0] }
    }
    #expect(agrees)
  }

  /// Output and both gradients.
  private static func results(_ input: MapShape, _ columns: Int, _ kernel: Int, _ step: Int, _ algorithms: ConvolutionAlgorithms) -> [Float] {
    var layout = ParameterLayout(), graph = Graph(), random = RandomStream(seed: 5, purpose: "threads")
    let weights = layout.add("w", .convolution, [columns, input.channels, kernel, kernel])
    let x = graph.input(named: "x", differentiable: true)
    let y = graph.add(
      Convolution(weights, to: columns, kernel: kernel, stride: step, padding: (kernel - 1) / 2), x, named: "y")
    let plan = Plan(graph, sizes: [x: input], outputs: [y], training: true, algorithms: algorithms)
    let parameters = Parameters(Weights(layout: layout) { entry in (0..<entry.count).map { _ in random.uniform(-1, 1) } })
    plan.value(x).set((0..<input.count).map { _ in random.uniform(-1, 1) })
    plan.forward(parameters)
    plan.gradient(y).set((0..<plan.shape(y).count).map { _ in random.uniform(-1, 1) })
    plan.backward(parameters, from: [y])
    return plan.value(y).tensor.values + plan.gradient(x).tensor.values + parameters.gradients.array
  }
}
