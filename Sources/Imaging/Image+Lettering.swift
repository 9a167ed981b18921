extension Image {
  /// How large a line of text is drawn: each character 6 pixels wide and 7 high, times `scale`, with no margin.
  public static func size(of text: String, scale: Int = 1) -> PixelSize {
    let count = text.count
    return PixelSize(count == 0 ? 0 : scale * (count * (Typeface.width + 1) - 1), scale * Typeface.height)
  }

  /// Draws a line of text with its upper left corner at (`x`, `y`); what lies outside is cut off. Characters beyond ASCII are boxes.
  public mutating func write(
    _ text: String, x: Int, y: Int, scale: Int = 1, red: UInt8 = 0, green: UInt8 = 0, blue: UInt8 = 0
  ) {
    precondition(scale > 0, "text needs a scale of 1 or more")
    let dot = Image(size: PixelSize(scale, scale), red: red, green: green, blue: blue)
    for (i, character) in text.enumerated() {
      let left = x + i * scale * (Typeface.width + 1)
      guard left < size.width else { return }
      for (row, bits) in Typeface.rows(of: character).enumerated() {
        for column in 0..<Typeface.width where bits >> (Typeface.width - 1 - column) & 1 == 1 {
          paste(dot, x: left + column * scale, y: y + row * scale)
        }
      }
    }
  }

  /// This picture with a line of black text on white below it; the text is cut off where the picture is too narrow.
  public func captioned(_ text: String, scale: Int = 1) -> Image {
    let margin = 3 * scale
    let whole = PixelSize(size.width, size.height + scale * Typeface.height + 2 * margin)
    var result = padded(to: whole, red: 255, green: 255, blue: 255)
    result.write(text, x: margin, y: size.height + margin, scale: scale)
    return result
  }
}
