import Segmentation
import Tensors
import Testing

/// What training takes, from the plans alone: no memory is taken for it here.
@Suite struct MemoryTests {
  /// Two images of 1024x512, the batch of the published experiments.
  @Test(arguments: BiSeNet.SpatialPath.allCases) func trainingStaysBelowItsLimit(_ form: BiSeNet.SpatialPath) {
    let network = BiSeNet.network(spatialPath: form)
    let bytes = Plan.bytes(network.graph, sizes: [network.images: MapShape(2, 512, 1024, 3)], outputs: network.outputs, training: true)
    #expect(bytes < 1_600_000_000, "\(bytes) bytes")
  }

  /// The discriminator keeps its values for two runs backward.
  @Test func judgingStaysBelowItsLimit() {
    let network = Discriminator()
    let bytes = Plan.bytes(
      network.graph, sizes: [network.probabilities: MapShape(2, 512, 1024, 19)], outputs: [network.logits], training: true,
      repeatable: true)
    #expect(bytes < 600_000_000, "\(bytes) bytes")
  }

  @Test(arguments: [true, false]) func aPlanTakesWhatWasSaid(_ training: Bool) {
    let network = BiSeNet.network(width: .eighth), sizes = [network.images: MapShape(2, 40, 72, 3)]
    let plan = Plan(network.graph, sizes: sizes, outputs: network.outputs, training: training)
    #expect(plan.bytes == Plan.bytes(network.graph, sizes: sizes, outputs: network.outputs, training: training))
  }
}
