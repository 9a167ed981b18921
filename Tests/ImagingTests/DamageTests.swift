import Foundation
import Imaging
import TestSupport
import Testing

@Suite struct DamageTests {
  struct Case: CustomTestStringConvertible {
    let testDescription: String
    let bytes: [UInt8]
    let reason: String

    init(_ what: String, _ bytes: [UInt8], _ reason: String) {
      (testDescription, self.bytes, self.reason) = (what, bytes, reason)
    }
  }

  static let good = PNG.encode(picture(40, 30))
  static func changed(_ i: Int, _ value: UInt8) -> [UInt8] {
    var bytes = good
    bytes[i] = value
    return bytes
  }
  static func sized(_ width: Int, _ height: Int) -> [UInt8] {
    TinyPNG(width: width, height: height, kind: 2, depth: 8, samples: []).header + good.dropFirst(33)
  }

  static let cases = [
    Case("nothing", [], "it is empty"),
    Case("text", Array("hello, this is no picture at all, only words".utf8), "it is not a PNG file"),
    Case("a JPEG", [0xFF, 0xD8, 0xFF, 0xE0] + [UInt8](repeating: 0, count: 40), "it is not a PNG file but a JPEG; labels are read from PNG alone"),
    Case("half a signature", Array(good.prefix(5)), "it is damaged: the file ends early"),
    Case("half a header", Array(good.prefix(20)), "it is damaged: the file ends early"),
    Case("another part first", changed(12, 0x4A), "it is damaged: it has no header"),
    Case("only a header", Array(good.prefix(33)), "it is damaged"),
    Case("cut off", Array(good.prefix(good.count / 2)), "it is damaged: the file ends early"),
    Case("without its end", Array(good.dropLast(12)), "it is damaged: the file ends early"),
    Case("a bit flipped in the pixels", changed(60, good[60] ^ 4), "it is damaged: IDAT: "),
    Case("a bit flipped in the header's sum", changed(30, good[30] ^ 4), "it is damaged: IHDR: CRC error"),
    Case("no such kind", changed(25, 5), "it is damaged: there are no pixels of kind 5 with 8 bits"),
    Case("no such depth", changed(24, 3), "it is damaged: there are no pixels of kind 2 with 3 bits"),
    Case("no width", sized(0, 5), "it is damaged: its size is 0x5"),
    Case("huge", sized(2_000_000_000, 2_000_000_000), "its header asks for 2000000000x2000000000 pixels, more than the 256 million that are read"),
    Case("long", sized(65_537, 1), "its header asks for 65537x1 pixels, more than the 256 million that are read"),
    Case("large for so few bytes", sized(16_000, 16_000), "it is damaged: its header asks for 16000x16000 pixels, which"),
    Case("larger than its pixels", sized(60, 30), "it is damaged"),
  ]

  @Test(arguments: cases) func damageIsNamed(_ entry: Case) throws {
    let error = #expect(throws: ImagingError.self) { try PNG.decodeImage(entry.bytes, path: "a/b.png") }
    #expect(error?.description.hasPrefix("cannot read a/b.png: " + entry.reason) == true, "\(error?.description ?? "")")
  }

  @Test func everyTruncationAndManyFlipsAreSurvived() {
    for count in 0..<Self.good.count { #expect(throws: ImagingError.self) { try PNG.decodeImage(Array(Self.good.prefix(count))) } }
    for i in 0..<min(Self.good.count, 400) {
      for bit in 0..<8 { _ = try? PNG.decodeImage(Self.changed(i, Self.good[i] ^ 1 << bit)) }
    }
  }
}
