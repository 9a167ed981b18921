internal import Kernels

/// 1 / (1 + exp(-x)).
public struct Sigmoid: Op {
  public init() {}
  public var name: String { "sigmoid" }
  public var backwardReads: BackwardReads { .output }
  public func outputShape(for inputs: [MapShape]) -> MapShape { inputs[0] }
  public func forward(_ pass: ForwardPass) { segue_sigmoid(pass.inputs[0].kernel, pass.output.kernel) }

  public func backward(_ pass: BackwardPass) {
    guard let dx = pass.inputGradients[0] else { return }
    segue_sigmoid_backward(pass.output.kernel, pass.outputGradient.kernel, dx.kernel, pass.accumulate[0])
  }
}

/// x where it is positive, else slope * x; a slope of 0 is the plain ReLU.
public struct LeakyReLU: Op {
  public let slope: Float
  public init(slope: Float = 0) { self.slope = slope }
  public var name: String { slope == 0 ? "ReLU" : "leaky ReLU" }
  public var backwardReads: BackwardReads { .output }
  public var worksInPlace: Bool { true }
  public func outputShape(for inputs: [MapShape]) -> MapShape { inputs[0] }
  public func forward(_ pass: ForwardPass) { segue_leaky_relu(pass.inputs[0].kernel, slope, pass.output.kernel) }

  public func backward(_ pass: BackwardPass) {
    guard let dx = pass.inputGradients[0] else { return }
    segue_leaky_relu_backward(pass.output.kernel, pass.outputGradient.kernel, slope, dx.kernel, pass.accumulate[0])
  }
}
