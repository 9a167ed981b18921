import Imaging
public import Scenes

/// Images of the target with classes of source images pasted over them: Olsson et al., *ClassMix*, WACV 2021, between domains as in Tranheden
/// et al., *DACS*, WACV 2021.
///
/// Where there are fewer source images than the target's, they serve in turn. A mixed image has the target's window. Where the source's is of another size, it lies in the middle, and what overhangs is cut off.
public struct ClassMix: Sendable {
  /// The mixed images, with the labels of both parts.
  public let batch: Batch
  /// The labels of what was pasted, 255 elsewhere.
  public let pasted: [UInt8]
  /// The target's labels, 255 where it was pasted over.
  public let kept: [UInt8]

  /// - Parameters:
  ///   - labels: the target's, one for each pixel of its batch.
  ///   - draw: for each image of the batch, with the labels that the source has where the two overlap, in ascending order.
  public init(_ source: Batch, over target: Batch, labels: [UInt8], draw: (_ image: Int, _ present: [UInt8]) -> MixDraw) {
    precondition(source.count > 0 && labels.count == target.labels.count, "images to paste, and labels for each image")
    let overlap = Overlap(source.size, target.size), area = target.size.area
    var images = target.images, pasted = [UInt8](repeating: CityscapesClass.ignored, count: labels.count), kept = labels, all = labels
    for image in 0..<target.count {
      func eachPixel(_ body: (_ from: Int, _ to: Int) -> Void) {
        for y in 0..<overlap.height {
          let from = image % source.count * source.size.area + (overlap.source.y + y) * source.size.width + overlap.source.x
          let to = image * area + (overlap.target.y + y) * target.size.width + overlap.target.x
          for x in 0..<overlap.width { body(from + x, to + x) }
        }
      }
      var isPresent = [Bool](repeating: false, count: 256), isPasted = isPresent
      eachPixel { from, _ in isPresent[Int(source.labels[from])] = true }
      let drawn = draw(image, (0...255).filter { isPresent[Int($0)] })
      for label in drawn.labels { isPasted[Int(label)] = true }
      eachPixel { from, to in
        let label = source.labels[from]
        guard isPasted[Int(label)] else { return }
        for c in 0..<3 { images[3 * to + c] = source.images[3 * from + c] }
        (pasted[to], kept[to], all[to]) = (label, CityscapesClass.ignored, label)
      }
      guard drawn.isChange else { continue }
      let range = 3 * image * area..<3 * (image + 1) * area
      images.replaceSubrange(range, with: drawn.changed(Array(images[range]), size: target.size))
    }
    batch = Batch(size: target.size, images: images, labels: all, names: target.names, step: target.step, epoch: target.epoch)
    (self.pasted, self.kept) = (pasted, kept)
  }

  /// Two windows, the middle of one on the middle of the other.
  private struct Overlap {
    let width: Int
    let height: Int
    /// Where it begins in each.
    let source: (x: Int, y: Int)
    let target: (x: Int, y: Int)

    init(_ source: PixelSize, _ target: PixelSize) {
      let (width, height) = (min(source.width, target.width), min(source.height, target.height))
      (self.width, self.height) = (width, height)
      func start(_ size: PixelSize) -> (x: Int, y: Int) { ((size.width - width) / 2, (size.height - height) / 2) }
      (self.source, self.target) = (start(source), start(target))
    }
  }
}
