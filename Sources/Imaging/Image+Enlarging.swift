extension Image {
  /// Each pixel as a square of `factor` pixels.
  public func enlarged(by factor: Int) -> Image {
    precondition(factor > 0, "a picture is enlarged by 1 or more")
    guard factor > 1 else { return self }
    var result = Image(size: PixelSize(size.width * factor, size.height * factor))
    for y in 0..<result.size.height {
      for x in 0..<result.size.width {
        let from = 3 * (y / factor * size.width + x / factor), to = 3 * (y * result.size.width + x)
        for c in 0..<3 { result.pixels[to + c] = pixels[from + c] }
      }
    }
    return result
  }

  /// Draws the outline of a rectangle, one pixel thick, just inside its edges; what lies outside the picture is cut off.
  public mutating func frame(_ window: PixelWindow, red: UInt8, green: UInt8, blue: UInt8) {
    let (width, height) = (window.size.width, window.size.height)
    guard width > 0, height > 0 else { return }
    let row = Image(size: PixelSize(width, 1), red: red, green: green, blue: blue)
    let column = Image(size: PixelSize(1, height), red: red, green: green, blue: blue)
    paste(row, x: window.x, y: window.y)
    paste(row, x: window.x, y: window.y + height - 1)
    paste(column, x: window.x, y: window.y)
    paste(column, x: window.x + width - 1, y: window.y)
  }
}
