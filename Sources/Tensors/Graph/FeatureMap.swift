internal import Kernels

/// A window onto the floats of a buffer: a feature map, or a slice of the channels of one.
///
/// Channel c of pixel (n, y, x) lies at `data[((n * height + y) * width + x) * stride + c]`. Slices are what makes concatenation a
/// write instead of a copy. A map keeps the buffer that it looks into.
public struct FeatureMap {
  public let data: UnsafeMutablePointer<Float>
  public let shape: MapShape
  /// Floats from one pixel to the next, at least `shape.channels`.
  public let stride: Int
  private let owner: Buffer

  /// The map that begins at float `offset` of `buffer`.
  init(_ buffer: Buffer, at offset: Int = 0, _ shape: MapShape, stride: Int? = nil) {
    owner = buffer
    data = buffer.start + offset
    self.shape = shape
    self.stride = stride ?? shape.channels
  }

  /// The map as the kernels take it.
  var kernel: SegueMap {
    SegueMap(
      data: data, images: shape.images, height: shape.height, width: shape.width, channels: shape.channels, stride: stride)
  }

  /// Some of the images of a batch.
  public func images(_ range: Range<Int>) -> FeatureMap {
    precondition(0 <= range.lowerBound && range.upperBound <= shape.images, "\(shape) has no images \(range)")
    let image = shape.height * shape.width * stride
    return FeatureMap(
      owner, at: data - owner.start + range.lowerBound * image, MapShape(range.count, shape.height, shape.width, shape.channels), stride: stride)
  }

  /// No map, for kernels that take one or none.
  static var absent: SegueMap { SegueMap(data: nil, images: 0, height: 0, width: 0, channels: 0, stride: 0) }

  /// A copy, `[N, H, W, C]`.
  public var tensor: Tensor {
    var values: [Float] = []
    values.reserveCapacity(shape.count)
    for pixel in 0..<shape.pixels {
      values.append(contentsOf: UnsafeBufferPointer(start: data + pixel * stride, count: shape.channels))
    }
    return Tensor(shape: [shape.images, shape.height, shape.width, shape.channels], values: values)
  }

  /// Takes over `values`, in row-major `[N, H, W, C]` order.
  public func set(_ values: some Collection<Float>) {
    precondition(values.count == shape.count, "\(values.count) values do not fill \(shape)")
    let isDense = stride == shape.channels
    if isDense, values.withContiguousStorageIfAvailable({ data.update(from: $0.baseAddress!, count: $0.count) }) != nil { return }
    var at = values.startIndex
    for pixel in 0..<shape.pixels {
      for channel in 0..<shape.channels {
        data[pixel * stride + channel] = values[at]
        values.formIndex(after: &at)
      }
    }
  }
}
