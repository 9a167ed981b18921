package import Imaging

/// DEC sixel graphics (VT330/VT340 Programmer Reference Manual, chapter 14): columns of six pixels, one colour at a time.
package enum Sixel {
  package static func encode(_ image: Image) -> String {
    let (palette, indices) = ColourReduction.reduce(image, to: 256)
    let (width, height) = (image.size.width, image.size.height)
    // P2=1 leaves pixels that are not set as they are; the raster attributes give square pixels and the size.
    var out: [UInt8] = Array("\u{1B}P0;1q\"1;1;\(width);\(height)".utf8)
    for (index, colour) in palette.enumerated() {
      func percent(_ value: UInt8) -> Int { (Int(value) * 100 + 127) / 255 }
      out += Array("#\(index);2;\(percent(colour.red));\(percent(colour.green));\(percent(colour.blue))".utf8)
    }
    var bits = [UInt8](repeating: 0, count: palette.count * width)
    for band in stride(from: 0, to: height, by: 6) {
      var used = [Bool](repeating: false, count: palette.count)
      for y in band..<min(band + 6, height) {
        for x in 0..<width {
          let colour = Int(indices[y * width + x])
          bits[colour * width + x] |= 1 << UInt8(y - band)
          used[colour] = true
        }
      }
      var first = true
      for colour in palette.indices where used[colour] {
        if !first { out.append(UInt8(ascii: "$")) }
        first = false
        out += Array("#\(colour)".utf8)
        runLengths(bits[colour * width..<(colour + 1) * width], into: &out)
        for x in colour * width..<(colour + 1) * width { bits[x] = 0 }
      }
      out.append(UInt8(ascii: "-"))
    }
    return String(decoding: out, as: UTF8.self) + "\u{1B}\\"
  }

  /// Six dots a character from `?` on; `!n` repeats. Blanks at the end are left out.
  private static func runLengths(_ dots: ArraySlice<UInt8>, into out: inout [UInt8]) {
    var at = dots.startIndex
    let end = (dots.lastIndex { $0 != 0 } ?? at) + 1
    while at < end {
      var next = at + 1
      while next < end, dots[next] == dots[at] { next += 1 }
      let character = 63 + dots[at]
      if next - at > 3 { out += Array("!\(next - at)".utf8) + [character] } else { out += Array(repeating: character, count: next - at) }
      at = next
    }
  }
}
