internal import Kernels

/// Convolution with a square window, `[N, H, W, C]` to `[N, (H + 2p - k) / s + 1, (W + 2p - k) / s + 1, K]`.
public struct Convolution: Op {
  public let weights: ParameterID
  public let bias: ParameterID?
  public let outputChannels: Int
  public let kernel: Int
  public let step: Int
  public let padding: Int

  public init(_ weights: ParameterID, bias: ParameterID? = nil, to outputChannels: Int, kernel: Int, step: Int = 1, padding: Int) {
    self.weights = weights
    self.bias = bias
    self.outputChannels = outputChannels
    self.kernel = kernel
    self.step = step
    self.padding = padding
  }

  public var name: String { "convolution \(kernel)x\(kernel)" + (step > 1 ? " stride \(step)" : "") }
  public var parameters: [ParameterID] { [weights] + (bias.map { [$0] } ?? []) }
  public var backwardReads: BackwardReads { .inputs }

  public func outputShape(for inputs: [MapShape]) -> MapShape {
    inputs[0].swept(kernel: kernel, step: step, padding: padding, channels: outputChannels)
  }

  public func multiplyAccumulates(from inputs: [MapShape], to output: MapShape) -> Int {
    output.count * inputs[0].channels * kernel * kernel
  }

  public func forward(_ pass: ForwardPass) {
    let output = pass.output
    GatheredProduct.run(
      pass.inputs[0], Neighbourhood(window: kernel, step: step, padding: padding), grid: (output.shape.height, output.shape.width),
      weights: pass.parameters.value(weights), columns: outputChannels, accumulate: false, into: .map(output))
    if let bias { segue_bias(output.kernel, pass.parameters.value(bias)) }
  }

  public func backward(_ pass: BackwardPass) {
    if pass.wantsParameterGradients {
      addWeightGradient(of: pass.inputs[0], pass.outputGradient, to: pass.parameters.gradient(weights))
      if let bias { segue_bias_backward(pass.outputGradient.kernel, pass.parameters.gradient(bias)) }
    }
    if let gradient = pass.inputGradients[0] {
      propagate(pass.outputGradient, weights: pass.parameters.value(weights), to: gradient, accumulate: pass.accumulate[0])
    }
  }
}
