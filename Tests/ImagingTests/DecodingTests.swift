import Imaging
import TestSupport
import Testing

@Suite struct DecodingTests {
  struct Kind: CustomTestStringConvertible {
    let kind, depth: Int
    var testDescription: String { "kind \(kind), \(depth) bits" }

    static let all = [
      (0, 1), (0, 2), (0, 4), (0, 8), (0, 16), (2, 8), (2, 16), (3, 1), (3, 2), (3, 4), (3, 8), (4, 8), (4, 16), (6, 8), (6, 16),
    ].map { Kind(kind: $0, depth: $1) }

    func file(_ width: Int, _ height: Int, interlaced: Bool, transparent: Bool = false) -> TinyPNG {
      var png = TinyPNG(width: width, height: height, kind: kind, depth: depth, samples: [], isInterlaced: interlaced)
      png.samples = (0..<width * height * png.channels).map { $0 &* 2_654_435_761 >> 11 & (1 << depth - 1) }
      // A gamma of 1, linear light, would lighten everything if it were heeded.
      png.extra.append(("gAMA", [0, 1, 0x86, 0xA0]))
      if kind == 3 { png.extra.append(("PLTE", palette)) }
      if transparent {
        switch kind {
        case 0: png.extra.append(("tRNS", [0, 0]))
        case 2: png.extra.append(("tRNS", [0, 0, 0, 0, 0, 0]))
        case 3: png.extra.append(("tRNS", [0, 128]))
        default: break
        }
      }
      return png
    }

    var palette: [UInt8] { (0..<3 << depth).map { UInt8(truncatingIfNeeded: $0 * 37 + 5) } }

    /// Red, green and blue as Pillow and OpenCV give them.
    func colours(_ png: TinyPNG) -> [UInt8] {
      (0..<png.width * png.height).flatMap { i -> [UInt8] in
        let pixel = png.samples[i * png.channels..<(i + 1) * png.channels]
        if kind == 3 { return Array(palette[3 * pixel.first!..<3 * pixel.first! + 3]) }
        let bytes = pixel.map { UInt8(depth == 16 ? $0 >> 8 : $0 * 255 / (1 << depth - 1)) }
        return kind == 0 || kind == 4 ? [bytes[0], bytes[0], bytes[0]] : Array(bytes.prefix(3))
      }
    }
  }

  @Test(arguments: Kind.all, [false, true])
  func everyKindBecomesColours(_ kind: Kind, _ interlaced: Bool) throws {
    for (width, height) in [(1, 1), (3, 2), (9, 11), (64, 33)] {
      for transparent in [false, true] {
        let png = kind.file(width, height, interlaced: interlaced, transparent: transparent)
        let image = try PNG.decodeImage(png.bytes)
        #expect(image.size == PixelSize(width, height))
        #expect(image.pixels == kind.colours(png), "\(width)x\(height) transparent \(transparent)")
      }
    }
  }

  @Test(arguments: Kind.all, [false, true])
  func numbersStayAsTheyAre(_ kind: Kind, _ interlaced: Bool) throws {
    let png = kind.file(13, 7, interlaced: interlaced)
    let header = try PNG.header(png.bytes)
    #expect(header.size == PixelSize(13, 7))
    #expect(header.depth == kind.depth && Int(header.kind.rawValue) == kind.kind && header.isInterlaced == interlaced)
    if (kind.kind == 0 || kind.kind == 3) && kind.depth <= 8 {
      #expect(try PNG.decodeIndices(png.bytes).values.map(Int.init) == png.samples)
    } else {
      #expect(throws: ImagingError.self) { try PNG.decodeIndices(png.bytes) }
    }
  }

  @Test func whatIsWrittenIsRead() throws {
    for (width, height) in [(1, 1), (17, 5), (200, 100)] {
      let image = picture(width, height), map = map(width, height)
      #expect(try PNG.decodeImage(PNG.encode(image)) == image)
      #expect(try PNG.decodeIndices(PNG.encode(map)) == map)
      let palette = (0..<256).map { (red: UInt8($0), green: UInt8(255 - $0), blue: UInt8(7)) }
      let coloured = PNG.encode(map, palette: palette)
      #expect(try PNG.decodeIndices(coloured) == map)
      #expect(try PNG.header(coloured).kind == .palette)
      #expect(try PNG.decodeImage(coloured).pixels == map.values.flatMap { [$0, 255 - $0, 7] })
    }
  }
}
