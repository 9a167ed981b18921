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
    convolution.forward(pass, after: Epilogue(scale: factor, shift: summand, relu: normalization.relu))
  }

  func backward(_ pass: BackwardPass) { preconditionFailure("batch normalisation is folded for inference only") }
}

extension Graph {
  /// The graph for inference: where nothing but a batch normalisation reads a convolution, the two become one node, that of the
  /// normalisation; the convolution's node stays and is read by nobody.
  func folded(outputs: Set<Int>) -> Graph {
    var readers = [Int](repeating: 0, count: nodes.count)
    for node in nodes { for input in node.inputs { readers[input.index] += 1 } }
    var folded = self
    for (index, node) in nodes.enumerated() {
      guard case .op(let op) = node.work, let normalization = op as? BatchNormalization else { continue }
      let input = node.inputs[0].index
      guard case .op(let before) = nodes[input].work, let convolution = before as? Convolution, convolution.bias == nil, readers[input] == 1,
        !outputs.contains(input)
      else { continue }
      folded.replace(index, by: FoldedConvolution(convolution: convolution, normalization: normalization), reading: nodes[input].inputs)
    }
    return folded
  }
}
