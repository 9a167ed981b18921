internal import Kernels

/// The largest number of a window; padding never wins. The gradient goes to the first of equally large numbers, as in PyTorch.
public struct MaxPool: Op {
  public let kernel: Int
  public let stride: Int
  public let padding: Int

  /// - Parameter padding: at most half the window, so that no window consists of padding alone.
  public init(kernel: Int, stride: Int, padding: Int) {
    precondition(kernel > 0 && stride > 0 && padding >= 0 && 2 * padding <= kernel, "no window of \(kernel) with stride \(stride) and padding \(padding)")
    self.kernel = kernel
    self.stride = stride
    self.padding = padding
  }

  public var name: String { "max pool \(kernel)x\(kernel) stride \(stride)" }
  /// Which number won is cheaper found again than kept.
  public var backwardReads: BackwardReads { .inputs }

  public func outputShape(for inputs: [MapShape]) -> MapShape {
    inputs[0].swept(kernel: kernel, stride: stride, padding: padding, channels: inputs[0].channels)
  }

  public func forward(_ pass: ForwardPass) {
    segue_max_pool(pass.inputs[0].kernel, kernel, stride, padding, pass.output.kernel)
  }

  public func backward(_ pass: BackwardPass) {
    guard let dx = pass.inputGradients[0] else { return }
    segue_max_pool_backward(
      pass.inputs[0].kernel, pass.outputGradient.kernel, kernel, stride, padding, dx.kernel, pass.accumulate[0])
  }
}
