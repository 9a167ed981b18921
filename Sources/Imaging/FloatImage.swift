/// A colour picture in the making: red, green and blue as floats, `[height, width, 3]`, in the range of 8-bit pixels (0...255) but
/// not held to it, because a Fourier transform or a change of contrast may leave it and only the end of the work rounds and clips.
public struct FloatImage: Equatable, Sendable {
  public let size: PixelSize
  public var pixels: [Float]

  public init(size: PixelSize, pixels: [Float]) {
    precondition(pixels.count == 3 * size.area, "a picture of \(size) has \(3 * size.area) values, not \(pixels.count)")
    self.size = size
    self.pixels = pixels
  }

  public init(_ image: Image) {
    self.init(size: image.size, pixels: image.pixels.map(Float.init))
  }

  /// Clipped to 0...255 and rounded to the nearest byte, halves to even.
  public var rounded: Image {
    Image(size: size, pixels: pixels.map { UInt8(min(max($0, 0), 255).rounded(.toNearestOrEven)) })
  }
}
