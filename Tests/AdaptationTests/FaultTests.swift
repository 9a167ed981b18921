import Adaptation
import Imaging
import Scenes
import Segmentation
import Tensors
import TestSupport
import Testing

/// What goes wrong, and that nothing is lost by it.
@Suite struct FaultTests {
  private func batch(_ poison: Float? = nil) -> Batch {
    let size = SmallStreets.size
    var images = Formula.values("images", count: 2 * 3 * size.area)
    if let poison { images[1234] = poison }
    return Batch(
      size: size, images: images, labels: Formula.labels("labels", images: 2, height: size.height, width: size.width), names: ["a", "b"])
  }

  private func trainer(rate: Float = 0.01, adversarial: Float? = nil) throws -> Trainer {
    let model = SmallStreets.model(), objectives: [any Objective] = [SegmentationObjective()] + (adversarial.map { [AdversarialObjective(weight: $0)] } ?? [])
    return try Trainer(
      network: model.network, objectives: objectives,
      state: TrainingState(weights: model.weights, objectives: try objectives.flatMap { try $0.start(from: model, seed: 2, after: nil) }),
      settings: TrainingSettings(rate: rate), steps: 10)
  }

  @Test(arguments: [Float.nan, .infinity]) func divergedStepsAreTakenBack(_ poison: Float) throws {
    let trainer = try trainer(adversarial: 0.001)
    _ = try trainer.step([.source: batch(), .target: batch()])
    let before = trainer.state.file().encoded
    for (source, target) in [(batch(poison), batch()), (batch(), batch(poison))] {
      #expect(throws: TrainingError.self) { try trainer.step([.source: source, .target: target]) }
      let isAsBefore = trainer.state.file().encoded == before
      #expect(isAsBefore)
    }
    // And training goes on as if nothing had been.
    let other = try self.trainer(adversarial: 0.001)
    for _ in 0..<2 { _ = try other.step([.source: batch(), .target: batch()]) }
    _ = try trainer.step([.source: batch(), .target: batch()])
    let isTheSame = trainer.state.file().encoded == other.state.file().encoded
    #expect(isTheSame)
  }

  @Test func hugeRatesDiverge() throws {
    let trainer = try trainer(rate: 1e30)
    let error = #expect(throws: TrainingError.self) { for _ in 0..<10 { _ = try trainer.step([.source: batch()]) } }
    let text = try #require(error).description
    #expect(text.contains("rate") && text.contains("step \(trainer.step + 1)"), "\(text)")
  }

  struct WrongFile: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let file: @Sendable () -> Safetensors
    let says: [String]
  }

  static let wrongFiles = [
    WrongFile(
      testDescription: "another width", file: { state(BiSeNet.network(width: .quarter)) },
      says: ["cp.backbone.features.0.conv.weight", "[8, 3, 3, 3]", "[4, 3, 3, 3]", "width"]),
    WrongFile(testDescription: "another form", file: { state(BiSeNet.network(spatialPath: .stdc, width: .eighth)) }, says: ["sp.conv1.conv.weight"]),
    WrongFile(
      testDescription: "weights alone",
      file: {
        let model = SmallStreets.model()
        return Safetensors(model.weights.named)
      }, says: ["not a training checkpoint"]),
    WrongFile(
      testDescription: "a step that is no number",
      file: { Safetensors(state(SmallStreets.model().network).entries.map { ($0.name, $0.tensor) }, metadata: ["step": "many"]) },
      says: ["not a training checkpoint"]),
    WrongFile(
      testDescription: "no velocity",
      file: {
        let entries = state(SmallStreets.model().network).entries.filter { !$0.name.hasPrefix("velocity.sp") }
        return Safetensors(entries.map { ($0.name, $0.tensor) }, metadata: ["step": "1"])
      }, says: ["velocity.sp.conv1.conv.weight"]),
  ]

  private static func state(_ network: Network) -> Safetensors {
    TrainingState(weights: network.initialWeights(seed: 1)).file()
  }

  @Test(arguments: wrongFiles) func checkpointsOfOthersAreRefused(_ wrong: WrongFile) throws {
    let network = SmallStreets.model().network
    let error = #expect(throws: CheckpointError.self) {
      try TrainingState(decoding: wrong.file(), network: network, objectives: [SegmentationObjective()])
    }
    let text = try #require(error).description
    for part in wrong.says { #expect(text.contains(part), "\(text)") }
  }

  @Test func aDiscriminatorIsMissed() throws {
    let network = SmallStreets.model().network
    let error = #expect(throws: CheckpointError.self) {
      try TrainingState(decoding: Self.state(network), network: network, objectives: [AdversarialObjective()])
    }
    #expect(try #require(error).description.contains("discriminator.conv1.weight"))
  }

  @Test func batchesLargerThanTheDataAreRefused() throws {
    let model = SmallStreets.model(), data = TrainingData(on: try SmallStreets.of(.source, taking: 2), batch: 3)
    #expect(throws: SceneError.self) {
      try TrainingRun(
        network: model.network, objectives: [SegmentationObjective()], state: TrainingState(weights: model.weights), data: data,
        epochs: 1, settings: TrainingSettings(), seed: 1)
    }
  }
}
