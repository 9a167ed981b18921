import Adaptation
import Imaging
import Scenes
import Segmentation
import Tensors
import Testing

/// Training in bfloat16 leads to where training in float32 does.
@Suite struct PrecisionTests {
  /// The mean loss of each epoch, and the weights after the last.
  private func train(_ precision: ConvolutionAlgorithms.Precision) throws -> (losses: [Double], weights: Weights) {
    let network = BiSeNet.network(width: .quarter)
    let run = try TrainingRun(
      network: network, objectives: [SegmentationObjective()], state: TrainingState(weights: network.initialWeights(seed: 4)),
      data: TrainingData(on: try SmallStreets.of(.source, taking: 16), toward: nil, batch: 4, crop: SmallStreets.size), epochs: 5,
      settings: TrainingSettings(rate: 0.02, algorithms: .standard.with(precision)), seed: 6)
    var losses = [Double](repeating: 0, count: 5)
    while let report = try run.advance() { losses[report.epoch - 1] += report.losses[.segmentation]! / Double(run.stepsPerEpoch) }
    return (losses, run.trainer.weights)
  }

  @Test func lossesAreThoseOfFloat32() throws {
    let full = try train(.float32), half = try train(.bfloat16)
    #expect(half.losses[4] < 0.8 * half.losses[0])
    for (a, b) in zip(half.losses, full.losses) { #expect(abs(a - b) < 0.03 * b, "\(a) beside \(b)") }
    #expect(half.weights.trained != full.weights.trained)
    // What is kept is float32: bits that bfloat16 does not have are in use.
    #expect(half.weights.trained.contains { $0.bitPattern & 0xFFFF != 0 })
  }
}
