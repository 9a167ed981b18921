internal import Kernels

/// Convolution of each channel by itself, `[N, H, W, C]` to `[N, (H + 2p - k) / s + 1, (W + 2p - k) / s + 1, C]`.
public struct DepthwiseConvolution: Op {
  public let weights: ParameterID
  public let kernel: Int
  public let stride: Int
  public let padding: Int

  public init(_ weights: ParameterID, kernel: Int, stride: Int, padding: Int) {
    self.weights = weights
    self.kernel = kernel
    self.stride = stride
    self.padding = padding
  }

  public var name: String { "depthwise \(kernel)x\(kernel)" + (stride > 1 ? " stride \(stride)" : "") }
  public var parameters: [ParameterID] { [weights] }
  public var backwardReads: BackwardReads { .inputs }

  public func outputShape(for inputs: [MapShape]) -> MapShape {
    inputs[0].swept(kernel: kernel, stride: stride, padding: padding, channels: inputs[0].channels)
  }

  public func multiplyAccumulates(from inputs: [MapShape], to output: MapShape) -> Int { output.count * kernel * kernel }

  public func forward(_ pass: ForwardPass) {
    segue_depthwise(pass.inputs[0].kernel, pass.parameters.value(weights), kernel, stride, padding, pass.output.kernel)
  }

  public func backward(_ pass: BackwardPass) {
    let dy = pass.outputGradient.kernel
    if pass.wantsParameterGradients {
      segue_depthwise_backward_weights(pass.inputs[0].kernel, dy, kernel, stride, padding, pass.parameters.gradient(weights))
    }
    if let dx = pass.inputGradients[0] {
      segue_depthwise_backward_data(dy, pass.parameters.value(weights), kernel, stride, padding, dx.kernel, pass.accumulate[0])
    }
  }
}
