import Imaging
import TestSupport
import Testing

/// How a camera was held, which is noted beside the pixels and changes none of them.
@Suite struct OrientationTests {
  @Test(arguments: 1...8, [true, false]) func jpegsNoteIt(_ orientation: UInt8, _ isLittle: Bool) throws {
    let bytes = TinyJPEG.held(orientation, isLittle: isLittle)
    #expect(JPEG.orientation(bytes) == (orientation == 1 ? nil : Int(orientation)))
    #expect(try JPEG.decodeImage(bytes) == JPEG.decodeImage(TinyJPEG.bytes))
    let png = TinyPNG(width: 2, height: 1, kind: 0, depth: 8, samples: [1, 2], extra: [("eXIf", TinyJPEG.exif(orientation, isLittle: isLittle))]).bytes
    #expect(PNG.orientation(png) == (orientation == 1 ? nil : Int(orientation)))
  }

  @Test func whatIsDamagedNotesNothing() {
    #expect(JPEG.orientation(TinyJPEG.bytes) == nil && JPEG.orientation([]) == nil && PNG.orientation([]) == nil)
    #expect(JPEG.orientation(JPEGTests.bytes("turned.jpg")) == 6)
    let whole = TinyJPEG.held(6)
    for count in 0..<whole.count { _ = JPEG.orientation(Array(whole.prefix(count))) }
    for i in 0..<60 {
      var bytes = whole
      for value in [UInt8(0), 1, 0x7F, 0xFF] {
        bytes[i] = value
        _ = JPEG.orientation(bytes)
        let png = TinyPNG(width: 1, height: 1, kind: 0, depth: 8, samples: [1], extra: [("eXIf", Array(bytes.dropFirst(12).prefix(26)))]).bytes
        _ = PNG.orientation(png)
      }
    }
    #expect(PNG.orientation(TinyPNG(width: 1, height: 1, kind: 0, depth: 8, samples: [1], extra: [("eXIf", Array("II*\0".utf8) + [0xFF, 0xFF, 0xFF, 0x7F, 0, 0, 0, 0, 0, 0])]).bytes) == nil)
  }
}
