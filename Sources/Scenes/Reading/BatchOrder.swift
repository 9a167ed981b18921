public import Imaging
import Tensors

/// Which samples each batch of a training holds, and in which form: by the seed and the number of the batch alone. Each epoch visits the
/// samples in an order of its own; samples that do not fill a last batch are left out.
public struct BatchOrder {
  public let count: Int
  public let batchSize: Int
  public let crop: PixelSize?
  public let seed: UInt64
  /// Names the random order, so that two rows of batches of one dataset do not go in step.
  public let purpose: String
  private var epoch: Int?
  private var order: [Int] = []

  public init(of count: Int, batchSize: Int, crop: PixelSize?, seed: UInt64, purpose: String) {
    precondition(batchSize > 0 && batchSize <= count, "a batch of \(batchSize) of \(count) samples")
    (self.count, self.batchSize, self.crop, self.seed, self.purpose) = (count, batchSize, crop, seed, purpose)
  }

  public var stepsPerEpoch: Int { count / batchSize }

  /// The positions of the samples of a batch, counted from 0 since training began, and the draw that they are read in.
  public mutating func batch(_ step: Int) -> (positions: [Int], draw: Draw) {
    let (epoch, within) = step.quotientAndRemainder(dividingBy: stepsPerEpoch)
    if self.epoch != epoch {
      var random = RandomStream(seed: seed, purpose: purpose, epoch: epoch)
      (self.epoch, order) = (epoch, random.permutation(of: count))
    }
    return (Array(order[within * batchSize..<(within + 1) * batchSize]), Draw(seed: seed, epoch: epoch, crop: crop))
  }
}
