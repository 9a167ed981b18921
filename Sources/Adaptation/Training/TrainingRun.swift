import Scenes
public import Segmentation
public import Tensors

/// A whole training: data, schedule, and where it stands. Somebody else turns the crank, looks, and decides what to keep.
///
///     while let report = try run.advance() {
///       if report.endsEpoch { ... validate, keep a checkpoint ... }
///     }
///
/// Started again from a state that it was in, it continues bit for bit: what a step reads depends on the seed and the number
/// of the step alone. Where the data is in shards, several processes take each step together, and have the same weights after it.
public final class TrainingRun {
  /// What one step did.
  public struct Report: Sendable {
    /// Steps taken, this one included, and in all.
    public let step: Int
    public let steps: Int
    /// The epoch that this step belongs to, from 1.
    public let epoch: Int
    public let endsEpoch: Bool
    public let losses: StepLosses
    /// Images that went through the segmentation network.
    public let images: Int
  }

  public let epochs: Int
  public let stepsPerEpoch: Int
  /// Of this process's first shard; the others have the same numbers.
  public var trainer: Trainer { trainers[0] }
  private let trainers: [Trainer]
  /// Nil where a batch is computed in one piece.
  private let team: ShardTeam?
  private let peers: any Peers
  private let readers: [(stream: TrainingStream, reader: BatchReader)]

  /// - Parameters:
  ///   - state: the start (see `TrainingState.init(weights:objectives:)`), or where an earlier run stopped.
  ///   - peers: the processes that share the shards, whose number is a multiple of theirs.
  /// - Throws: what is wrong with the data: a batch larger than it, images of several sizes; `CheckpointError`.
  public init(
    network: Network, objectives: [any Objective], state: TrainingState, data: TrainingData, epochs: Int, settings: TrainingSettings, seed: UInt64,
    peers: any Peers = OneProcess()
  ) throws {
    let team = data.shards > 1 ? try ShardTeam(data.shards, peers: peers) : nil
    let cut = team.map { BatchCut(shards: $0.shards, own: $0.own) } ?? .whole
    (self.team, self.peers) = (team, peers)
    readers = try data.streams.map { stream in
      let sampling = try TrainingDataError.naming(.init(stream.name)) { try data.sampling(of: stream) }
      return (stream.name, try BatchReader(
        dataset: stream.dataset, batchSize: stream.batch, crop: data.crop, seed: seed, purpose: stream.purpose, startingAt: state.step, sampling: sampling, cut: cut))
    }
    stepsPerEpoch = data.stepsPerEpoch
    self.epochs = epochs
    trainers = try (team?.members ?? [Alone()]).reduce(into: []) { trainers, member in
      trainers.append(try Trainer(
        network: network, objectives: objectives, state: state, settings: settings, steps: epochs * data.stepsPerEpoch, seed: seed, collective: member,
        sharing: trainers.first))
    }
  }

  public var steps: Int { epochs * stepsPerEpoch }

  /// Takes one step; nil when all are taken.
  ///
  /// - Throws: `TrainingError`, or `TrainingDataError` where a file could not be read; `StoppedElsewhere` where that was so in another process.
  public func advance() throws -> Report? {
    guard trainer.step < steps else { return nil }
    let batches = Result { try readShards() }
    guard peers.agrees((try? batches.get()) != nil) else {
      _ = try batches.get()
      throw StoppedElsewhere()
    }
    let shards = try batches.get()
    let losses = try team.map { team in try team.run { try trainers[$0].step(shards[$0]) }[0] } ?? trainer.step(shards[0])
    return Report(
      step: trainer.step, steps: steps, epoch: (trainer.step - 1) / stepsPerEpoch + 1,
      endsEpoch: trainer.step % stepsPerEpoch == 0, losses: losses,
      images: readers.reduce(0) { $0 + $1.reader.batchSize })
  }

  /// The next batch of every stream, in the shards of this process.
  private func readShards() throws -> [[TrainingStream: Batch]] {
    var shards = [[TrainingStream: Batch]](repeating: [:], count: trainers.count)
    for (stream, reader) in readers {
      let batches = try TrainingDataError.naming(.init(stream)) { try reader.nextShards() }
      for (shard, batch) in batches.enumerated() { shards[shard][stream] = batch }
    }
    return shards
  }
}
