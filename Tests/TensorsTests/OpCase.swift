import Tensors
import Testing

/// One op on small maps: what shape comes out, and whether its gradient is the slope of what it computes.
struct OpCase: CustomTestStringConvertible, Sendable {
  let name: String
  let inputs: [MapShape]
  let output: MapShape
  /// Adds the op's parameters to a layout and gives the op.
  let op: @Sendable (inout ParameterLayout) -> any Op

  var testDescription: String { name }

  init(_ name: String, from inputs: MapShape..., to output: MapShape, op: @escaping @Sendable (inout ParameterLayout) -> any Op) {
    self.init(name, inputs, output, op)
  }

  private init(_ name: String, _ inputs: [MapShape], _ output: MapShape, _ op: @escaping @Sendable (inout ParameterLayout) -> any Op) {
    (self.name, self.inputs, self.output, self.op) = (name, inputs, output, op)
  }

  /// The same op on maps whose sides are this many times as long, as long as they are not single pixels: for `OpBenchmark`.
  func enlarged(by factor: Int) -> OpCase {
    let larger = inputs.map { $0.height * $0.width == 1 ? $0 : MapShape($0.images, $0.height * factor, $0.width * factor, $0.channels) }
    var layout = ParameterLayout()
    return OpCase(name, larger, op(&layout).outputShape(for: larger), op)
  }

  static let all: [OpCase] = convolutions + [
    OpCase("batch norm + ReLU", from: MapShape(2, 5, 3, 20), to: MapShape(2, 5, 3, 20)) { batchNorm(&$0, 20, relu: true) },
    OpCase("batch norm", from: MapShape(3, 4, 4, 7), to: MapShape(3, 4, 4, 7)) { batchNorm(&$0, 7, relu: false) },
    OpCase("depthwise stride 2", from: MapShape(2, 7, 6, 9), to: MapShape(2, 4, 3, 9)) {
      DepthwiseConvolution($0.add("w", .depthwise, [9, 1, 3, 3]), kernel: 3, stride: 2, padding: 1)
    },
    OpCase("average pool", from: MapShape(2, 7, 6, 9), to: MapShape(2, 4, 3, 9)) { _ in AveragePool(kernel: 3, stride: 2, padding: 1) },
    OpCase("max pool", from: MapShape(2, 7, 6, 9), to: MapShape(2, 4, 3, 9)) { _ in MaxPool(kernel: 3, stride: 2, padding: 1) },
    OpCase("max pool 2x2", from: MapShape(1, 6, 9, 17), to: MapShape(1, 3, 4, 17)) { _ in MaxPool(kernel: 2, stride: 2, padding: 0) },
    OpCase("global average pool", from: MapShape(2, 3, 5, 6), to: MapShape(2, 1, 1, 6)) { _ in GlobalAveragePool() },
    OpCase("add", from: MapShape(2, 3, 4, 5), MapShape(2, 3, 4, 5), to: MapShape(2, 3, 4, 5)) { _ in Sum() },
    OpCase("add to every pixel", from: MapShape(2, 3, 4, 5), MapShape(2, 1, 1, 5), to: MapShape(2, 3, 4, 5)) { _ in Sum() },
    OpCase("gate", from: MapShape(2, 3, 4, 5), MapShape(2, 1, 1, 5), to: MapShape(2, 3, 4, 5)) { _ in Gate(residual: false) },
    OpCase("gate + residual", from: MapShape(2, 3, 4, 5), MapShape(2, 1, 1, 5), to: MapShape(2, 3, 4, 5)) { _ in Gate(residual: true) },
    OpCase("sigmoid", from: MapShape(2, 3, 4, 5), to: MapShape(2, 3, 4, 5)) { _ in Sigmoid() },
    OpCase("leaky ReLU", from: MapShape(2, 3, 4, 5), to: MapShape(2, 3, 4, 5)) { _ in LeakyReLU(slope: 0.2) },
    OpCase("ReLU", from: MapShape(2, 3, 4, 5), to: MapShape(2, 3, 4, 5)) { _ in LeakyReLU() },
    OpCase("nearest upsample", from: MapShape(2, 3, 4, 5), MapShape(2, 5, 8, 1), to: MapShape(2, 5, 8, 5)) { _ in NearestUpsample() },
  ]

  private static let convolutions: [OpCase] = [
    convolution(MapShape(2, 6, 5, 4), to: 7, kernel: 3, out: MapShape(2, 6, 5, 7)),
    convolution(MapShape(2, 7, 9, 5), to: 6, kernel: 1, stride: 2, out: MapShape(2, 4, 5, 6)),
    convolution(MapShape(2, 7, 9, 5), to: 6, kernel: 3, stride: 2, out: MapShape(2, 4, 5, 6)),
    convolution(MapShape(1, 8, 8, 5), to: 6, kernel: 3, stride: 2, out: MapShape(1, 4, 4, 6)),
    convolution(MapShape(2, 4, 5, 33), to: 19, kernel: 1, out: MapShape(2, 4, 5, 19)),
    convolution(MapShape(2, 11, 12, 3), to: 8, kernel: 7, stride: 2, out: MapShape(2, 6, 6, 8)),
    convolution(MapShape(2, 8, 6, 5), to: 4, kernel: 4, stride: 2, padding: 1, bias: true, out: MapShape(2, 4, 3, 4)),
    convolution(MapShape(1, 40, 36, 19), to: 16, kernel: 4, stride: 2, padding: 1, bias: true, out: MapShape(1, 20, 18, 16)),
    convolution(MapShape(1, 40, 37, 16), to: 24, kernel: 3, out: MapShape(1, 40, 37, 24)),
    convolution(MapShape(1, 3, 4, 600), to: 3, kernel: 3, out: MapShape(1, 3, 4, 3)),
  ]

  private static func convolution(
    _ input: MapShape, to channels: Int, kernel: Int, stride: Int = 1, padding: Int? = nil, bias: Bool = false, out: MapShape
  ) -> OpCase {
    OpCase("convolution \(kernel)x\(kernel) stride \(stride) \(input)", from: input, to: out) { layout in
      let weights = layout.add("w", .convolution, [channels, input.channels, kernel, kernel])
      let biases = bias ? layout.add("b", .bias, [channels]) : nil
      return Convolution(weights, bias: biases, to: channels, kernel: kernel, stride: stride, padding: padding ?? kernel / 2)
    }
  }

  private static func batchNorm(_ layout: inout ParameterLayout, _ channels: Int, relu: Bool) -> any Op {
    BatchNormalization(
      scale: layout.add("s", .scale, [channels]), shift: layout.add("t", .shift, [channels]),
      runningMean: layout.add("m", .runningMean, [channels]), runningVariance: layout.add("v", .runningVariance, [channels]), relu: relu)
  }
}
