public import Imaging
public import Scenes
public import Segmentation

/// What a training run reads, and in what portions.
public struct TrainingData: Sendable {
  /// Labelled images; an epoch is one pass over them.
  public var on: Dataset
  /// Images of the target; their labels are not looked at.
  public var toward: Dataset?
  /// Target images with pseudo-labels.
  public var pseudo: Dataset?
  /// Images a step.
  public var batch: Int
  /// The same of the target; nil for as many.
  public var targetBatch: Int?
  /// The temperature at which labelled images are drawn by their classes; nil for one after the other.
  public var rare: Double?
  /// Nil for whole images.
  public var crop: PixelSize?
  /// How many equal parts each batch is computed in (``ShardTeam``).
  public var shards: Int

  public init(
    on: Dataset, toward: Dataset? = nil, pseudo: Dataset? = nil, batch: Int, targetBatch: Int? = nil, rare: Double? = nil, crop: PixelSize? = nil, shards: Int = 1
  ) {
    (self.on, self.toward, self.pseudo) = (on, toward, pseudo)
    (self.batch, self.targetBatch, self.rare, self.crop, self.shards) = (batch, targetBatch, rare, crop, shards)
  }

  /// A dataset that each step reads a batch of.
  public struct Stream: Sendable {
    public let name: TrainingStream
    public let dataset: Dataset
    /// Images a step.
    public let batch: Int
    /// Names its random order.
    let purpose: String
  }

  /// What each step reads a batch of, the source first.
  public var streams: [Stream] {
    [Stream(name: .source, dataset: on, batch: batch, purpose: "order")]
      + (toward.map { [Stream(name: .target, dataset: $0, batch: targetBatch ?? batch, purpose: "order toward")] } ?? [])
      + (pseudo.map { [Stream(name: .pseudo, dataset: $0, batch: batch, purpose: "order pseudo")] } ?? [])
  }

  /// How images of a stream are drawn by their classes; nil where they are not. Counts every label.
  ///
  /// - Throws: `SceneError` or `ImagingError` naming a file.
  public func sampling(of stream: Stream) throws -> ClassSampling? {
    guard stream.name == .source, let rare else { return nil }
    return try ClassSampling(stream.dataset, temperature: rare)
  }

  /// Which images of a stream each step reads.
  public func order(of stream: Stream, seed: UInt64) throws -> BatchOrder {
    BatchOrder(of: stream.dataset.count, batchSize: stream.batch, crop: crop, seed: seed, purpose: stream.purpose, sampling: try sampling(of: stream))
  }

  /// What each of so many processes reads and computes of it.
  public func share(of processes: Int) -> TrainingData {
    var share = self
    (share.batch, share.targetBatch, share.shards) = (batch / processes, targetBatch.map { $0 / processes }, shards / processes)
    return share
  }

  /// What a step sees of an image: the crop, or the image where that is smaller.
  public func window(of dataset: Dataset) -> PixelSize {
    let image = dataset.size(at: 0)
    return crop.map { PixelSize(min($0.width, image.width), min($0.height, image.height)) } ?? image
  }

  /// What a step sees of each stream.
  public func shape(for network: Network) -> StepShape {
    StepShape(
      network: network, images: Dictionary(uniqueKeysWithValues: streams.map { ($0.name, $0.batch) }),
      windows: Dictionary(uniqueKeysWithValues: streams.map { ($0.name, window(of: $0.dataset)) }))
  }

  /// Incomplete batches are dropped.
  public var stepsPerEpoch: Int { on.count / max(batch, 1) }
}
