import Tensors
import TestSupport
import Testing

/// Numbers that are not finite are found in gradients, whoever writes them and in whichever pass.
@Suite struct GradientCheckTests {
  /// A 3x3 convolution, whose gradient is looked at as it is written where it is filtered, beside a 1x1 one, whose gradient is not.
  private struct Twins {
    let parameters: Parameters
    private let plans: [ConvolutionAlgorithms.Algorithm: Plan]
    private let x: NodeID
    let outputs: [NodeID]

    init() {
      var layout = ParameterLayout(), graph = Graph()
      let wide = layout.add("wide", .convolution, [48, 48, 3, 3]), narrow = layout.add("narrow", .convolution, [48, 48, 1, 1])
      let x = graph.input(named: "x")
      let outputs = [
        graph.add(Convolution(wide, to: 48, kernel: 3, padding: 1), x, named: "a"),
        graph.add(Convolution(narrow, to: 48, kernel: 1, padding: 0), x, named: "b"),
      ]
      (self.x, self.outputs) = (x, outputs)
      parameters = Parameters(Weights(layout: layout) { Formula.values($0.name, count: $0.count) })
      plans = Dictionary(
        uniqueKeysWithValues: [ConvolutionAlgorithms.Algorithm.f4, .direct].map { algorithm in
          (algorithm, Plan(graph, sizes: [x: MapShape(1, 12, 20, 48)], outputs: outputs, training: true, algorithms: ConvolutionAlgorithms(algorithm)))
        })
    }

    /// Adds gradients of which one float of output `position` is `poison`.
    func pass(_ algorithm: ConvolutionAlgorithms.Algorithm, poison: Float = 0, in position: Int = 0) {
      guard let plan = plans[algorithm] else { return }
      plan.value(x).set(Formula.values("x", count: plan.shape(x).count))
      plan.forward(parameters)
      for (index, output) in outputs.enumerated() {
        var gradient = Formula.values("dy\(index)", count: plan.shape(output).count)
        if index == position { gradient[gradient.count / 2] += poison }
        plan.gradient(output).set(gradient)
      }
      plan.backward(parameters, from: outputs)
    }
  }

  private static let poisons: [Float] = [.nan, .infinity, -.infinity]

  @Test(arguments: poisons, [0, 1]) func poisonIsFound(_ poison: Float, _ position: Int) {
    for algorithm in [ConvolutionAlgorithms.Algorithm.f4, .direct] {
      let twins = Twins()
      twins.parameters.clearGradients()
      twins.pass(algorithm)
      #expect(twins.parameters.gradientsAreFinite)
      twins.pass(algorithm, poison: poison, in: position)
      #expect(!twins.parameters.gradientsAreFinite, "\(algorithm)")
      twins.pass(algorithm)
      #expect(!twins.parameters.gradientsAreFinite, "more is added, but it stays")
      twins.parameters.clearGradients()
      twins.pass(algorithm)
      #expect(twins.parameters.gradientsAreFinite, "a new sum")
    }
  }

  /// Two passes need not compute a gradient in the same way.
  @Test(arguments: poisons) func passesMayDiffer(_ poison: Float) {
    for (first, second) in [(ConvolutionAlgorithms.Algorithm.f4, ConvolutionAlgorithms.Algorithm.direct), (.direct, .f4)] {
      for poisonsFirst in [true, false] {
        let twins = Twins()
        twins.parameters.clearGradients()
        twins.pass(first, poison: poisonsFirst ? poison : 0)
        twins.pass(second, poison: poisonsFirst ? 0 : poison)
        #expect(!twins.parameters.gradientsAreFinite, "\(first), \(second)")
      }
    }
  }

  /// Finite factors whose sum of products is not.
  @Test func overflowIsFound() {
    let twins = Twins()
    twins.parameters.clearGradients()
    twins.pass(.f4, poison: 3e38)
    twins.pass(.f4, poison: 3e38)
    twins.pass(.f4, poison: 3e38)
    #expect(!twins.parameters.gradientsAreFinite)
  }
}
