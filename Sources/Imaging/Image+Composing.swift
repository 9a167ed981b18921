// Pictures made of pictures.
extension Image {
  /// This picture with `other` laid over it: `opacity` 0 leaves it, 1 shows only the other. Values are rounded to the nearest byte.
  ///
  /// - Parameter shows: which pixels are covered at all, by their number in reading order; all of them if not given.
  public func overlaid(with other: Image, opacity: Float, where shows: (Int) -> Bool = { _ in true }) -> Image {
    precondition(other.size == size, "a picture of \(other.size) cannot lie over one of \(size)")
    let share = Int32((min(max(opacity, 0), 1) * 256).rounded())
    var result = self
    for i in 0..<size.area where shows(i) {
      for c in 3 * i..<3 * i + 3 {
        result.pixels[c] = UInt8((Int32(pixels[c]) * (256 - share) + Int32(other.pixels[c]) * share + 128) >> 8)
      }
    }
    return result
  }

  /// How far each value lies from that of `other`, times `gain` and clipped: black where they are equal.
  public func difference(from other: Image, gain: Int = 1) -> Image {
    precondition(other.size == size, "a picture of \(other.size) cannot be compared with one of \(size)")
    return Image(size: size, pixels: zip(pixels, other.pixels).map { UInt8(min(abs(Int($0) - Int($1)) * gain, 255)) })
  }

  /// This picture in the upper left corner of a larger one of one colour.
  public func padded(to whole: PixelSize, red: UInt8 = 0, green: UInt8 = 0, blue: UInt8 = 0) -> Image {
    var result = Image(size: whole, red: red, green: green, blue: blue)
    result.paste(self, x: 0, y: 0)
    return result
  }

  /// Draws `other` with its upper left corner at (`x`, `y`); what lies outside is cut off.
  public mutating func paste(_ other: Image, x: Int, y: Int) {
    let left = max(x, 0), right = min(x + other.size.width, size.width)
    guard left < right else { return }
    for row in max(y, 0)..<max(max(y, 0), min(y + other.size.height, size.height)) {
      let from = 3 * ((row - y) * other.size.width + left - x), to = 3 * (row * size.width + left)
      let count = 3 * (right - left)
      pixels.replaceSubrange(to..<to + count, with: other.pixels[from..<from + count])
    }
  }

  /// Pictures side by side, `columns` in a row, on white with `gap` pixels between them. Each row is as high and each column as wide as
  /// its largest picture.
  public static func sheet(_ pictures: [Image], columns: Int, gap: Int = 8) -> Image {
    precondition(!pictures.isEmpty && columns > 0 && gap >= 0, "a sheet needs pictures and columns")
    let columns = min(columns, pictures.count), rows = (pictures.count + columns - 1) / columns
    var widths = [Int](repeating: 0, count: columns), heights = [Int](repeating: 0, count: rows)
    for (i, picture) in pictures.enumerated() {
      widths[i % columns] = max(widths[i % columns], picture.size.width)
      heights[i / columns] = max(heights[i / columns], picture.size.height)
    }
    let size = PixelSize(widths.reduce(gap * (columns - 1), +), heights.reduce(gap * (rows - 1), +))
    var sheet = Image(size: size, red: 255, green: 255, blue: 255)
    for (i, picture) in pictures.enumerated() {
      let x = widths[..<(i % columns)].reduce(0) { $0 + $1 + gap }, y = heights[..<(i / columns)].reduce(0) { $0 + $1 + gap }
      sheet.paste(picture, x: x, y: y)
    }
    return sheet
  }
}
