import Foundation
import Imaging
import TestSupport
import Testing

/// JPEG files against what Pillow makes of them, bit for bit (scripts/reference-jpeg.py), and damaged ones.
@Suite struct JPEGTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let name: String
    let size: PixelSize
    let sum: UInt64
    var testDescription: String { name }
  }

  static func bytes(_ name: String) -> [UInt8] {
    let parts = name.split(separator: ".")
    return [UInt8](try! Data(contentsOf: Bundle.module.url(forResource: String(parts[0]), withExtension: String(parts[1]), subdirectory: "Fixtures/jpeg")!))
  }

  static let cases = String(decoding: bytes("jpeg.txt"), as: UTF8.self).split(separator: "\n").map { line in
    let words = line.split(separator: " ")
    return Case(name: String(words[0]), size: PixelSize(Int(words[1])!, Int(words[2])!), sum: UInt64(words[3], radix: 16)!)
  }
  static let good = bytes("420.jpg")

  @Test func thereAreFixtures() { #expect(Self.cases.count >= 10) }

  @Test(arguments: cases) func pixelsAreThoseOfPillow(_ entry: Case) throws {
    let bytes = Self.bytes(entry.name), image = try PictureFile.decodeImage(bytes, path: entry.name)
    #expect(image.size == entry.size && checksum(image.pixels) == entry.sum)
    let header = try JPEG.header(bytes)
    #expect(header.size == entry.size && header.depth == 8)
    #expect(header.kind == (entry.name == "grey.jpg" ? .grey : .colour) && header.isInterlaced == (entry.name == "progressive.jpg"))
    #expect(try JPEG.verify(bytes) == header)
    #expect(JPEG.isEnd(bytes) && PictureFile.codec(of: bytes) == JPEG.self)
  }

  private static func changed(_ i: Int, _ value: UInt8) -> [UInt8] {
    var bytes = good
    bytes[i] = value
    return bytes
  }

  /// Where the segment begins that says the size.
  private static let frame = good.indices.first { good[$0] == 0xFF && good[$0 + 1] == 0xC0 }!

  static let bad: [(String, [UInt8], String)] = [
    ("nothing else", [0xFF, 0xD8, 0xFF], "it is damaged: the file ends early"),
    ("only its head", Array(good.prefix(frame + 6)), "it is damaged: the file ends early"),
    ("cut off", Array(good.prefix(good.count / 2)), "it is damaged: "),
    ("without its end", Array(good.dropLast(20)), "it is damaged: "),
    ("pixels at once", Array(good.prefix(2)) + [0xFF, 0xDA, 0, 8] + good.dropFirst(2), "it is damaged: it has no header"),
    ("no width", { var bytes = good; (bytes[frame + 7], bytes[frame + 8]) = (0, 0); return bytes }(), "it is damaged: its size is 0x19"),
    ("12 bits", changed(frame + 4, 12), "its pixels have 12 bits, and JPEG is read with 8"),
    ("lossless", changed(frame + 1, 0xC3), "it is a lossless or hierarchical JPEG, which is not read"),
    ("larger than its bytes", { var bytes = good; (bytes[frame + 5], bytes[frame + 7]) = (0x20, 0x20); return bytes }(), "it is damaged: its header asks for 8225x8211 pixels, which"),
    ("huge", { var bytes = good; for i in 5...8 { bytes[frame + i] = 0xFF }; return bytes }(), "its header asks for 65535x65535 pixels, more than the 256 million"),
    ("for printing", bytes("printing.jpg"), "it has 4 channels, as for printing; only grey levels and colours are read"),
  ]

  @Test(arguments: bad.indices) func whatIsWrongIsNamed(_ index: Int) {
    let (name, bytes, reason) = Self.bad[index]
    let error = #expect(throws: ImagingError.self) { try JPEG.decodeImage(bytes, path: "a.jpg") }
    #expect(error?.description.hasPrefix("cannot read a.jpg: " + reason) == true, "\(name): \(error?.description ?? "")")
  }

  /// Whatever is cut off or flipped: a picture of the size that the header says, or an error.
  @Test func damageIsSurvived() throws {
    for entry in Self.cases {
      let whole = Self.bytes(entry.name)
      for count in 0..<whole.count - 2 { #expect(throws: ImagingError.self, "\(entry.name) \(count)") { try JPEG.decodeImage(Array(whole.prefix(count))) } }
      for i in whole.indices {
        var bytes = whole
        bytes[i] ^= 1 << (i % 8)
        if let image = try? JPEG.decodeImage(bytes) { #expect(image.pixels.count == 3 * image.size.area) }
      }
    }
  }

  /// A progressive file of a hundred passes and more is refused before it costs minutes.
  @Test func passesWithoutEndAreRefused() throws {
    let whole = Self.bytes("progressive.jpg"), start = try #require(whole.indices.dropLast().last { whole[$0] == 0xFF && whole[$0 + 1] == 0xDA })
    let last = whole[start..<whole.count - 2], many = Array(whole[..<start]) + (0..<200).flatMap { _ in last } + [0xFF, 0xD9]
    let error = #expect(throws: ImagingError.self) { try JPEG.decodeImage(many) }
    #expect(error?.reason.hasPrefix("it is damaged") == true)
  }
}

/// `scripts/fuzz` tries many more.
@Suite struct JPEGFuzzTests {
  private static let seeds = JPEGTests.cases.map { JPEGTests.bytes($0.name) }

  @Test(arguments: 0..<2) func anyFileIsReadOrRefused(_ part: Int) {
    Mutation.trying(Mutation.count(usual: 3000, share: 0.2), part: part, of: 2) { number in
      let bytes = Mutation.bytes(number, of: Self.seeds[number % Self.seeds.count])
      guard let image = try? JPEG.decodeImage(bytes) else { return }
      #expect(image.pixels.count == 3 * image.size.area)
    }
  }
}
