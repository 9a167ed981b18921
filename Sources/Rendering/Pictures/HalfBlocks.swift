internal import Imaging

/// A picture in upper half blocks: the character's ink is the upper pixel, its ground the lower one.
package enum HalfBlocks {
  static func encode(_ image: Image, depth: ColourDepth) -> String {
    var rows: [String] = []
    for y in stride(from: 0, to: image.size.height, by: 2) {
      var row = ""
      var last = ""
      for x in 0..<image.size.width {
        let upper = colour(image, x, y, depth)
        let lower = y + 1 < image.size.height ? "4" + colour(image, x, y + 1, depth) : "49"
        let code = "\u{1B}[3\(upper);\(lower)m"
        if code != last { row += code }
        last = code
        row += "▀"
      }
      rows.append(row + "\u{1B}[0m")
    }
    return rows.joined(separator: "\n")
  }

  /// The parameters after 3 (ink) or 4 (ground) that choose the pixel's colour.
  private static func colour(_ image: Image, _ x: Int, _ y: Int, _ depth: ColourDepth) -> String {
    let at = 3 * (y * image.size.width + x)
    return colour(image.pixels[at], image.pixels[at + 1], image.pixels[at + 2], depth)
  }

  /// The parameters after 3 (ink) or 4 (ground) that choose a colour.
  static func colour(_ red: UInt8, _ green: UInt8, _ blue: UInt8, _ depth: ColourDepth) -> String {
    let (red, green, blue) = (Int(red), Int(green), Int(blue))
    switch depth {
    case .full: return "8;2;\(red);\(green);\(blue)"
    case .indexed: return "8;5;\(indexed(red, green, blue))"
    case .none, .sixteen: return String((red > 127 ? 1 : 0) + (green > 127 ? 2 : 0) + (blue > 127 ? 4 : 0))
    }
  }

  /// The nearest of xterm's 240 fixed colours: a cube with levels 0, 95, 135, 175, 215, 255 and 24 greys 8, 18 … 238.
  package static func indexed(_ red: Int, _ green: Int, _ blue: Int) -> Int {
    let levels = [0, 95, 135, 175, 215, 255]
    func nearest(_ value: Int) -> Int { value < 48 ? 0 : value < 115 ? 1 : min((value - 35) / 40, 5) }
    func far(_ r: Int, _ g: Int, _ b: Int) -> Int {
      (r - red) * (r - red) + (g - green) * (g - green) + (b - blue) * (b - blue)
    }
    let (r, g, b) = (nearest(red), nearest(green), nearest(blue))
    let grey = min(max(((red + green + blue) / 3 - 3) / 10, 0), 23)
    let greyLevel = 8 + 10 * grey
    return far(greyLevel, greyLevel, greyLevel) < far(levels[r], levels[g], levels[b]) ? 232 + grey : 16 + 36 * r + 6 * g + b
  }
}
