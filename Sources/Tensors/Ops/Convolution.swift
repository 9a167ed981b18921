internal import Kernels

/// Convolution with a square window, `[N, H, W, C]` to `[N, (H + 2p - k) / s + 1, (W + 2p - k) / s + 1, K]`.
public struct Convolution: Op {
  public let weights: ParameterID
  public let bias: ParameterID?
  public let outputChannels: Int
  public let kernel: Int
  public let stride: Int
  public let padding: Int

  public init(_ weights: ParameterID, bias: ParameterID? = nil, to outputChannels: Int, kernel: Int, stride: Int = 1, padding: Int) {
    self.weights = weights
    self.bias = bias
    self.outputChannels = outputChannels
    self.kernel = kernel
    self.stride = stride
    self.padding = padding
  }

  public var name: String { "convolution \(kernel)x\(kernel)" + (stride > 1 ? " stride \(stride)" : "") }
  public var parameters: [ParameterID] { [weights] + (bias.map { [$0] } ?? []) }
  public var backwardReads: BackwardReads { .inputs }

  public func outputShape(for inputs: [MapShape]) -> MapShape {
    inputs[0].swept(kernel: kernel, stride: stride, padding: padding, channels: outputChannels)
  }

  public func multiplyAccumulates(from inputs: [MapShape], to output: MapShape) -> Int {
    output.count * inputs[0].channels * kernel * kernel
  }

  /// What an output pixel looks at.
  var window: Window { Window(top: -padding, left: -padding, height: kernel, width: kernel, stride: stride) }

  /// What the factors of its products are rounded to where it reads `channels` channels and is computed as it is defined.
  func precision(from channels: Int, _ algorithms: ConvolutionAlgorithms) -> ConvolutionAlgorithms.Precision {
    let fits = channels % 2 == 0 && outputChannels % 2 == 0 && min(channels, outputChannels) >= ConvolutionAlgorithms.Precision.leastChannels
    return fits ? algorithms.precision : .float32
  }

  public func forward(_ pass: ForwardPass) { forward(pass, after: epilogue(pass.parameters)) }

  /// The bias, if there is one, and what follows it.
  func epilogue(_ parameters: Parameters, slope: Float = 1) -> Epilogue { bias.map { Epilogue(shift: parameters.value($0), slope: slope) } ?? .none }

  /// - Parameter after: what becomes of each output, the bias included.
  func forward(_ pass: ForwardPass, after: Epilogue) {
    let input = pass.inputs[0].kernel, output = pass.output.kernel, grid = (output.height, output.width)
    let channels = input.channels, parameters = pass.parameters, precision = precision(from: channels, pass.algorithms)
    if let form = WinogradForm(self, channels: channels, grid: grid, pass.algorithms.products, precision) {
      let filters = WinogradFilters(form, self, channels: channels, parameters)
      WinogradProduct.run(form.sources(input), grid: grid, filters: filters, accumulate: false, after: after, into: [Lattice(map: output)])
    } else if MatrixProduct.inUse(at: precision) == .kernels {
      let packed = PackedWeights(self, taps: Array(0..<kernel * kernel), channels: channels, precision, parameters)
      WindowProduct.run(input, window, grid: grid, weights: packed, accumulate: false, after: after, into: Lattice(map: output))
    } else {
      GatheredProduct.run(
        input, Neighbourhood(window), grid: grid, weights: parameters.value(weights), columns: outputChannels, accumulate: false,
        into: Lattice(map: output))
      after.apply(to: output)
    }
  }

  public func backward(_ pass: BackwardPass) {
    backwardWithoutBias(pass)
    if pass.wantsParameterGradients, let bias { segue_bias_backward(pass.outputGradient.kernel, pass.parameters.gradient(bias)) }
  }

  /// The gradients of the weights and of the input.
  func backwardWithoutBias(_ pass: BackwardPass) {
    let input = pass.inputs[0].kernel, outputGradient = pass.outputGradient.kernel, precision = precision(from: input.channels, pass.algorithms)
    if pass.wantsParameterGradients {
      let grid = (outputGradient.height, outputGradient.width)
      if let form = WinogradForm(self, channels: input.channels, grid: grid, pass.algorithms.weightGradients.algorithm, precision) {
        WinogradGradient.add(form, input, outputGradient, to: pass.parameters.gradientSum(weights, isWatched: true))
      } else if MatrixProduct.inUse(at: precision) == .kernels {
        WindowGradient.add(input, window, outputGradient, precision, to: pass.parameters.gradientSum(weights))
      } else {
        GatheredGradient.add(input, Neighbourhood(window), outputGradient, to: pass.parameters.gradient(weights))
      }
    }
    if let gradient = pass.inputGradients[0]?.kernel {
      let grid = viewGrid(of: gradient.shape)
      if let form = WinogradForm(self, channels: gradient.channels, grid: grid, pass.algorithms.products, precision) {
        propagate(form, outputGradient, pass.parameters, to: gradient, accumulate: pass.accumulate[0])
      } else {
        propagate(outputGradient, precision, pass.parameters, to: gradient, accumulate: pass.accumulate[0])
      }
    }
  }
}
