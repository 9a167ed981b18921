public import Imaging
import Scenes
import Tensors

/// Masked image consistency: Hoyer et al., *MIC: Masked Image Consistency for Context-Enhanced Domain Adaptation*, CVPR 2023. The network learns
/// the teacher's labels of whole target images on images of which blocks are hidden, so that it must tell them from what is around them.
///
/// An image is changed as its mixture is. What is hidden is 0 after normalisation. Every pixel counts by the teacher's confidence, and the loss
/// is divided by the number of all.
public struct MaskedConsistency: Sendable {
  /// Of the loss on masked images.
  public var weight: Float
  /// The share of blocks that are hidden.
  public var hidden: Float
  /// The side of a block in pixels; nil for a sixteenth of the image's longer side.
  public var block: Int?
  /// Draws what is hidden of an image with so many rows and columns of blocks.
  public var draw: @Sendable (MixDraw.Occasion, _ rows: Int, _ columns: Int) -> [Bool]

  public init(weight: Float = 1, hidden: Float = 0.7, block: Int? = nil, draw: (@Sendable (MixDraw.Occasion, _ rows: Int, _ columns: Int) -> [Bool])? = nil) {
    (self.weight, self.hidden, self.block) = (weight, hidden, block)
    self.draw = draw ?? { occasion, rows, columns in
      var random = RandomStream(seed: occasion.seed, purpose: "mask", epoch: occasion.step, sample: occasion.image)
      return (0..<rows * columns).map { _ in random.chance(hidden) }
    }
  }

  /// The side of a block where none is chosen.
  public static func block(for size: PixelSize) -> Int { max(max(size.width, size.height) / 16, 1) }

  /// Rows and columns of blocks in an image of this size.
  public func grid(_ size: PixelSize) -> (rows: Int, columns: Int) {
    let side = block ?? Self.block(for: size)
    func count(_ length: Int) -> Int { max((length + side / 2) / side, 1) }
    return (count(size.height), count(size.width))
  }

  /// The target's images of a step with blocks hidden, and the teacher's labels.
  ///
  /// - Parameters:
  ///   - draws: how the mixture of each image was changed.
  ///   - occasion: of each image.
  func batch(_ target: Batch, labels: [UInt8], draws: [MixDraw], occasion: (_ image: Int) -> MixDraw.Occasion) -> Batch {
    let size = target.size, (rows, columns) = grid(size)
    var images = target.images
    for image in 0..<target.count {
      let range = 3 * image * size.area..<3 * (image + 1) * size.area
      if draws[image].isChange { images.replaceSubrange(range, with: draws[image].changed(Array(images[range]), size: size)) }
      let hidden = draw(occasion(image), rows, columns)
      precondition(hidden.count == rows * columns, "each block is hidden or not")
      for y in 0..<size.height {
        for x in 0..<size.width where hidden[y * rows / size.height * columns + x * columns / size.width] {
          let place = range.lowerBound + 3 * (y * size.width + x)
          for c in place..<place + 3 { images[c] = 0 }
        }
      }
    }
    return Batch(size: size, images: images, labels: labels, names: target.names, step: target.step, epoch: target.epoch)
  }
}
