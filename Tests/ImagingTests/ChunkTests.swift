import Foundation
import Imaging
import TestSupport
import Testing

/// Chunks besides the pixels: they take no memory and no time, and every one of them shows damage.
@Suite struct ChunkTests {
  private static let samples = [10, 20, 30, 40, 50, 60]

  private static func picture(_ extra: [(String, [UInt8])] = []) -> [UInt8] { TinyPNG(width: 2, height: 1, kind: 2, depth: 8, samples: samples, extra: extra).bytes }

  /// A compressed text of many bytes; `stored` makes no bomb, so the bytes are what counts here.
  private static let text = Array("Comment\0\0".utf8) + TinyPNG.stored([UInt8](repeating: 65, count: 10_000))

  @Test(arguments: ["tEXt", "zTXt", "iTXt", "iCCP", "eXIf", "gAMA", "cHRM", "tRNS", "pHYs", "sPLT", "vpAg", "teSt"]) func chunksThatAreNotPixelsAreSkipped(_ name: String) throws {
    for content in [[], [1, 2, 3], Self.text] as [[UInt8]] {
      let image = try PNG.decodeImage(Self.picture([(name, content)]))
      #expect(image.pixels == Self.samples.map { UInt8($0) })
    }
  }

  /// More than libpng keeps of one chunk.
  @Test func aLongChunkIsSkipped() throws {
    #expect(try PNG.decodeImage(Self.picture([("tEXt", [UInt8](repeating: 66, count: 10 << 20))])).size == PixelSize(2, 1))
  }

  @Test func manyChunksTakeNoTime() throws {
    let bytes = Self.picture((0..<200).map { _ in ("zTXt", Self.text) }), start = ContinuousClock.now
    #expect(try PNG.decodeImage(bytes).size == PixelSize(2, 1))
    #expect(start.duration(to: .now) < .seconds(5))
  }

  /// 200 texts that would become 8 MB each: what is not inflated takes neither time nor memory.
  @Test func aBombOfTextsIsNotInflated() throws {
    let head = TinyPNG(width: 2, height: 1, kind: 2, depth: 8, samples: Self.samples).header, whole = Self.picture()
    for name in ["zTXt", "iCCP", "iTXt"] {
      let middle = name == "iTXt" ? Array("Comment\0\u{1}\0\0\0".utf8) : Array("Comment\0\0".utf8)
      let text = TinyPNG.chunk(name, middle + TinyPNG.deflated(zeros: 8 << 20))
      let bytes = head + (0..<200).flatMap { _ in text } + whole[head.count...], start = ContinuousClock.now
      #expect(try PNG.decodeImage(bytes).pixels == Self.samples.map { UInt8($0) })
      #expect(start.duration(to: .now) < .seconds(3), "\(name): 1.6 GB would take longer to inflate")
    }
  }

  /// Pixels that go on behind the picture's last: they are not inflated either, whatever is made of the file.
  @Test(arguments: [0, 1]) func pixelsBeyondThePictureAreNotInflated(_ interlaced: UInt8) throws {
    var head = TinyPNG(width: 2, height: 1, kind: 2, depth: 8, samples: Self.samples, isInterlaced: interlaced == 1).header
    let bomb = TinyPNG.chunk("IDAT", TinyPNG.deflated(zeros: 2 << 30)), start = ContinuousClock.now
    head += bomb + TinyPNG.chunk("IEND", [])
    do {
      #expect(try PNG.decodeImage(head).pixels == [0, 0, 0, 0, 0, 0])
    } catch let error as ImagingError {
      #expect(error.reason.hasPrefix("it is damaged: "), "\(error)")
    }
    #expect(start.duration(to: .now) < .seconds(2))
  }

  @Test func zerosInflate() throws {
    let lines = (1 + 3 * 300) * 40, head = TinyPNG(width: 300, height: 40, kind: 2, depth: 8, samples: []).header
    let bytes = head + TinyPNG.chunk("IDAT", TinyPNG.deflated(zeros: lines)) + TinyPNG.chunk("IEND", [])
    #expect(try PNG.decodeImage(bytes).pixels.allSatisfy { $0 == 0 })
  }

  /// A chunk that announces 2 GiB in a file of 53 bytes reserves nothing.
  @Test func anAnnouncedChunkReservesNothing() {
    let head = TinyPNG(width: 1, height: 1, kind: 0, depth: 8, samples: [0]).header
    for name in ["tEXt", "zTXt", "IDAT", "PLTE"] {
      let bytes = head + [0x7F, 0xFF, 0xFF, 0xFF] + Array(name.utf8) + [UInt8](repeating: 65, count: 12)
      let error = #expect(throws: ImagingError.self) { try PNG.decodeImage(bytes, path: "x.png") }
      #expect(error?.reason.hasPrefix("it is damaged: ") == true)
      #expect(throws: ImagingError.self) { try PNG.verify(bytes) }
    }
  }

  /// A bit that flips anywhere is found without inflating anything.
  @Test func everyFlippedBitIsFound() throws {
    let good = Self.picture([("tEXt", Array("Title\0street".utf8))])
    try PNG.verify(good)
    for i in 8..<good.count {
      for bit in [0, 3, 7] {
        var bytes = good
        bytes[i] ^= 1 << bit
        #expect(throws: ImagingError.self, "byte \(i), bit \(bit)") { try PNG.verify(bytes) }
      }
    }
    for count in 0..<good.count { #expect(throws: ImagingError.self) { try PNG.verify(Array(good.prefix(count))) } }
    try PNG.verify(good + [1, 2, 3])
  }

  @Test func damageNamesItsChunk() throws {
    var bytes = Self.picture()
    bytes[bytes.count - 20] ^= 1
    let error = #expect(throws: ImagingError.self) { try PNG.verify(bytes, path: "a.png") }
    #expect(error?.description == "cannot read a.png: it is damaged: the checksum of its IDAT chunk is wrong")
  }

  /// Labels of 16 bits keep all their bits.
  @Test(arguments: [8, 16]) func firstChannelsAreWhole(_ depth: Int) throws {
    let values = depth == 8 ? [7, 200] : [7, 259]
    let bytes = TinyPNG(width: 2, height: 1, kind: 2, depth: depth, samples: [values[0], 1, 2, values[1], 3, 4]).bytes
    #expect(try PNG.firstChannel(bytes).values.map(Int.init) == values)
    let alpha = TinyPNG(width: 1, height: 1, kind: 6, depth: depth, samples: [values[0], 1, 2, 0]).bytes
    #expect(try PNG.firstChannel(alpha).values.map(Int.init) == [values[0]])
    #expect(throws: ImagingError.self) { try PNG.firstChannel(TinyPNG(width: 1, height: 1, kind: 0, depth: depth, samples: [1]).bytes) }
    #expect(try PNG.header(bytes).holdsColours == (depth == 8))
  }
}
