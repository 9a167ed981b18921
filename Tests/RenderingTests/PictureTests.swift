import Foundation
import Imaging
import Rendering
import Testing
import Workbench

@Suite struct PictureTests {
  /// Two by two: red, green, blue, white.
  static let four = Image(size: PixelSize(2, 2), pixels: [255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255])

  static func gradient(_ width: Int, _ height: Int) -> Image {
    var image = Image(size: PixelSize(width, height))
    for y in 0..<height {
      for x in 0..<width {
        let at = 3 * (y * width + x)
        (image.pixels[at], image.pixels[at + 1], image.pixels[at + 2]) = (UInt8(x * 255 / width), UInt8(y * 255 / height), UInt8((x + y) * 255 / (width + height)))
      }
    }
    return image
  }

  @Test func halfBlocksHoldTwoPixelsEach() {
    let text = PictureStyle(.blocks).encoded(Self.four, columns: 80)
    #expect(text == "\u{1B}[38;2;255;0;0;48;2;0;0;255m▀\u{1B}[38;2;0;255;0;48;2;255;255;255m▀\u{1B}[0m")
    #expect(PictureStyle(.blocks, depth: .sixteen).encoded(Self.four, columns: 80) == "\u{1B}[31;44m▀\u{1B}[32;47m▀\u{1B}[0m")
    #expect(PictureStyle(.blocks, depth: .none).encoded(Self.four, columns: 80) == nil)
  }

  @Test func keysStandBelowThePictureInItsColoursAndAreNeverRecorded() {
    let caption = Phrase(pieces: [
      .words("a street"), .key(PictureKey((128, 64, 128), "road")), .key(PictureKey((70, 130, 180), "sky\u{1B}")), .key(PictureKey((0, 0, 0), "no label at all")),
      .key(PictureKey((1, 2, 3), "sure", beginsLine: true)),
    ])
    #expect(TranscriptLayout.lines(.picture(Self.four, caption: caption)).map(\.text) == ["a street"])
    let lines = TextRenderer(columns: 20, palette: Palette(.full), pictures: PictureStyle(.blocks)).lines(.picture(Self.four, caption: caption))
    #expect(lines.dropFirst() == [
      "a street", "\u{1B}[38;2;128;64;128m■\u{1B}[0m road  \u{1B}[38;2;70;130;180m■\u{1B}[0m sky\\u{1b}", "\u{1B}[38;2;0;0;0m■\u{1B}[0m no label at all",
      "\u{1B}[38;2;1;2;3m■\u{1B}[0m sure",
    ])
    #expect(TextRenderer(columns: 20).lines(.picture(Self.four, caption: caption)).count == 2, "words need no legend")
  }

  @Test(arguments: [(0, 0, 0, 16), (255, 255, 255, 231), (255, 0, 0, 196), (128, 128, 128, 244), (95, 135, 175, 67), (8, 8, 8, 232)])
  func indexedColoursAreTheNearest(_ red: Int, _ green: Int, _ blue: Int, _ index: Int) {
    #expect(HalfBlocks.indexed(red, green, blue) == index)
  }

  @Test(arguments: [(256, 128, 80, 40, 80, 40), (100, 300, 80, 40, 13, 40), (10, 10, 80, 40, 10, 10), (1000, 1, 10, 10, 10, 1)])
  func picturesAreOnlyMadeSmaller(_ width: Int, _ height: Int, _ columns: Int, _ rows: Int, _ newWidth: Int, _ newHeight: Int) {
    let fitted = Self.gradient(width, height).fitted(into: PixelSize(columns, rows))
    #expect(fitted.size == PixelSize(newWidth, newHeight))
  }

  @Test func aReducedPixelIsTheMeanOfItsArea() {
    let many = Self.gradient(64, 64)
    let (row, column) = (17, 40)
    let fitted = many.fitted(into: PixelSize(64 / 4, 64 / 4))
    let means = (0..<3).map { channel -> Int in
      var sum = 0
      for y in row / 4 * 4..<row / 4 * 4 + 4 { for x in column / 4 * 4..<column / 4 * 4 + 4 { sum += Int(many.pixels[3 * (y * 64 + x) + channel]) } }
      return (sum + 8) / 16
    }
    let at = 3 * (row / 4 * 16 + column / 4)
    #expect(fitted.pixels[at..<at + 3].map(Int.init) == means)
  }

  /// Colours of classes are not mixed to those of others.
  @Test func aReducedLabelMapHasNoNewColours() {
    #expect(Self.four.fitted(into: PixelSize(1, 1)).pixels == [255, 0, 0], "of equals the first")
    let three = Image(size: PixelSize(3, 1), pixels: [1, 1, 1, 2, 2, 2, 2, 2, 2])
    #expect(three.fitted(into: PixelSize(1, 1)).pixels == [2, 2, 2])
  }

  @Test(arguments: 0..<70)
  func base64IsThatOfEverybody(_ count: Int) {
    let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 * 37 + 11) }
    #expect(base64(bytes) == Data(bytes).base64EncodedString())
  }

  /// The bytes that pieces of kitty's protocol carry, and the keys of the first.
  private func payload(_ pieces: [String]) throws -> (keys: String, bytes: [UInt8]) {
    #expect(pieces.dropLast().allSatisfy { $0.contains("m=1;") } && pieces.last?.contains("m=0;") == true)
    let parts = pieces.map { $0.split(separator: ";", maxSplits: 1, omittingEmptySubsequences: false).map(String.init) }
    #expect(parts.allSatisfy { $0[0].hasPrefix("\u{1B}_G") && $0[1].utf8.count <= 4096 })
    return (String(parts[0][0].dropFirst(3)), Array(try #require(Data(base64Encoded: parts.map { $0[1] }.joined()))))
  }

  @Test func kittyGetsThePNGInPieces() throws {
    let png = (0..<10_000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
    let style = PictureStyle(.kitty, cell: PixelSize(10, 20), png: { _ in png })
    let text = try #require(style.encoded(Self.gradient(256, 128), columns: 80))
    let pieces = text.components(separatedBy: "\u{1B}\\")
    #expect(pieces.count == 5 && pieces.last == "")
    let (keys, bytes) = try payload(pieces.dropLast())
    #expect(keys == "a=T,f=100,q=2,c=26,r=7,m=1" && bytes == png)
  }

  /// Inside tmux the picture goes past it, and text that is tmux's own stands where it is to be seen.
  @Test func insideTmuxKittyPlacesPicturesByText() throws {
    let png = (0..<10_000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
    let style = PictureStyle(.kitty, cell: PixelSize(10, 20), insideTmux: true, png: { _ in png })
    let text = try #require(style.encoded(Self.gradient(256, 128), columns: 80))
    let parts = text.components(separatedBy: "\u{1B}Ptmux;")
    #expect(parts.count == 5 && parts[0] == "")
    let end = "\u{1B}\u{1B}\\\u{1B}\\"
    let pieces = parts.dropFirst().map { String($0[..<($0.range(of: end)?.lowerBound ?? $0.startIndex)]).replacingOccurrences(of: "\u{1B}\u{1B}", with: "\u{1B}") }
    let (keys, bytes) = try payload(pieces)
    #expect(bytes == png)
    let match = try #require(keys.wholeMatch(of: /a=T,U=1,i=(\d+),f=100,q=2,c=26,r=7,m=1/))
    let rows = try #require(parts.last?.components(separatedBy: end).last).split(separator: "\n")
    #expect(rows.count == 7)
    let marks: [Unicode.Scalar] = ["\u{305}", "\u{30D}", "\u{30E}", "\u{310}", "\u{312}", "\u{33D}", "\u{33E}"]
    for (row, mark) in zip(rows, marks) {
      #expect(row.hasPrefix("\u{1B}[38;5;\(match.1)m\u{10EEEE}\(mark)\u{305}\u{10EEEE}") && row.hasSuffix("\u{10EEEE}\u{1B}[39m"))
      #expect(row.unicodeScalars.count { $0 == "\u{10EEEE}" } == 26)
    }
    #expect(try #require(style.encoded(Self.gradient(256, 128), columns: 80)) == text, "the same picture has the same number")
  }

  @Test func iTermGetsAFile() throws {
    let text = try #require(PictureStyle(.iterm, cell: PixelSize(10, 20), png: { _ in [1, 2, 3] }).encoded(Self.gradient(100, 100), columns: 80))
    #expect(text == "\u{1B}]1337;File=inline=1;size=3;width=10;height=5;preserveAspectRatio=1:AQID\u{7}")
  }

  @Test(arguments: [PictureStyle.Form.kitty, .iterm, .words])
  func whatCannotBeShownIsNil(_ form: PictureStyle.Form) {
    #expect(PictureStyle(form).encoded(Self.four, columns: 80) == nil)
    #expect(PictureStyle(form, png: { _ in [] }).encoded(Image(size: PixelSize(0, 0)), columns: 80) == nil)
  }

  @Test func wordsSayWhatThePictureShows() {
    #expect(TextRenderer(columns: 60).lines(.picture(Self.four, caption: "four pixels")) == ["[picture 2x2] four pixels"])
  }

  /// A picture of few colours comes back exactly; others within what 256 colours and hundredths allow.
  @Test(arguments: [(Self.four, 1), (Self.gradient(9, 13), 1), (Self.gradient(64, 50), 24)])
  func sixelsDecodeToThePicture(_ image: Image, _ tolerance: Int) throws {
    let decoded = try #require(SixelReader.decode(Sixel.encode(image)))
    #expect(decoded.size == image.size)
    var total = 0
    for (a, b) in zip(decoded.pixels, image.pixels) {
      let distance = abs(Int(a) - Int(b))
      total += distance
      #expect(distance <= tolerance)
    }
    #expect(total <= image.pixels.count * max(tolerance / 4, 1))
  }

  @Test func fewColoursAreKept() {
    let (palette, indices) = ColourReduction.reduce(Self.four, to: 256)
    #expect(palette.count == 4)
    #expect(indices == [0, 1, 2, 3])
    let (many, places) = ColourReduction.reduce(Self.gradient(100, 100), to: 16)
    #expect(many.count == 16)
    #expect(Set(places).count == 16)
  }
}

/// Reads what VT340 programmers are told to write, independently of the encoder.
enum SixelReader {
  static func decode(_ text: String) -> Image? {
    guard text.hasPrefix("\u{1B}P"), text.hasSuffix("\u{1B}\\"), let begin = text.firstIndex(of: "q") else { return nil }
    let body = Array(text[text.index(after: begin)...].dropLast(2).utf8)
    var at = 0
    func numbers() -> [Int] {
      var out = [0]
      while at < body.count, body[at] == 0x3B || (0x30...0x39).contains(body[at]) {
        if body[at] == 0x3B { out.append(0) } else { out[out.count - 1] = out[out.count - 1] * 10 + Int(body[at] - 0x30) }
        at += 1
      }
      return out
    }
    var image: Image?
    var palette: [Int: [UInt8]] = [:]
    var (x, y, colour, repeats) = (0, 0, 0, 1)
    while at < body.count {
      let byte = body[at]
      at += 1
      switch byte {
      case UInt8(ascii: "\""):
        let raster = numbers()
        image = Image(size: PixelSize(raster[2], raster[3]))
      case UInt8(ascii: "#"):
        let parts = numbers()
        colour = parts[0]
        if parts.count == 5 { palette[colour] = parts[2...4].map { UInt8(($0 * 255 + 50) / 100) } }
      case UInt8(ascii: "!"): repeats = numbers()[0]
      case UInt8(ascii: "$"): x = 0
      case UInt8(ascii: "-"): (x, y) = (0, y + 6)
      case 0x3F...0x7E:
        for _ in 0..<repeats {
          for bit in 0..<6 where (byte - 0x3F) >> UInt8(bit) & 1 == 1 {
            guard let size = image?.size, x < size.width, y + bit < size.height, let rgb = palette[colour] else { return nil }
            for channel in 0..<3 { image!.pixels[3 * ((y + bit) * size.width + x) + channel] = rgb[channel] }
          }
          x += 1
        }
        repeats = 1
      default: return nil
      }
    }
    return image
  }
}
