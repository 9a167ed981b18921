internal import Kernels

/// A convolution with a bias and the leaky ReLU behind it: the bias and the activation are applied where the convolution ends, and backward one
/// pass over the output's gradient does for both of them.
struct ActivatedConvolution: Op {
  let convolution: Convolution
  let bias: ParameterID
  let activation: LeakyReLU

  /// Nil for a convolution without bias.
  init?(_ convolution: Convolution, _ activation: LeakyReLU) {
    guard let bias = convolution.bias else { return nil }
    (self.convolution, self.bias, self.activation) = (convolution, bias, activation)
  }

  var name: String { "\(convolution.name) + \(activation.name)" }
  var parameters: [ParameterID] { convolution.parameters }
  /// The output tells by its sign what the activation did.
  var backwardReads: BackwardReads { [.inputs, .output] }
  func outputShape(for inputs: [MapShape]) -> MapShape { convolution.outputShape(for: inputs) }
  func multiplyAccumulates(from inputs: [MapShape], to output: MapShape) -> Int { convolution.multiplyAccumulates(from: inputs, to: output) }
  func methods(for inputs: [MapShape], _ algorithms: ConvolutionAlgorithms) -> OpMethods? { convolution.methods(for: inputs, algorithms) }

  func forward(_ pass: ForwardPass) { convolution.forward(pass, after: convolution.epilogue(pass.parameters, slope: activation.slope)) }

  /// The output's gradient becomes, in its place, that before the activation.
  func backward(_ pass: BackwardPass) {
    let output = pass.output.kernel, gradient = pass.outputGradient.kernel
    if pass.wantsParameterGradients {
      segue_biased_leaky_relu_backward(output, gradient, activation.slope, gradient, pass.parameters.gradient(bias))
    } else {
      segue_leaky_relu_backward(output, gradient, activation.slope, gradient, false)
    }
    convolution.backwardWithoutBias(pass)
  }
}
