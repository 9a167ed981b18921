import Adaptation
import Imaging
import Scenes
import Segmentation
import Testing

/// Batches without labels have no loss, and no part in an epoch's mean.
@Suite struct UnlabelledTests {
  @Test func aStepWithoutLabelsHasNoLoss() throws {
    let network = BiSeNet.network(width: .eighth), size = PixelSize(64, 32)
    let trainer = try Trainer(
      network: network, objectives: [SegmentationObjective(), SegmentationObjective(on: .pseudo)],
      state: TrainingState(weights: network.initialWeights(seed: 1)), settings: TrainingSettings(), steps: 4)
    func batch(_ label: UInt8) -> Batch {
      Batch(
        size: size, images: (0..<3 * size.area * 2).map { Float($0 % 7) / 7 }, labels: [UInt8](repeating: label, count: 2 * size.area), names: ["a", "b"])
    }
    let unlabelled = try trainer.step([.source: batch(CityscapesClass.ignored), .pseudo: batch(CityscapesClass.ignored)])
    #expect(unlabelled[.segmentation] == nil && unlabelled[.pseudo] == nil)
    let labelled = try trainer.step([.source: batch(3), .pseudo: batch(CityscapesClass.ignored)])
    #expect(try #require(labelled[.segmentation]) > 0 && labelled[.pseudo] == nil)

    var means = LossMeans()
    for losses in [unlabelled, labelled, unlabelled] { means.add(losses) }
    #expect(means[.segmentation] == labelled[.segmentation])
    #expect(means.epoch(1, meanIoU: nil)[.pseudo] == nil)
    #expect(LossMeans().epoch(1, meanIoU: nil)[.segmentation] == nil)
  }

  @Test func anEpochWithoutAScoreIsNeverTheBest() {
    var history = TrainingHistory()
    for (epoch, score) in [nil, 0.1, nil, 0.3, 0.3].enumerated() {
      history.epochs.append(.init(epoch: epoch + 1, losses: [:], meanIoU: score))
    }
    #expect(history.best?.epoch == 4)
  }
}
