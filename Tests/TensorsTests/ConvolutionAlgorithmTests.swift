import Tensors
import TestSupport
import Testing

/// The algorithms of a convolution compute the same: outputs, gradients of inputs and of weights.
@Suite struct ConvolutionAlgorithmTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let input: MapShape
    let channels: Int
    let kernel: Int
    let stride: Int
    var testDescription: String { "\(kernel)x\(kernel) stride \(stride), \(input) to \(channels)" }
  }

  /// Few tiles and many, sizes that tiles do not divide, shared and separate views, short ones, few weights at the points and many.
  static let cases = [
    Case(input: MapShape(2, 8, 16, 32), channels: 48, kernel: 3, stride: 1), Case(input: MapShape(1, 37, 53, 16), channels: 16, kernel: 3, stride: 1),
    Case(input: MapShape(2, 66, 70, 20), channels: 24, kernel: 3, stride: 1), Case(input: MapShape(1, 1, 1, 16), channels: 16, kernel: 3, stride: 1),
    Case(input: MapShape(1, 61, 77, 16), channels: 16, kernel: 3, stride: 1),
    Case(input: MapShape(2, 16, 24, 32), channels: 32, kernel: 4, stride: 2), Case(input: MapShape(1, 70, 66, 19), channels: 17, kernel: 4, stride: 2),
    Case(input: MapShape(1, 71, 67, 16), channels: 20, kernel: 4, stride: 2), Case(input: MapShape(1, 5, 3, 16), channels: 16, kernel: 4, stride: 2),
    Case(input: MapShape(2, 64, 72, 32), channels: 48, kernel: 3, stride: 2), Case(input: MapShape(1, 71, 80, 20), channels: 24, kernel: 3, stride: 2),
    Case(input: MapShape(1, 16, 23, 32), channels: 32, kernel: 3, stride: 2), Case(input: MapShape(2, 24, 16, 208), channels: 400, kernel: 3, stride: 2),
    Case(input: MapShape(2, 64, 71, 3), channels: 64, kernel: 7, stride: 2), Case(input: MapShape(1, 48, 55, 3), channels: 20, kernel: 7, stride: 2),
    Case(input: MapShape(1, 32, 40, 36), channels: 16, kernel: 7, stride: 2),
  ]

  /// - Parameter rounded: what becomes of each value that is put in: of the input, the weights, the output's gradient.
  private func run(_ test: Case, _ algorithms: ConvolutionAlgorithms, rounded: (Float) -> Float = { $0 }) -> (output: [Float], inputGradient: [Float], weightGradient: [Float]) {
    var layout = ParameterLayout(), graph = Graph()
    let weights = layout.add("w", .convolution, [test.channels, test.input.channels, test.kernel, test.kernel])
    let x = graph.input(named: "x", differentiable: true)
    let y = graph.add(Convolution(weights, to: test.channels, kernel: test.kernel, stride: test.stride, padding: (test.kernel - 1) / 2), x, named: "y")
    let plan = Plan(graph, sizes: [x: test.input], outputs: [y], training: true, algorithms: algorithms)
    let parameters = Parameters(Weights(layout: layout) { Formula.values($0.name, count: $0.count).map(rounded) })
    plan.value(x).set(Formula.values("x", count: test.input.count).map(rounded))
    plan.forward(parameters)
    let output = plan.value(y).tensor.values
    plan.gradient(y).set(Formula.values("dy", count: plan.shape(y).count).map(rounded))
    plan.backward(parameters, from: [y])
    return (output, plan.gradient(x).tensor.values, parameters.gradients.array)
  }

  /// Rounding: rms of the difference over rms of the result.
  private func error(_ a: [Float], _ b: [Float]) -> Double {
    let difference = zip(a, b).reduce(0.0) { $0 + (Double($1.0) - Double($1.1)) * (Double($1.0) - Double($1.1)) }
    let size = b.reduce(0.0) { $0 + Double($1) * Double($1) }
    return (difference / max(size, 1e-30)).squareRoot()
  }

  @Test(arguments: cases, [ConvolutionAlgorithms.Algorithm.f6, .f4, .f2]) func agree(_ test: Case, _ algorithm: ConvolutionAlgorithms.Algorithm) {
    let direct = run(test, ConvolutionAlgorithms(.direct)), other = run(test, ConvolutionAlgorithms(algorithm))
    let most = algorithm == .f6 ? 2e-5 : 5e-6
    #expect(error(other.output, direct.output) < most)
    #expect(error(other.inputGradient, direct.inputGradient) < most)
    #expect(error(other.weightGradient, direct.weightGradient) < 1e-5)
  }

  /// A window of odd size with a stride of 2 leaves some views short. Filtering them pays where parts of tiles do not waste what is spared.
  @Test(.enabled(if: Threads.instructionSet != "portable", "OpenBLAS has one way to compute"), arguments: [
    (64, 3, 64, 96, "f4"), (3, 7, 64, 96, "f4"), (64, 3, 62, 94, "f4"), (64, 3, 10, 10, "direct"), (3, 7, 10, 10, "f4"),
    (3, 7, 2, 2, "direct"), (8, 3, 64, 96, "direct"),
  ])
  func shortViews(_ channels: Int, _ kernel: Int, _ height: Int, _ width: Int, _ expected: String) throws {
    var layout = ParameterLayout()
    let convolution = Convolution(layout.add("w", .convolution, [64, channels, kernel, kernel]), to: 64, kernel: kernel, stride: 2, padding: kernel / 2)
    for algorithms in [ConvolutionAlgorithms.standard, .inference] {
      let methods = try #require(convolution.methods(for: [MapShape(1, height, width, channels)], algorithms))
      #expect(methods.forward == expected && methods.weightGradient == expected)
      #expect(methods.inputGradient == (expected == "direct" ? "direct, 4 phases" : expected))
    }
  }

  /// Odd numbers of pixels, single rows and columns, windows that stick out, channels that fill no register, many of them, several tiles.
  static let directCases = [
    Case(input: MapShape(2, 9, 7, 48), channels: 70, kernel: 1, stride: 1), Case(input: MapShape(1, 41, 67, 64), channels: 32, kernel: 1, stride: 1),
    Case(input: MapShape(1, 1, 1, 16), channels: 16, kernel: 1, stride: 1), Case(input: MapShape(2, 16, 17, 1024), channels: 64, kernel: 1, stride: 1),
    Case(input: MapShape(2, 33, 47, 32), channels: 48, kernel: 3, stride: 2), Case(input: MapShape(1, 70, 64, 18), channels: 16, kernel: 3, stride: 2),
    Case(input: MapShape(1, 40, 1, 16), channels: 34, kernel: 3, stride: 2), Case(input: MapShape(1, 1, 45, 16), channels: 20, kernel: 3, stride: 2),
    Case(input: MapShape(1, 14, 18, 512), channels: 96, kernel: 3, stride: 2), Case(input: MapShape(3, 12, 13, 20), channels: 22, kernel: 3, stride: 1),
    Case(input: MapShape(2, 13, 15, 16), channels: 26, kernel: 4, stride: 2), Case(input: MapShape(1, 23, 3, 16), channels: 16, kernel: 7, stride: 2),
  ]

  /// As float32 of factors that are rounded before, and not as of ones that are not.
  @Test(arguments: directCases) func bfloat16(_ test: Case) {
    let direct = ConvolutionAlgorithms(.direct), paired = run(test, direct.with(.bfloat16)), exact = run(test, direct)
    let want = run(test, direct) { x in
      guard x != 0 else { return x }
      let unit = Float(sign: .plus, exponent: x.exponent - 7, significand: 1)
      return (x / unit).rounded(.toNearestOrEven) * unit
    }
    for (result, want, exact) in [
      (paired.output, want.output, exact.output), (paired.inputGradient, want.inputGradient, exact.inputGradient),
      (paired.weightGradient, want.weightGradient, exact.weightGradient),
    ] {
      #expect(error(result, want) < 2e-6)
      #expect((2e-4..<1e-2).contains(error(result, exact)))
    }
  }

  /// Only what is computed as it is defined, of even channels, sixteen or more on both sides, and windows of 3x3 with stride 2 then are; all else
  /// has the bits that it had.
  @Test(.enabled(if: Threads.instructionSet != "portable", "OpenBLAS has one way to compute"), arguments: [
    (3, 64, 7, 2, "f4"), (19, 64, 1, 1, "direct"), (64, 19, 1, 1, "direct"), (8, 64, 3, 2, "direct"), (64, 14, 3, 2, "direct"),
    (16, 16, 1, 1, "direct bf16"), (32, 64, 3, 2, "direct bf16"), (64, 64, 3, 1, "f4"),
  ])
  func whereBFloat16IsUsed(_ channels: Int, _ columns: Int, _ kernel: Int, _ stride: Int, _ expected: String) throws {
    var layout = ParameterLayout()
    let convolution = Convolution(layout.add("w", .convolution, [columns, channels, kernel, kernel]), to: columns, kernel: kernel, stride: stride, padding: kernel / 2)
    let methods = try #require(convolution.methods(for: [MapShape(1, 40, 44, channels)], .standard.with(.bfloat16)))
    #expect(methods.forward == expected && methods.inputGradient.hasPrefix(expected) && methods.weightGradient == expected, "\(methods)")
    guard expected != "direct bf16" else { return }
    let test = Case(input: MapShape(1, 40, 44, channels), channels: columns, kernel: kernel, stride: stride)
    #expect(run(test, .standard.with(.bfloat16)) == run(test, .standard))
  }

  /// Weights that are kept, as in inference, give the bits of those that are packed again, as in training: a block at a time and a chunk at a
  /// time, and where there are few tiles.
  @Test(arguments: [MapShape(1, 66, 70, 32), MapShape(1, 48, 72, 208), MapShape(1, 7, 9, 416)], [ConvolutionAlgorithms.Algorithm.f6, .f4])
  func keptWeights(_ shape: MapShape, _ algorithm: ConvolutionAlgorithms.Algorithm) {
    var layout = ParameterLayout(), graph = Graph()
    let weights = layout.add("w", .convolution, [400, shape.channels, 3, 3]), x = graph.input(named: "x")
    let y = graph.add(Convolution(weights, to: 400, kernel: 3, padding: 1), x, named: "y")
    let values = Weights(layout: layout) { Formula.values($0.name, count: $0.count) }
    func output(_ algorithm: ConvolutionAlgorithms.Algorithm, training: Bool) -> [Float] {
      let plan = Plan(graph, sizes: [x: shape], outputs: [y], training: training, algorithms: ConvolutionAlgorithms(algorithm))
      plan.value(x).set(Formula.values("x", count: shape.count))
      plan.forward(Parameters(values, withGradients: training))
      return plan.value(y).tensor.values
    }
    let kept = output(algorithm, training: false)
    #expect(kept == output(algorithm, training: true))
    #expect(error(kept, output(.direct, training: false)) < 2e-5)
  }

  /// Larger tiles are taken where they cost a tenth less than smaller ones, whatever the algorithm of the weights' gradients.
  @Test(.enabled(if: Threads.instructionSet != "portable", "OpenBLAS has one way to compute"), arguments: [
    (64, 128, "f6"), (128, 256, "f6"), (60, 60, "f6"), (32, 64, "f4"), (16, 32, "f4"), (30, 23, "f4"), (12, 12, "f2"), (8, 16, "f2"), (4, 8, "direct"),
    (1, 1, "direct"),
  ])
  func theCheapestTiles(_ height: Int, _ width: Int, _ expected: String) throws {
    var layout = ParameterLayout()
    let convolution = Convolution(layout.add("w", .convolution, [32, 32, 3, 3]), to: 32, kernel: 3, padding: 1)
    let methods = try #require(convolution.methods(for: [MapShape(1, height, width, 32)], .inference))
    #expect((methods.forward, methods.inputGradient, methods.weightGradient) == (expected, expected, "f4"))
    let small = try #require(convolution.methods(for: [MapShape(1, height, width, 32)], .standard))
    #expect((small.forward, small.inputGradient, small.weightGradient) == ("f4", "f4", "f4"))
    #expect(methods.packedFloats == ["f6": 64, "f4": 36, "f2": 16, "direct": 9][expected]! * 32 * 32)
  }

  /// Gradients of some images of a batch are those of these images alone.
  @Test func imagesHaveGradientsOfTheirOwn() {
    var layout = ParameterLayout(), graph = Graph()
    let weights = layout.add("w", .convolution, [16, 16, 4, 4]), shape = MapShape(3, 12, 10, 16)
    let x = graph.input(named: "x", differentiable: true)
    let y = graph.add(LeakyReLU(slope: 0.2), graph.add(Convolution(weights, to: 16, kernel: 4, stride: 2, padding: 1), x, named: "c"), named: "y")
    let parameters = Parameters(Weights(layout: layout) { Formula.values($0.name, count: $0.count) })
    let values = Formula.values("x", count: shape.count), arriving = Formula.values("dy", count: 3 * 6 * 5 * 16)
    func gradients(_ images: Range<Int>, of all: Range<Int>) -> [Float] {
      let plan = Plan(graph, sizes: [x: MapShape(all.count, 12, 10, 16)], outputs: [y], training: true)
      plan.value(x).set(values[all.lowerBound * 12 * 10 * 16..<all.upperBound * 12 * 10 * 16])
      plan.forward(parameters)
      let part = images.lowerBound - all.lowerBound..<images.upperBound - all.lowerBound
      plan.gradient(y).images(part).set(arriving[images.lowerBound * 480..<images.upperBound * 480])
      plan.backward(parameters, from: [y], images: part, wantsParameterGradients: false)
      return plan.gradient(x).images(part).tensor.values
    }
    #expect(error(gradients(1..<3, of: 0..<3), gradients(1..<3, of: 1..<3)) < 1e-6)
    #expect(error(gradients(0..<1, of: 0..<3), gradients(0..<1, of: 0..<1)) < 1e-6)
  }
}
