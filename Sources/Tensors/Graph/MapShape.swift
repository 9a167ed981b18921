/// The size of a feature map: `[N, H, W, C]`.
public struct MapShape: Hashable, Sendable, CustomStringConvertible {
  public var images: Int
  public var height: Int
  public var width: Int
  public var channels: Int

  public init(_ images: Int, _ height: Int, _ width: Int, _ channels: Int) {
    self.images = images
    self.height = height
    self.width = width
    self.channels = channels
  }

  /// Pixels of all images together.
  public var pixels: Int { images * height * width }
  public var count: Int { pixels * channels }
  public var description: String { "\(images)x\(height)x\(width)x\(channels)" }

  /// The size after a window of `kernel` moved by `stride` over the map with `padding` zeros around it.
  func swept(kernel: Int, stride: Int, padding: Int, channels: Int) -> MapShape {
    MapShape(
      images, (height + 2 * padding - kernel) / stride + 1, (width + 2 * padding - kernel) / stride + 1, channels)
  }
}
