import Adaptation
import Foundation
import Imaging
import Scenes
import Segmentation
import Tensors
import Testing

/// What objectives declare is what they do.
@Suite struct ObjectiveTests {
  static let objectives: [any Objective] = [
    SegmentationObjective(), SegmentationObjective(on: .pseudo), AdversarialObjective(), AdversarialObjective(auxiliary: 0.0002, form: AdversaryForm(discriminator: .light)), EntropyObjective(), TeacherObjective(), TeacherObjective(masked: MaskedConsistency()),
  ]

  @Test func theCatalogIsComplete() {
    let known = Objectives.all.map { $0.name }
    #expect(Set(known).count == known.count)
    #expect(Set(Self.objectives.map { type(of: $0).name }) == Set(known), "each has a case here")
    let terms = Objectives.terms
    for key in [\LossTerm.id, \.name, \.title] { #expect(Set(terms.map { $0[keyPath: key] }).count == terms.count) }
    #expect(!terms.contains { ["epoch", "meanIoU", "miou"].contains($0.id) || $0.name == "miou" }, "names of other figures of an epoch")
    let prefixes = (TrainingState.groups + Objectives.all.flatMap { $0.stateGroups }).map(\.prefix)
    #expect(Set(prefixes).count == prefixes.count)
  }

  private func batch(_ network: Network) -> Batch {
    let size = PixelSize(64, 32)
    return Batch(
      size: size, images: (0..<6 * size.area).map { Float($0 % 11) / 11 }, labels: (0..<2 * size.area).map { UInt8($0 / 97 % 19) }, names: ["a", "b"])
  }

  /// Each reports its own losses, finite, moves the network, and keeps the tensors that it declares.
  @Test(arguments: objectives.indices) func declaresWhatItDoes(_ index: Int) throws {
    let objective = Self.objectives[index], network = BiSeNet.network(width: .eighth), weights = network.initialWeights(seed: 1)
    let start = try objective.start(from: SegmentationModel(network: network, weights: weights), seed: 1, after: nil)
    #expect(start.map(\.name) == objective.state(for: network).map(\.name))
    #expect(start.map(\.tensor.shape) == objective.state(for: network).map(\.shape))
    let trainer = try Trainer(
      network: network, objectives: [objective], state: TrainingState(weights: weights, objectives: start), settings: TrainingSettings(), steps: 3)
    let losses = try trainer.step(Dictionary(uniqueKeysWithValues: TrainingStream.allCases.filter { !$0.isMade }.map { ($0, batch(network)) }))
    let declared = type(of: objective).terms.filter { objective.streams.contains($0.stream) }
    #expect(Set(losses.values.keys) == Set(declared.map(\.id)))
    #expect(trainer.weights.trained != weights.trained)
    #expect(trainer.state.objectives.map(\.name) == start.map(\.name))
    let read = try TrainingState(decoding: trainer.state.file(), network: network, objectives: [objective])
    #expect(read.file().encoded == trainer.state.file().encoded)
    let prefixes = type(of: objective).stateGroups.map(\.prefix)
    #expect(start.allSatisfy { entry in prefixes.contains { entry.name.hasPrefix($0 + ".") } })
  }

  @Test func historiesFromBeforeLossesHadNamesAreRead() throws {
    let epoch = Data(#"{"epoch":2,"segmentation":1.5,"adversarial":0.25,"meanIoU":0.5}"#.utf8)
    let read = try JSONDecoder().decode(TrainingHistory.Epoch.self, from: epoch)
    #expect(read == TrainingHistory.Epoch(epoch: 2, losses: ["segmentation": 1.5, "adversarial": 0.25], meanIoU: 0.5))
    #expect(try JSONDecoder().decode(TrainingHistory.Epoch.self, from: JSONEncoder().encode(read)) == read)
    let means = try JSONDecoder().decode(LossMeans.self, from: Data(#"{"steps":2,"sums":[3,0,1,0],"counts":[2,0,2,0]}"#.utf8))
    #expect(means[.segmentation] == 1.5 && means[.adversarial] == 0.5 && means[.pseudo] == nil)
    #expect(try JSONDecoder().decode(LossMeans.self, from: JSONEncoder().encode(means)) == means)
  }
}
