/// A rectangle of whole pixels within a picture; `x` and `y` name its upper left corner.
public struct PixelWindow: Hashable, Sendable {
  public let x: Int
  public let y: Int
  public let size: PixelSize

  public init(x: Int, y: Int, size: PixelSize) {
    (self.x, self.y, self.size) = (x, y, size)
  }

  /// Whether all of it lies within a picture of this size.
  public func fits(_ whole: PixelSize) -> Bool {
    x >= 0 && y >= 0 && size.width >= 0 && size.height >= 0 && x + size.width <= whole.width && y + size.height <= whole.height
  }
}

extension Image {
  /// The part in this window, which must lie within the picture.
  public func cropped(to window: PixelWindow) -> Image {
    Image(size: window.size, pixels: crop(pixels, size, to: window, channels: 3))
  }

  /// Left and right exchanged.
  public var flipped: Image { Image(size: size, pixels: mirror(pixels, size, channels: 3)) }
}

extension IndexMap {
  /// The part in this window, which must lie within the map.
  public func cropped(to window: PixelWindow) -> IndexMap {
    IndexMap(size: window.size, values: crop(values, size, to: window, channels: 1))
  }

  /// Left and right exchanged.
  public var flipped: IndexMap { IndexMap(size: size, values: mirror(values, size, channels: 1)) }
}

extension FloatImage {
  /// The part in this window, which must lie within the picture.
  public func cropped(to window: PixelWindow) -> FloatImage {
    FloatImage(size: window.size, pixels: crop(pixels, size, to: window, channels: 3))
  }

  /// Left and right exchanged.
  public var flipped: FloatImage { FloatImage(size: size, pixels: mirror(pixels, size, channels: 3)) }
}

private func crop<Value>(_ values: [Value], _ size: PixelSize, to window: PixelWindow, channels: Int) -> [Value] {
  precondition(window.fits(size), "the window \(window) does not lie within \(size)")
  guard window.size != size else { return values }
  var out = [Value]()
  out.reserveCapacity(channels * window.size.area)
  for y in window.y..<window.y + window.size.height {
    let start = channels * (y * size.width + window.x)
    out.append(contentsOf: values[start..<start + channels * window.size.width])
  }
  return out
}

private func mirror<Value>(_ values: [Value], _ size: PixelSize, channels: Int) -> [Value] {
  [Value](unsafeUninitializedCapacity: values.count) { out, count in
    values.withUnsafeBufferPointer { values in
      for y in 0..<size.height {
        for x in 0..<size.width {
          let from = channels * (y * size.width + x), to = channels * (y * size.width + size.width - 1 - x)
          for c in 0..<channels { (out.baseAddress! + to + c).initialize(to: values[from + c]) }
        }
      }
    }
    count = values.count
  }
}
