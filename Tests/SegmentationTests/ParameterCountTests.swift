import Segmentation
import Tensors
import Testing

@Suite struct ParameterCountTests {
  @Test(arguments: [
    (["spatial": "path"], 8_334_304, 8_484_448), (["spatial": "stdc"], 8_275_104, 8_425_248), (["backbone": "resnet18"], 13_242_240, 13_392_384),
  ])
  func ofBiSeNet(_ options: [String: String], _ inference: Int, _ training: Int) throws {
    let network = try NetworkForm("bisenet", options).network()
    let model = SegmentationModel(network: network, weights: Weights(layout: network.layout) { [Float](repeating: 0, count: $0.count) })
    #expect(model.inferenceParameterCount == inference)
    #expect(model.trainingParameterCount == training)
  }

  /// torchvision's ResNet-18 has 11,689,512, of which 513,000 are its classifier's.
  @Test func ofResNet18() {
    let backbone = BiSeNet.network(backbone: BackboneName(rawValue: "resnet18")!).layout.entries.filter { $0.name.hasPrefix("cp.backbone.") && $0.kind.isTrained }
    #expect(backbone.reduce(0) { $0 + $1.count } == 11_689_512 - 513_000)
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
