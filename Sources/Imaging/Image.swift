/// A colour picture: 8 bits each of red, green and blue, `[height, width, 3]`, rows from the top.
public struct Image: Hashable, Sendable {
  public let size: PixelSize
  public var pixels: [UInt8]

  /// A picture of these bytes; there must be `3 * size.area` of them.
  public init(size: PixelSize, pixels: [UInt8]) {
    precondition(pixels.count == 3 * size.area, "a picture of \(size) has \(3 * size.area) bytes, not \(pixels.count)")
    self.size = size
    self.pixels = pixels
  }

  /// A picture of one colour.
  public init(size: PixelSize, red: UInt8 = 0, green: UInt8 = 0, blue: UInt8 = 0) {
    var pixels = [UInt8](repeating: red, count: 3 * size.area)
    for i in 0..<size.area { (pixels[3 * i + 1], pixels[3 * i + 2]) = (green, blue) }
    self.init(size: size, pixels: pixels)
  }
}
