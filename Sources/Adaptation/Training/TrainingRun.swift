import Scenes
public import Segmentation

/// A whole training: data, schedule, and where it stands. Somebody else turns the crank, looks, and decides what to keep.
///
///     while let report = try run.advance() {
///       if report.endsEpoch { ... validate, keep a checkpoint ... }
///     }
///
/// Started again from a state that it was in, it continues bit for bit: what a step reads depends on the seed and the number
/// of the step alone.
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
  public let trainer: Trainer
  private let readers: [(stream: TrainingStream, reader: BatchReader)]

  /// - Parameter state: the start (see `TrainingState.init(weights:objectives:)`), or where an earlier run stopped.
  /// - Throws: what is wrong with the data: a batch larger than it, images of several sizes; `CheckpointError`.
  public init(
    network: Network, objectives: [any Objective], state: TrainingState, data: TrainingData, epochs: Int, settings: TrainingSettings, seed: UInt64
  ) throws {
    readers = try data.streams.map { stream in
      let sampling = try TrainingDataError.naming(.init(stream.name)) { try data.sampling(of: stream) }
      return (stream.name, try BatchReader(
        dataset: stream.dataset, batchSize: stream.batch, crop: data.crop, seed: seed, purpose: stream.purpose, startingAt: state.step, sampling: sampling))
    }
    stepsPerEpoch = data.stepsPerEpoch
    self.epochs = epochs
    trainer = try Trainer(network: network, objectives: objectives, state: state, settings: settings, steps: epochs * data.stepsPerEpoch, seed: seed)
  }

  public var steps: Int { epochs * stepsPerEpoch }

  /// Takes one step; nil when all are taken.
  ///
  /// - Throws: `TrainingError`, or `TrainingDataError` where a file could not be read.
  public func advance() throws -> Report? {
    guard trainer.step < steps else { return nil }
    var batches: [TrainingStream: Batch] = [:]
    for (stream, reader) in readers { batches[stream] = try TrainingDataError.naming(.init(stream)) { try reader.next() } }
    let losses = try trainer.step(batches)
    return Report(
      step: trainer.step, steps: steps, epoch: (trainer.step - 1) / stepsPerEpoch + 1,
      endsEpoch: trainer.step % stepsPerEpoch == 0, losses: losses,
      images: batches.values.reduce(0) { $0 + $1.count })
  }
}
