import Adaptation
import Imaging
import Scenes
import Segmentation
import Tensors
import TestSupport
import Testing

/// The bits of a tiny adversarial training, for each instruction set whose sums are all this package's own.
///
/// Where these change, `Versions.arithmetic` in the recipes has to change with them, or values kept from before would be taken for ones of
/// now; the sessions' recorded outputs then follow. (Elsewhere OpenBLAS multiplies, whose order of sums is its own and the processor's.)
@Suite struct ArithmeticTests {
  static let digests = ["avx512": "fddb74224d6e34cc", "avx2": "fddb74224d6e34cc"]
  static let digestsOfBFloat16 = ["avx512": "f4f34affc81d3a8b", "avx2": "f4f34affc81d3a8b"]

  @Test(.enabled(if: digests[Threads.instructionSet] != nil, "held for AVX-512 and AVX2"), arguments: ConvolutionAlgorithms.Precision.allCases)
  func aTinyTrainingHasTheseBits(_ precision: ConvolutionAlgorithms.Precision) throws {
    let network = BiSeNet.network(width: .quarter), size = PixelSize(72, 40)
    func weights(_ layout: ParameterLayout) -> Weights {
      Weights(layout: layout) { entry in
        let values = Formula.values(entry.name, count: entry.count)
        return entry.kind == .scale || entry.kind == .runningVariance ? values.map { 1 + abs($0) } : values.map { $0 / 8 }
      }
    }
    let adversary = AdversarialObjective(weight: 0.1)
    let judge = Safetensors(weights(AdversarialObjective.discriminator(for: network).layout).entries(under: AdversarialObjective.weightsPrefix))
    let trainer = try Trainer(
      network: network, objectives: [SegmentationObjective(), adversary],
      state: TrainingState(weights: weights(network.layout), objectives: try adversary.start(from: SegmentationModel(network: network, weights: weights(network.layout)), seed: 0, after: judge)),
      settings: TrainingSettings(rate: 0.001, algorithms: .standard.with(precision)), steps: 2)
    func batch(_ name: String) -> Batch {
      Batch(
        size: size, images: Formula.values(name, count: 6 * size.area),
        labels: Formula.labels(name, images: 2, height: size.height, width: size.width), names: ["a", "b"])
    }
    for step in 0..<2 { _ = try trainer.step([.source: batch("source \(step)"), .target: batch("target \(step)")]) }
    let state = trainer.state, discriminator = try #require(try AdversarialObjective.weights(in: Safetensors(state.objectives), for: network))
    let digest = [state.weights.trained, state.weights.statistics, discriminator.trained].reduce(UInt64(0xCBF2_9CE4_8422_2325)) {
      $1.reduce($0) { ($0 ^ UInt64($1.bitPattern)) &* 0x100_0000_01B3 }
    }
    #expect(String(digest, radix: 16) == (precision == .float32 ? Self.digests : Self.digestsOfBFloat16)[Threads.instructionSet])
  }
}
