public import Imaging
public import Tensors

/// Samples of one size, as a network takes them.
public struct Batch: Sendable {
  /// The number of this batch since training began, from 0.
  public let step: Int
  /// The pass over the data that it belongs to, from 0.
  public let epoch: Int
  /// Height and width of every picture.
  public let size: PixelSize
  /// Normalised with ImageNet's mean and deviation, `[N, H, W, 3]`.
  public let images: [Float]
  /// Train ids, `[N, H, W]`; 255 where ignored, and everywhere where the data has no labels.
  public let labels: [UInt8]
  /// The names of the samples.
  public let names: [String]

  public var count: Int { names.count }

  /// `images` as a tensor.
  public var tensor: Tensor { Tensor(shape: [count, size.height, size.width, 3], values: images) }

  /// Pictures and labels that somebody made: `[N, H, W, 3]`, normalised, and `[N, H, W]`.
  public init(size: PixelSize, images: [Float], labels: [UInt8], names: [String], step: Int = 0, epoch: Int = 0) {
    precondition(images.count == 3 * size.area * names.count && labels.count == size.area * names.count, "a batch of \(names.count) \(size)")
    (self.step, self.epoch, self.size, self.names) = (step, epoch, size, names)
    (self.images, self.labels) = (images, labels)
  }

  /// These samples one after the other.
  ///
  /// - Throws: `SceneError` naming two files where sizes differ.
  init(_ samples: [Sample], step: Int, epoch: Int) throws {
    let size = samples[0].image.size
    if let other = samples.first(where: { $0.image.size != size }) {
      throw SceneError.unequal(samples[0].name, size, other.name, other.image.size)
    }
    (self.step, self.epoch, self.size, names) = (step, epoch, size, samples.map(\.name))
    images = [Float](unsafeUninitializedCapacity: 3 * size.area * samples.count) { out, count in
      for (i, sample) in samples.enumerated() {
        Normalization.write(sample.image, to: UnsafeMutableBufferPointer(rebasing: out[3 * size.area * i..<3 * size.area * (i + 1)]))
      }
      count = 3 * size.area * samples.count
    }
    var labels = [UInt8]()
    labels.reserveCapacity(size.area * samples.count)
    for sample in samples {
      if let label = sample.label {
        labels += label.values
      } else {
        labels += repeatElement(CityscapesClass.ignored, count: size.area)
      }
    }
    self.labels = labels
  }
}

extension Dataset {
  /// These samples one after the other.
  ///
  /// - Throws: `ImagingError` or `SceneError` naming a file.
  public func batch(_ picks: [Pick], step: Int, epoch: Int) throws -> Batch {
    try Batch(picks.map { try sample($0.position, draw: $0.draw) }, step: step, epoch: epoch)
  }
}

extension SceneError {
  static func unequal(_ one: String, _ size: PixelSize, _ other: String, _ otherSize: PixelSize) -> SceneError {
    SceneError(
      "\(one) is \(size) and \(other) is \(otherSize), but the pictures of a batch must be of one size", .sizesDiffer)
  }
}
