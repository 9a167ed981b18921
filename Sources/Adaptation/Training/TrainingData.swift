public import Imaging
public import Scenes

/// What a training run reads, and in what portions.
public struct TrainingData: Sendable {
  /// Labelled images; an epoch is one pass over them.
  public var on: Dataset
  /// Target images for the adversary; their labels are not looked at.
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

  /// Incomplete batches are dropped.
  public var stepsPerEpoch: Int { on.count / max(batch, 1) }
}
