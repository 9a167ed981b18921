internal import Kernels

/// The mean of a window; zeros of the padding count, as in the published STDC networks.
public struct AveragePool: Op {
  public let kernel: Int
  public let stride: Int
  public let padding: Int

  public init(kernel: Int, stride: Int, padding: Int) {
    self.kernel = kernel
    self.stride = stride
    self.padding = padding
  }

  public var name: String { "average pool \(kernel)x\(kernel) stride \(stride)" }
  public var backwardReads: BackwardReads { [] }

  public func outputShape(for inputs: [MapShape]) -> MapShape {
    inputs[0].swept(kernel: kernel, stride: stride, padding: padding, channels: inputs[0].channels)
  }

  public func forward(_ pass: ForwardPass) {
    segue_average_pool(pass.inputs[0].kernel, kernel, stride, padding, pass.output.kernel)
  }

  public func backward(_ pass: BackwardPass) {
    guard let dx = pass.inputGradients[0] else { return }
    segue_average_pool_backward(pass.outputGradient.kernel, kernel, stride, padding, dx.kernel, pass.accumulate[0])
  }
}

/// The mean of each channel over its image: `[N, H, W, C]` to `[N, 1, 1, C]`.
public struct GlobalAveragePool: Op {
  public init() {}
  public var name: String { "global average pool" }
  public var backwardReads: BackwardReads { [] }
  public func outputShape(for inputs: [MapShape]) -> MapShape { MapShape(inputs[0].images, 1, 1, inputs[0].channels) }

  public func forward(_ pass: ForwardPass) {
    segue_pixel_sums(pass.inputs[0].kernel, factor(pass.inputs[0].shape), pass.output.kernel, false)
  }

  public func backward(_ pass: BackwardPass) {
    guard let dx = pass.inputGradients[0] else { return }
    segue_spread(pass.outputGradient.kernel, factor(dx.shape), dx.kernel, pass.accumulate[0])
  }

  private func factor(_ shape: MapShape) -> Float { 1 / Float(shape.height * shape.width) }
}
