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
  public var batch: Int
  /// Nil for whole images.
  public var crop: PixelSize?

  public init(on: Dataset, toward: Dataset? = nil, pseudo: Dataset? = nil, batch: Int, crop: PixelSize? = nil) {
    self.on = on
    self.toward = toward
    self.pseudo = pseudo
    self.batch = batch
    self.crop = crop
  }

  /// A dataset that each step reads a batch of.
  public struct Stream: Sendable {
    public let name: TrainingStream
    public let dataset: Dataset
    /// Names its random order.
    let purpose: String
  }

  /// What each step reads a batch of, the source first.
  public var streams: [Stream] {
    [Stream(name: .source, dataset: on, purpose: "order")] + (toward.map { [Stream(name: .target, dataset: $0, purpose: "order toward")] } ?? [])
      + (pseudo.map { [Stream(name: .pseudo, dataset: $0, purpose: "order pseudo")] } ?? [])
  }

  /// Which images of a stream each step reads.
  public func order(of stream: Stream, seed: UInt64) -> BatchOrder {
    BatchOrder(of: stream.dataset.count, batchSize: batch, crop: crop, seed: seed, purpose: stream.purpose)
  }

  /// What a step sees of an image: the crop, or the image where that is smaller.
  public func window(of dataset: Dataset) -> PixelSize {
    let image = dataset.size(at: 0)
    return crop.map { PixelSize(min($0.width, image.width), min($0.height, image.height)) } ?? image
  }

  /// What a step sees of each stream.
  public func shape(for network: Network) -> StepShape {
    StepShape(network: network, images: batch, windows: Dictionary(uniqueKeysWithValues: streams.map { ($0.name, window(of: $0.dataset)) }))
  }

  /// Incomplete batches are dropped.
  public var stepsPerEpoch: Int { on.count / max(batch, 1) }
}
