import Segmentation
import Tensors
import TestSupport
import Testing

/// Ensembles: the mean of the members' softmax, each upsampled from its own size.
@Suite struct EnsembleTests {
  @Test(arguments: 1...3) func meanOfSoftmaxEqualsPyTorch(_ members: Int) throws {
    let fixture = try Fixture.named("method-ensemble"), size = try #require(fixture.settings.size)
    let shape = MapShape(2, size[0], size[1], 19), mean = Buffer(count: shape.count)
    for member in 0..<members {
      let (own, values) = fixture.input("logits \(member)")
      UpsampledSoftmax.evaluate(
        Buffer(values).map(MapShape(own[0], own[1], own[2], own[3])), into: mean.map(shape), weight: 1 / Float(members),
        accumulate: member > 0)
    }
    let truth = try #require(fixture.tensors["probabilities.\(members)"])
    #expect(truth.error(of: mean.array) <= truth.bound(floor: 1e-6))
    let classes = UpsampledSoftmax.mostProbable(mean.map(shape)).classes
    let wanted = try #require(fixture.tensors["classes.\(members)"])
    #expect(wanted.indices.map { Double(classes[$0]) } == wanted.values)
    #expect(classes.histogram(upTo: wanted.histogram?.count) == wanted.histogram)
  }

  /// What a predictor of several models says is the mean of what predictors of one say.
  @Test(arguments: [2, 3]) func predictorsAverageTheirMembers(_ members: Int) {
    let forms: [(BiSeNet.SpatialPath, NetworkWidth)] = [(.path, .eighth), (.stdc, .eighth), (.stdc, .quarter)]
    let models = (0..<members).map { member in
      let network = BiSeNet.network(spatialPath: forms[member].0, width: forms[member].1)
      return SegmentationModel(network: network, weights: network.initialWeights(seed: UInt64(member)))
    }
    let pixels = Formula.values("images", count: 33 * 70 * 3)
    func softmax(_ models: [SegmentationModel]) -> [Float] {
      Predictor(models).softmax(pixels, height: 33, width: 70, outputHeight: 41, outputWidth: 64).tensor.values
    }
    let each = models.map { softmax([$0]) }, together = softmax(models)
    for index in together.indices {
      let mean = each.reduce(0) { $0 + Double($1[index]) } / Double(members)
      guard abs(Double(together[index]) - mean) <= 3e-7 else {
        Issue.record("\(together[index]) at \(index) for \(mean)")
        return
      }
    }
    let predictor = Predictor(models)
    let classes = predictor.classes(pixels, height: 33, width: 70, outputHeight: 41, outputWidth: 64)
    for pixel in classes.indices {
      let own = together[pixel * 19..<(pixel + 1) * 19]
      #expect(own[own.startIndex + Int(classes[pixel])] == own.max())
    }
  }
}
