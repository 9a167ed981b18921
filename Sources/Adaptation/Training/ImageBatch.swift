/// Images of one size with their labels, as a training step takes them.
public struct ImageBatch: Sendable {
  public let count: Int
  public let height: Int
  public let width: Int
  /// `[count, height, width, 3]`, normalised.
  public let images: [Float]
  /// `[count, height, width]` train ids; 19 and above are ignored.
  public let labels: [UInt8]

  public init(count: Int, height: Int, width: Int, images: [Float], labels: [UInt8]) {
    precondition(images.count == count * height * width * 3 && labels.count == count * height * width)
    self.count = count
    self.height = height
    self.width = width
    self.images = images
    self.labels = labels
  }
}
