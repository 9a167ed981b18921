/// A convolution and the batch normalisation behind it, with running statistics: one factor and one summand for each channel, applied where
/// the convolution ends. For inference only.
struct FoldedConvolution: Op {
  let convolution: Convolution
  let normalization: BatchNormalization

  var name: String { "\(convolution.name) + \(normalization.name)" }
  var parameters: [ParameterID] { convolution.parameters + normalization.parameters }
  var backwardReads: BackwardReads { [] }
  func outputShape(for inputs: [MapShape]) -> MapShape { convolution.outputShape(for: inputs) }
  func stateCount(for inputs: [MapShape]) -> Int { 2 * convolution.outputChannels }
  func multiplyAccumulates(from inputs: [MapShape], to output: MapShape) -> Int { convolution.multiplyAccumulates(from: inputs, to: output) }

  func forward(_ pass: ForwardPass) {
    let channels = convolution.outputChannels, factor = pass.state, summand = factor + channels
    normalization.runningAffine(pass.parameters, channels: channels, factor: factor, summand: summand)
    convolution.forward(pass, after: Epilogue(scale: factor, shift: summand, slope: normalization.relu ? 0 : 1))
  }

  func backward(_ pass: BackwardPass) { preconditionFailure("batch normalisation is folded for inference only") }
}
