import Adaptation
import Imaging
import Scenes
import Segmentation
import Tensors
import TestSupport
import Testing

/// Batch-norm statistics of other images: PyTorch's cumulative average, weights as they are.
@Suite struct AdaptedStatisticsTests {
  @Test(arguments: Fixture.names(beginning: "adapted-")) func equalPyTorchsCumulativeAverage(_ name: String) throws {
    let setup = try TrainingReferenceTests.Setup(name), layout = setup.network.layout
    let model = SegmentationModel(network: setup.network, weights: Weights(layout: layout) { Formula.parameter($0.name, shape: $0.shape) })
    let batches = setup.batches(setup.fixture.settings.images!), statistics = AdaptedStatistics(of: model)
    for batch in batches { statistics.add(batch.images, count: batch.count, size: batch.size) }
    let adapted = statistics.model
    #expect(batches.count == 3 && statistics.images == 12 && adapted.weights.trained == model.weights.trained)
    var compared = 0
    for entry in layout.entries where !entry.kind.isTrained {
      try setup.check("statistics.\(entry.name)", adapted.weights.tensor(entry).values)
      compared += 1
    }
    #expect(compared > 60)
    let plan = Plan(setup.network.graph, sizes: [setup.network.images: MapShape(4, batches[0].size.height, batches[0].size.width, 3)], outputs: [setup.network.logits], training: false)
    plan.value(setup.network.images).set(batches[0].images)
    plan.forward(Parameters(adapted.weights, withGradients: false))
    try setup.check("eval.out", plan.value(setup.network.logits).tensor.values)
  }

  /// What a momentum would leave of the last batch alone is missed by far.
  @Test func theFirstBatchCountsAsMuchAsTheLast() throws {
    let setup = try TrainingReferenceTests.Setup("adapted-path-quarter"), layout = setup.network.layout
    let model = SegmentationModel(network: setup.network, weights: Weights(layout: layout) { Formula.parameter($0.name, shape: $0.shape) })
    let statistics = AdaptedStatistics(of: model), batches = setup.batches(setup.fixture.settings.images!)
    for batch in batches.dropFirst() { statistics.add(batch.images, count: batch.count, size: batch.size) }
    let missed = layout.entries.filter { entry in
      guard !entry.kind.isTrained, let truth = setup.fixture.tensors["statistics.\(entry.name)"] else { return false }
      return truth.error(of: statistics.model.weights.tensor(entry).values) > 10 * truth.bound(floor: 2e-5)
    }
    #expect(missed.count > 60, "\(missed.count)")
  }

  /// Every image once, in order, none alone.
  @Test(arguments: [(2, 8), (3, 2), (5, 2), (8, 8), (9, 8), (17, 8), (160, 8), (7, 3), (4, 3), (1001, 256)]) func everyImageIsInOneBatch(_ count: Int, _ size: Int) {
    let batches = AdaptedStatistics.batches(of: count, upTo: size)
    #expect(batches.flatMap(Array.init) == Array(0..<count))
    let counts = batches.map(\.count)
    #expect(counts.allSatisfy { 2...max(size, 3) ~= $0 } && counts.max()! - counts.min()! <= 1)
    #expect(size == 2 || counts.max()! <= size)
  }

  /// The same bits with one thread as with all, from whole images; nothing of the earlier statistics is left.
  @Test func dependOnImagesAndWeightsAlone() throws {
    let images = try SmallStreets.of(.target, taking: 5)
    var model = SmallStreets.model()
    let adapted = try model.adapted(to: images, batch: 2, seed: 1)
    #expect(adapted.weights.statistics != model.weights.statistics && adapted.weights.trained == model.weights.trained)
    model.weights.statistics = model.weights.statistics.map { $0 + 3 }
    var seen: [Int] = []
    let before = Threads.count
    defer { Threads.count = before }
    Threads.count = 1
    let again = try model.adapted(to: images, batch: 2, seed: 2) { seen.append($0) }
    #expect(again.weights.statistics == adapted.weights.statistics && seen == [2, 5])
    let others = try model.adapted(to: SmallStreets.of(.source, taking: 5), batch: 2, seed: 1)
    #expect(others.weights.statistics != adapted.weights.statistics)
  }
}
