public import Tensors

extension Network {
  /// The start of a network that is built from nothing: its convolutions by the rules that its layers were added under, batch norm 1 and 0.
  /// Each parameter has a random stream of its own, so that one network's numbers do not depend on which other layers it has.
  public func initialWeights(seed: UInt64) -> Weights { layout.initialWeights(seed: seed, initialisation) }
}

extension ParameterLayout {
  /// - Parameter rules: of convolutions, by the names of their weights.
  func initialWeights(seed: UInt64, _ rules: [String: Initialisation]) -> Weights {
    var fans: [String: Fans] = [:]
    return Weights(layout: self) { entry in
      var stream = RandomStream(seed: seed, purpose: "start of " + entry.name)
      switch entry.kind {
      case .convolution, .depthwise:
        let groups = entry.kind == .depthwise ? entry.shape[0] : 1
        let own = Fans(inputs: entry.shape[1] * groups, outputs: entry.shape[0], kernel: entry.shape[2], groups: groups)
        fans[String(entry.name.dropLast(".weight".count))] = own
        guard let rule = rules[entry.name] else { preconditionFailure("\(entry.name) has no rule to start by") }
        return rule.weights(entry.count, fans: own, from: &stream)
      case .bias:
        // A bias follows its convolution's weights in the layout.
        guard let own = fans[String(entry.name.dropLast(".bias".count))] else { preconditionFailure("\(entry.name) comes before its weights") }
        return Initialisation.biases(entry.count, fans: own, from: &stream)
      case .scale, .runningVariance: return [Float](repeating: 1, count: entry.count)
      case .shift, .runningMean: return [Float](repeating: 0, count: entry.count)
      }
    }
  }
}
