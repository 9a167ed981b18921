extension Graph {
  /// The graph as it is run: where one node alone reads a convolution and can be done where the convolution ends, the two become one node, that
  /// of the reader; the convolution's node stays and is read by nobody.
  ///
  /// A leaky ReLU behind a bias can always be done so, a batch normalisation for inference only, where it uses running statistics.
  func folded(outputs: Set<Int>, training: Bool) -> Graph {
    var readers = [Int](repeating: 0, count: nodes.count)
    for node in nodes { for input in node.inputs { readers[input.index] += 1 } }
    var folded = self
    for (index, node) in nodes.enumerated() {
      guard case .op(let op) = node.work, let input = node.inputs.first?.index, readers[input] == 1, !outputs.contains(input),
        case .op(let before) = nodes[input].work, let convolution = before as? Convolution,
        let whole = convolution.joined(with: op, training: training)
      else { continue }
      folded.replace(index, by: whole, reading: nodes[input].inputs)
    }
    return folded
  }
}

extension Convolution {
  /// One op for this one and the op behind it, where there is such an op.
  fileprivate func joined(with next: any Op, training: Bool) -> (any Op)? {
    switch next {
    case let activation as LeakyReLU: ActivatedConvolution(self, activation)
    case let normalization as BatchNormalization where !training && bias == nil: FoldedConvolution(convolution: self, normalization: normalization)
    default: nil
    }
  }
}
