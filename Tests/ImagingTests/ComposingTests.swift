import Imaging
import Testing

@Suite struct ComposingTests {
  let base = picture(9, 6)

  @Test func windowsAndMirrors() {
    let window = PixelWindow(x: 2, y: 1, size: PixelSize(4, 3))
    let cut = base.cropped(to: window)
    for y in 0..<3 {
      for x in 0..<4 {
        for c in 0..<3 { #expect(cut.pixels[3 * (y * 4 + x) + c] == base.pixels[3 * ((y + 1) * 9 + x + 2) + c]) }
      }
    }
    #expect(FloatImage(base).cropped(to: window) == FloatImage(cut))
    let labels = map(9, 6)
    #expect(labels.cropped(to: window).values == (1..<4).flatMap { y in (2..<6).map { labels.values[y * 9 + $0] } })
    #expect(base.flipped.flipped == base && base.flipped != base)
    #expect(labels.flipped.values.prefix(9).elementsEqual(labels.values.prefix(9).reversed()))
    #expect(FloatImage(base).flipped == FloatImage(base.flipped))
    #expect(!PixelWindow(x: 6, y: 0, size: PixelSize(4, 3)).fits(PixelSize(9, 6)))
  }

  @Test func overlays() {
    let red = Image(size: base.size, red: 255)
    #expect(base.overlaid(with: red, opacity: 0) == base)
    #expect(base.overlaid(with: red, opacity: 1) == red)
    let half = base.overlaid(with: red, opacity: 0.5) { $0 == 3 }
    #expect(half.pixels[9] == UInt8((Int(base.pixels[9]) + 255 + 1) / 2) && half.pixels[0..<9] == base.pixels[0..<9])
  }

  @Test func differences() {
    #expect(base.difference(from: base) == Image(size: base.size))
    let one = Image(size: PixelSize(1, 1), red: 10, green: 200, blue: 5), other = Image(size: PixelSize(1, 1), red: 13, green: 0, blue: 5)
    #expect(one.difference(from: other, gain: 2).pixels == [6, 255, 0])
  }

  @Test func sheets() {
    let red = Image(size: PixelSize(3, 2), red: 255), blue = Image(size: PixelSize(2, 4), blue: 255), green = Image(size: PixelSize(1, 1), green: 255)
    let sheet = Image.sheet([red, blue, green], columns: 2, gap: 1)
    #expect(sheet.size == PixelSize(6, 6))
    func pixel(_ x: Int, _ y: Int) -> [UInt8] { Array(sheet.pixels[3 * (y * 6 + x)..<3 * (y * 6 + x) + 3]) }
    #expect(pixel(2, 1) == [255, 0, 0] && pixel(3, 0) == [255, 255, 255] && pixel(4, 3) == [0, 0, 255] && pixel(0, 5) == [0, 255, 0])
    #expect(Image.sheet([red], columns: 5) == red)
    var edge = green
    edge.paste(red, x: -2, y: -1)
    #expect(edge == Image(size: PixelSize(1, 1), red: 255))
    edge.paste(blue, x: 4, y: 4)
    #expect(edge == Image(size: PixelSize(1, 1), red: 255))
  }

  @Test func lettersAreDrawn() {
    #expect(Image.size(of: "IoU", scale: 2) == PixelSize(34, 14))
    #expect(Image.size(of: "") == PixelSize(0, 7))
    var canvas = Image(size: PixelSize(11, 7), red: 255, green: 255, blue: 255)
    canvas.write("T|", x: 0, y: 0)
    let rows = (0..<7).map { y in String((0..<11).map { canvas.pixels[3 * (y * 11 + $0)] == 0 ? "#" as Character : "." }) }
    #expect(rows == ["#####...#.."] + [String](repeating: "..#.....#..", count: 6))
    // Every printable character has a shape of its own.
    let shapes = Set((33..<127).map { code in
      var glyph = Image(size: PixelSize(5, 7))
      glyph.write(String(UnicodeScalar(UInt8(code))), x: 0, y: 0, red: 255)
      return glyph
    })
    #expect(shapes.count == 94)
    #expect(base.captioned("a long caption that is cut off").size == PixelSize(9, 19))
  }
}
