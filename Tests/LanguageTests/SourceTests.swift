import Language
import Testing

/// Parts of a text by their bytes, and the lines that they lie in.
@Suite struct SourceTests {
  static let texts = ["", "a", "a\n", "\n\n", "größe = 1\r\nx = \"日本語\"\r\n\ne\u{301}\u{1F600}z", String(repeating: "näme = 1\n", count: 7)]

  /// Every range of a text, also those that cut a character or lie outside, against an array of its bytes.
  @Test(arguments: texts) func partsAreTheBytesOfTheirRange(_ text: String) {
    let source = Source(text), bytes = Array(text.utf8)
    for start in -1...bytes.count + 1 {
      for end in -1...bytes.count + 1 {
        let first = min(max(start, 0), bytes.count), last = min(max(end, first), bytes.count)
        #expect(source[SourceRange(start, end)] == String(decoding: bytes[first..<last], as: UTF8.self), "\(start) \(end)")
      }
    }
  }

  @Test(arguments: texts) func placesAreThoseOfTheLines(_ text: String) {
    let source = Source(text), lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    var start = 0
    for (number, line) in lines.enumerated() {
      let words = String(decoding: line.last == UInt8(ascii: "\r") ? line.dropLast() : line, as: UTF8.self)
      for offset in 0...line.count {
        let place = source.place(of: start + offset)
        #expect((place.line, place.offset) == (number + 1, offset))
        #expect(place.text == words)
      }
      start += line.count + 1
    }
  }

  /// A text that came from elsewhere than Swift's own strings is found in as well.
  @Test func partsOfAPartAreFound() {
    let whole = "xxxx" + String(repeating: "größe\n", count: 1000), part = whole.dropFirst(4)
    let source = Source(String(part))
    #expect(source[SourceRange(8 * 999, 8 * 999 + 7)] == "größe")
    #expect(source.place(of: 8 * 999).line == 1000)
  }
}
