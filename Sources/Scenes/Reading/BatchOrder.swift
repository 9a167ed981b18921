public import Imaging
import Tensors

/// A sample of a batch, and the form in which it is read.
public struct Pick: Sendable, Hashable {
  public let position: Int
  public let draw: Draw

  public init(position: Int, draw: Draw) { (self.position, self.draw) = (position, draw) }
}

/// Which samples each batch of a training holds, and in which form: by the seed and the number of the batch alone. Each epoch visits the
/// samples in an order of its own; samples that do not fill a last batch are left out. With a sampling, samples are drawn by their classes
/// instead.
public struct BatchOrder {
  public let count: Int
  public let batchSize: Int
  public let crop: PixelSize?
  public let seed: UInt64
  /// Names the random order, so that two rows of batches of one dataset do not go in step.
  public let purpose: String
  private let sampling: ClassSampling?
  private var epoch: Int?
  private var order: [Int] = []

  public init(of count: Int, batchSize: Int, crop: PixelSize?, seed: UInt64, purpose: String, sampling: ClassSampling? = nil) {
    precondition(batchSize > 0 && batchSize <= count, "a batch of \(batchSize) of \(count) samples")
    self.sampling = sampling
    (self.count, self.batchSize, self.crop, self.seed, self.purpose) = (count, batchSize, crop, seed, purpose)
  }

  public var stepsPerEpoch: Int { count / batchSize }

  /// The samples of a batch, counted from 0 since training began.
  ///
  /// - Parameter part: those that are wanted, where not all.
  /// - Throws: `ImagingError` or `SceneError` naming a file, where classes are looked for in labels.
  public mutating func batch(_ step: Int, part: Range<Int>? = nil) throws -> [Pick] {
    let part = part ?? 0..<batchSize
    if let sampling {
      return try part.map { try sampling.pick(step * batchSize + $0, seed: seed, crop: crop) }
    }
    let (epoch, within) = step.quotientAndRemainder(dividingBy: stepsPerEpoch)
    if self.epoch != epoch {
      var random = RandomStream(seed: seed, purpose: purpose, epoch: epoch)
      (self.epoch, order) = (epoch, random.permutation(of: count))
    }
    let draw = Draw(seed: seed, epoch: epoch, crop: crop)
    return part.map { Pick(position: order[within * batchSize + $0], draw: draw) }
  }
}
