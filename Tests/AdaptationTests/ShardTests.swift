import Adaptation
import Imaging
import Scenes
import Segmentation
import Tensors
import TestSupport
import Testing

/// Batches in shards: the same bits on any number of processes and threads, and in all what a batch in one piece gives.
@Suite(.serialized) struct ShardTests {
  private static func data(_ shards: Int, batch: Int = 4, _ method: DeterminismTests.Method) throws -> TrainingData {
    TrainingData(
      on: try SmallStreets.of(.source, taking: 2 * batch + 1).augmented(by: Augmentation()), toward: method.objectives.isEmpty ? nil : try SmallStreets.of(.target, taking: batch),
      batch: batch, rare: method == .balanced ? 0.1 : nil, crop: PixelSize(48, 32), shards: shards)
  }

  private struct Outcome: Sendable {
    let losses: [StepLosses]
    let state: [UInt8]
  }

  /// - Parameter state: where an earlier run stopped.
  private static func train(
    _ data: TrainingData, _ method: DeterminismTests.Method, _ peers: any Peers = OneProcess(), steps: Int = .max, from state: [UInt8]? = nil
  ) throws -> Outcome {
    let model = SmallStreets.model(), objectives: [any Objective] = [method.labelled] + method.objectives
    let start = try state.map { try TrainingState(decoding: Safetensors(decoding: $0), network: model.network, objectives: objectives) }
      ?? TrainingState(weights: model.weights, objectives: try objectives.flatMap { try $0.start(from: model, seed: 5, after: nil) })
    let run = try TrainingRun(
      network: model.network, objectives: objectives, state: start, data: data, epochs: 1, settings: TrainingSettings(), seed: 11, peers: peers)
    var losses: [StepLosses] = []
    while losses.count < steps, let report = try run.advance() {
      #expect(report.images == data.streams.reduce(0) { $0 + $1.batch })
      losses.append(report.losses)
    }
    return Outcome(losses: losses, state: run.trainer.state.file().encoded)
  }

  @Test(arguments: DeterminismTests.Method.allCases) func processesAndThreadsDoNotMatter(_ method: DeterminismTests.Method) throws {
    let data = try Self.data(4, method), before = Threads.count
    defer { Threads.count = before }
    let runs = try [1, 2].map { threads in
      Threads.count = threads
      return try Self.train(data, method)
    }
    #expect(runs[0].losses.count == 2)
    let shared = try [2, 4].flatMap { try Neighbours.run($0) { try Self.train(data, method, $0) } }
    for other in runs.dropFirst() + shared {
      let isTheSame = other.state == runs[0].state && other.losses == runs[0].losses
      #expect(isTheSame)
    }
  }

  /// Stopped on two processes, continued on three, ended on one.
  @Test func trainingGoesOnElsewhere() throws {
    let data = try Self.data(6, batch: 6, .adversary), whole = try Self.train(data, .adversary)
    let part = try Neighbours.run(2) { try Self.train(data, .adversary, $0, steps: 1) }[1]
    let rest = try Neighbours.run(3) { try Self.train(data, .adversary, $0, from: part.state) }[2]
    let isTheSame = rest.state == whole.state && part.losses + rest.losses == whole.losses
    #expect(isTheSame)
  }

  /// Batch statistics, losses and gradients are the whole batch's: also of the hardest pixels, and where a shard has no label at all.
  @Test(arguments: [("ohem", 0.05), ("few", 0.9), ("pasted", 0), ("adversary", 0), ("plain", 0)]) func shardsTrainAsTheWhole(_ method: String, _ hard: Float) throws {
    let size = PixelSize(72, 40), network = BiSeNet.network(width: .eighth), model = SegmentationModel(network: network, weights: network.initialWeights(seed: 1))
    let labelled = hard > 0 ? SegmentationObjective(loss: .hard(HardPixels(probability: method == "few" ? 1e-3 : hard))) : SegmentationObjective()
    let others: [any Objective] = method == "pasted" ? [TeacherObjective(threshold: 1)] : method == "adversary" ? [AdversarialObjective(weight: 0.1)] : []
    let objectives = [labelled] + others, starts = try objectives.flatMap { try $0.start(from: model, seed: 2, after: nil) }
    let start = TrainingState(weights: model.weights, objectives: starts)
    func batch(_ name: String, _ part: Range<Int>) -> Batch {
      let images = Formula.values(name, count: 4 * 3 * size.area)
      // The first image has no label.
      let labels = Formula.labels(name, images: 4, height: size.height, width: size.width).enumerated().map { $0.offset < size.area ? 255 : $0.element }
      return Batch(
        size: size, images: Array(images[part.lowerBound * 3 * size.area..<part.upperBound * 3 * size.area]),
        labels: Array(labels[part.lowerBound * size.area..<part.upperBound * size.area]), names: part.map(String.init))
    }
    func train(_ shards: Int) throws -> (losses: [StepLosses], state: TrainingState) {
      let team = try ShardTeam(shards), each = 4 / shards
      let trainers = try team.members.reduce(into: [Trainer]()) { trainers, member in
        trainers.append(try Trainer(
          network: network, objectives: objectives, state: start, settings: TrainingSettings(), steps: 2, collective: shards == 1 ? Alone() : member, sharing: trainers.first))
      }
      let losses = try (0..<2).map { step in
        let all = try team.run { member in
          let part = member * each..<(member + 1) * each
          return try trainers[member].step([.source: batch("source \(step)", part), .target: batch("target \(step)", part)])
        }
        let areEqual = all.allSatisfy { $0 == all[0] }
        #expect(areEqual)
        return all[0]
      }
      return (losses, trainers[0].state)
    }
    func distance(_ a: [Float], _ b: [Float]) -> Float { zip(a, b).map { abs($0 - $1) }.max()! }
    let whole = try train(1), moved = distance(whole.state.weights.trained, model.weights.trained)
    for shards in [2, 4] {
      let parts = try train(shards)
      for (ours, theirs) in zip(parts.losses, whole.losses) {
        for (id, loss) in theirs.values { #expect(abs(try #require(ours.values[id]) - loss) < 5e-4 * max(abs(loss), 0.1), "\(id), \(shards) shards") }
      }
      #expect(distance(parts.state.weights.trained, whole.state.weights.trained) < 0.02 * moved)
      #expect(distance(parts.state.weights.statistics, whole.state.weights.statistics) < 1e-3)
    }
  }

  /// All stop at a loss that is not finite, with the weights before it.
  @Test func divergingShardsStop() throws {
    let data = try Self.data(2, .none), model = SmallStreets.model(), objective = SegmentationObjective()
    let run = try TrainingRun(
      network: model.network, objectives: [objective], state: TrainingState(weights: model.weights), data: data, epochs: 1,
      settings: TrainingSettings(rate: 1e30), seed: 1)
    #expect(throws: TrainingError.self) { while try run.advance() != nil {} }
    #expect(run.trainer.step == 1)
  }
}
