import Segmentation
import Tensors
import Testing

/// How networks start.
@Suite struct InitialWeightsTests {
  private func deviation(_ values: [Float]) -> Double {
    (values.reduce(0.0) { $0 + Double($1) * Double($1) } / Double(values.count)).squareRoot()
  }

  /// Kaiming normal over outgoing connections in the backbone, with ReLU's gain; over incoming ones elsewhere, without.
  @Test func convolutionsOfBiSeNetAreKaimingNormal() throws {
    let network = BiSeNet.network(width: .half)
    for (name, tensor) in network.initialWeights(seed: 1).named where tensor.shape.count == 4 {
      let taps = tensor.shape[2] * tensor.shape[3]
      let isBackbone = name.hasPrefix("cp.backbone.")
      let expected = isBackbone ? (2.0 / Double(tensor.shape[0] * taps)).squareRoot() : (1.0 / Double(tensor.shape[1] * taps)).squareRoot()
      let spread = 5 / (2 * Double(tensor.count)).squareRoot()
      #expect(abs(deviation(tensor.values) / expected - 1) < spread, "\(name)")
      let mean = tensor.values.reduce(0.0) { $0 + Double($1) } / Double(tensor.count)
      #expect(abs(mean) < 5 * expected / Double(tensor.count).squareRoot(), "\(name)")
    }
  }

  @Test func batchNormStartsAsTheIdentity() {
    let network = BiSeNet.network(width: .eighth)
    for (name, tensor) in network.initialWeights(seed: 1).named where tensor.shape.count == 1 {
      let value: Float = name.hasSuffix(".weight") || name.hasSuffix(".running_var") ? 1 : 0
      #expect(tensor.values.allSatisfy { $0 == value }, "\(name)")
    }
  }

  @Test func discriminatorsAreUniform() {
    for (name, tensor) in Discriminator().initialWeights(seed: 1).named {
      let inputs = ["conv1": 19, "conv2": 64, "conv3": 128, "conv4": 256, "classifier": 512][String(name.split(separator: ".")[0])]!
      let bound = 1 / Double(inputs * 16).squareRoot()
      #expect(tensor.values.allSatisfy { Double(abs($0)) <= bound * 1.000001 }, "\(name)")
      if tensor.count > 100 { #expect(abs(deviation(tensor.values) / (bound / 3.0.squareRoot()) - 1) < 0.1, "\(name)") }
    }
  }

  @Test func aSeedGivesTheSameNumbersAndAnotherGivesOthers() {
    let network = BiSeNet.network(width: .eighth)
    let weights = network.initialWeights(seed: 7)
    #expect(weights == network.initialWeights(seed: 7))
    #expect(weights.trained != network.initialWeights(seed: 8).trained)
    var starts: Set<[Float]> = []
    for (_, tensor) in weights.named where tensor.shape.count == 4 { #expect(starts.insert(Array(tensor.values.prefix(8))).inserted) }
  }

  /// Layers that both forms have begin alike, whatever comes before them.
  @Test func layersDoNotDependOnOthers() {
    let path = BiSeNet.network(spatialPath: .path, width: .eighth).initialWeights(seed: 7)
    let plain = Dictionary(uniqueKeysWithValues: BiSeNet.network(spatialPath: .stdc, width: .eighth).initialWeights(seed: 7).named.map { ($0.name, $0.tensor) })
    var shared = 0
    for (name, tensor) in path.named {
      guard let other = plain[name], other.shape == tensor.shape else { continue }
      #expect(other == tensor, "\(name)")
      shared += 1
    }
    #expect(shared > 150)
  }
}
