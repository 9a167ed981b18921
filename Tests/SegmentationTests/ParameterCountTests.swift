import Segmentation
import Tensors
import Testing

@Suite struct ParameterCountTests {
  @Test(arguments: [(BiSeNet.SpatialPath.path, 8_334_304, 8_484_448), (.stdc, 8_275_104, 8_425_248)])
  func ofBiSeNet(_ form: BiSeNet.SpatialPath, _ inference: Int, _ training: Int) {
    let network = BiSeNet.network(spatialPath: form)
    let model = SegmentationModel(network: network, weights: Weights(layout: network.layout) { [Float](repeating: 0, count: $0.count) })
    #expect(model.inferenceParameterCount == inference)
    #expect(model.trainingParameterCount == training)
  }

  @Test func ofTheDiscriminator() { #expect(Discriminator().layout.trainedCount == 2_781_121) }

  /// Table of the reference: forward passes at 512x1024 of the form without a spatial path.
  @Test func multiplyAccumulates() {
    let network = BiSeNet.network(spatialPath: .stdc), size = MapShape(1, 512, 1024, 3)
    let inference = Plan(network.graph, sizes: [network.images: size], outputs: [network.logits], training: false)
    #expect((Double(inference.multiplyAccumulates) / 1e9 * 10).rounded() == 169)
    let training = Plan(network.graph, sizes: [network.images: size], outputs: network.outputs, training: false)
    #expect((Double(training.multiplyAccumulates) / 1e9 * 10).rounded() == 176)
  }

  @Test(arguments: NetworkWidth.allCases) func widthsScaleAllButImagesAndClasses(_ width: NetworkWidth) {
    let full = BiSeNet.network().layout, narrow = BiSeNet.network(width: width).layout
    #expect(full.entries.map(\.name) == narrow.entries.map(\.name))
    for (wide, slim) in zip(full.entries, narrow.entries) {
      for (a, b) in zip(wide.shape, slim.shape) where a > 19 { #expect(b == a / width.divisor) }
    }
  }
}
