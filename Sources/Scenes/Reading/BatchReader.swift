public import Imaging

/// An endless row of batches, made on a background thread ahead of the training that takes them.
///
/// What batch k holds depends on the dataset, the seed and k alone: a reader that starts at step k continues what another left off
/// there, bit for bit. Each epoch visits the samples in an order of its own; samples that do not fill a last batch are left out.
///
///     let batches = try BatchReader(dataset: gta.train, batchSize: 2, crop: PixelSize(1024, 512), seed: 7)
///     for _ in 0..<batches.stepsPerEpoch { let batch = try batches.next() ... }
public final class BatchReader: Sendable {
  public let dataset: Dataset
  public let batchSize: Int
  /// How many batches make an epoch.
  public let stepsPerEpoch: Int
  private let ahead: Prefetcher<[Batch]>

  /// - Parameters:
  ///   - purpose: names the random order, so that two readers of one dataset, say, do not go in step.
  ///   - step: the batch to begin with, counted from 0.
  ///   - sampling: of this dataset, where samples are drawn by their classes.
  ///   - cut: what of each batch is read.
  ///   - depth: how many finished batches may wait.
  /// - Throws: `SceneError` where the batch is larger than the data, or its pictures cannot be of one size.
  public init(
    dataset: Dataset, batchSize: Int, crop: PixelSize? = nil, seed: UInt64, purpose: String = "batches", startingAt step: Int = 0,
    sampling: ClassSampling? = nil, cut: BatchCut = .whole, ahead depth: Int = 3
  ) throws {
    precondition(step >= 0 && depth > 0)
    guard batchSize > 0 else { throw SceneError("a batch of \(batchSize) samples is empty", .batchSize) }
    guard batchSize <= dataset.count else {
      throw SceneError(
        "a batch of \(batchSize) is larger than \(dataset.title), which has \(dataset.count) samples", .batchSize)
    }
    if batchSize > 1 { try Self.checkSizes(dataset, crop) }
    let stepsPerEpoch = dataset.count / batchSize
    (self.dataset, self.batchSize, self.stepsPerEpoch) = (dataset, batchSize, stepsPerEpoch)
    var order = BatchOrder(of: dataset.count, batchSize: batchSize, crop: crop, seed: seed, purpose: purpose, sampling: sampling)
    let parts = cut.samples(of: batchSize)
    ahead = Prefetcher(depth: depth) { offset in
      try parts.map { part in
        try dataset.batch(order.batch(step + offset, part: part), step: step + offset, epoch: (step + offset) / stepsPerEpoch)
      }
    }
  }

  /// The next batch, waiting for it where it is not ready; where it is cut, its first shard that is read.
  ///
  /// - Throws: what went wrong on the background thread, naming the file; then the same again at every call.
  public func next() throws -> Batch { try nextShards()[0] }

  /// The shards of the next batch that are read.
  public func nextShards() throws -> [Batch] { try ahead.next() }

  /// Fails where pictures that may come into one batch are not of one size. Sizes are known before anything is decoded, so that a mixture
  /// is reported before training begins.
  public static func checkSizes(_ dataset: Dataset, _ crop: PixelSize?) throws {
    func size(_ position: Int) -> PixelSize {
      let whole = dataset.size(at: position)
      return crop.map { PixelSize(min($0.width, whole.width), min($0.height, whole.height)) } ?? whole
    }
    let first = size(0)
    if let other = (1..<dataset.count).first(where: { size($0) != first }) {
      throw SceneError.unequal(dataset.name(at: 0), first, dataset.name(at: other), size(other))
    }
  }
}
