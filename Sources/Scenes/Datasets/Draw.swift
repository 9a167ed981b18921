public import Imaging

/// Which of a sample's many forms is meant. Everything random about a sample follows from (seed, epoch, the sample itself).
public struct Draw: Hashable, Sendable {
  public let seed: UInt64
  /// Counted from 0; each epoch draws afresh.
  public let epoch: Int
  /// The size of the random window that is cut out; a side that is smaller than this is kept whole. Nil for the whole picture.
  public let crop: PixelSize?

  public init(seed: UInt64, epoch: Int = 0, crop: PixelSize? = nil) {
    (self.seed, self.epoch, self.crop) = (seed, epoch, crop)
  }
}
