/// Reads numbers and runs of bytes one after another, and nothing beyond the end.
struct ByteCursor {
  let bytes: ArraySlice<UInt8>
  private(set) var place: Int

  init(_ bytes: ArraySlice<UInt8>) { (self.bytes, place) = (bytes, bytes.startIndex) }

  var left: Int { bytes.endIndex - place }
  static let cutShort = ReadingFault.malformed("it ends early")

  /// The next `count` bytes.
  mutating func take(_ count: Int) throws -> ArraySlice<UInt8> {
    guard count >= 0, count <= left else { throw ByteCursor.cutShort }
    defer { place += count }
    return bytes[place..<place + count]
  }

  mutating func byte() throws -> UInt8 {
    guard place < bytes.endIndex else { throw ByteCursor.cutShort }
    defer { place += 1 }
    return bytes[place]
  }

  /// A little-endian number.
  mutating func number<Word: FixedWidthInteger & UnsignedInteger>(_ word: Word.Type) throws -> Word {
    try take(MemoryLayout<Word>.size).reversed().reduce(0) { $0 << 8 | Word($1) }
  }

  /// A little-endian count, which no file exceeds.
  mutating func count<Word: FixedWidthInteger & UnsignedInteger>(_ word: Word.Type) throws -> Int {
    guard let count = Int(exactly: try number(word)) else { throw ByteCursor.cutShort }
    return count
  }

  /// Up to a line feed, which is skipped.
  mutating func line() throws -> ArraySlice<UInt8> {
    guard let end = bytes[place...].firstIndex(of: 0x0A) else { throw ByteCursor.cutShort }
    defer { place = end + 1 }
    return bytes[place..<end]
  }
}
