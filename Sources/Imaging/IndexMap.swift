/// One byte a pixel, `[height, width]`: a grey level, a palette index, a label. What the bytes mean is the owner's business.
public struct IndexMap: Hashable, Sendable {
  public let size: PixelSize
  public var values: [UInt8]

  /// A map of these bytes; there must be `size.area` of them.
  public init(size: PixelSize, values: [UInt8]) {
    precondition(values.count == size.area, "a map of \(size) has \(size.area) bytes, not \(values.count)")
    self.size = size
    self.values = values
  }

  public init(size: PixelSize, filledWith value: UInt8) {
    self.init(size: size, values: [UInt8](repeating: value, count: size.area))
  }
}
