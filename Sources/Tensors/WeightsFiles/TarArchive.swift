/// The members of a tar archive that are plain files.
struct TarArchive {
  private(set) var members: [(name: String, range: Range<Int>)] = []
  private static let block = 512

  /// Whether these first bytes are a member's header, by its checksum.
  static func begins(_ bytes: some RandomAccessCollection<UInt8>) -> Bool {
    let header = Array(bytes.prefix(block))
    return header.count == block && checksumHolds(header)
  }

  init(_ bytes: [UInt8]) throws {
    var place = 0
    while place + TarArchive.block <= bytes.count {
      let header = Array(bytes[place..<place + TarArchive.block])
      if header.allSatisfy({ $0 == 0 }) { break }
      guard TarArchive.checksumHolds(header) else { throw ReadingFault.malformed("a header in it is damaged") }
      guard let size = TarArchive.number(header[124..<136]), size <= bytes.count - place - TarArchive.block else {
        throw ReadingFault.malformed("a file in it is longer than the archive; is it cut short?")
      }
      let start = place + TarArchive.block
      if [0, UInt8(ascii: "0"), UInt8(ascii: "7")].contains(header[156]) {
        var name = String(decoding: header[0..<100].prefix { $0 != 0 }, as: UTF8.self)
        if name.hasPrefix("./") { name.removeFirst(2) }
        guard !members.contains(where: { $0.name == name }) else { throw ReadingFault.malformed("it holds two files named '\(name)'") }
        members.append((name, start..<start + size))
        guard members.count <= 1000 else { throw ReadingFault.malformed("it holds too many files") }
      }
      place = start + (size + TarArchive.block - 1) / TarArchive.block * TarArchive.block
    }
  }

  subscript(name: String) -> Range<Int>? { members.first { $0.name == name }?.range }

  /// The sum of the header's bytes, its own field taken as blanks.
  private static func checksumHolds(_ header: [UInt8]) -> Bool {
    guard let written = number(header[148..<156]) else { return false }
    return written == header.indices.reduce(0) { $0 + Int((148..<156).contains($1) ? 0x20 : header[$1]) }
  }

  /// Octal digits between blanks and zeros.
  private static func number(_ field: ArraySlice<UInt8>) -> Int? {
    let digits = field.drop { $0 == 0x20 }.prefix { $0 != 0x20 && $0 != 0 }
    guard !digits.isEmpty else { return nil }
    return digits.reduce(Int?(0)) { number, digit in (0x30...0x37).contains(digit) ? number.map { $0 << 3 | Int(digit - 0x30) } : nil }
  }
}
