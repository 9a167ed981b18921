/// The central directory of a ZIP archive.
struct ZipDirectory {
  private(set) var starts: [Int] = []
  private let range: Range<Int>
  private let count: Int
  private var described: [Described] = []

  private struct Described {
    var name: ArraySlice<UInt8>
    var method: UInt16
    var checksum: UInt32
    var packed: Int
    var size: Int
    var start: Int
  }

  private enum Signature {
    static let local: UInt32 = 0x0403_4B50, entry: UInt32 = 0x0201_4B50, end: UInt32 = 0x0605_4B50
    static let end64: UInt32 = 0x0606_4B50, locator: UInt32 = 0x0706_4B50
  }
  private static let endLength = 22, locatorLength = 20, longestComment = 0xFFFF
  /// No DEFLATE stream makes more of its bytes.
  private static let largestRatio = 1032

  /// Finds and reads the directory.
  init(_ bytes: [UInt8]) throws {
    (range, count) = try ZipDirectory.place(in: bytes)
    var cursor = ByteCursor(bytes[range])
    // An entry takes 46 bytes at least, so that the count is bounded by the file.
    for _ in 0..<count { described.append(try ZipDirectory.entry(&cursor)) }
    starts = described.map(\.start)
  }

  /// The entries with the places of their bytes, which the local headers say.
  func entries(in bytes: [UInt8]) throws -> [ZipArchive.Entry] {
    try described.map { entry in
      let name = String(decoding: entry.name, as: UTF8.self)
      guard entry.start < range.lowerBound else { throw ReadingFault.malformed("its entry '\(name)' begins beyond its entries") }
      var cursor = ByteCursor(bytes[entry.start..<range.lowerBound])
      guard try cursor.number(UInt32.self) == Signature.local else { throw ReadingFault.malformed("its entry '\(name)' has no header") }
      _ = try cursor.take(22)
      let (nameLength, extraLength) = (Int(try cursor.number(UInt16.self)), Int(try cursor.number(UInt16.self)))
      guard try cursor.take(nameLength) == entry.name else { throw ReadingFault.malformed("its entry '\(name)' has another name in its header") }
      _ = try cursor.take(extraLength)
      guard entry.packed <= cursor.left else { throw ReadingFault.malformed("its entry '\(name)' is longer than the file") }
      let fits = entry.method == 0 ? entry.size == entry.packed : entry.size / ZipDirectory.largestRatio <= entry.packed
      guard fits else { throw ReadingFault.malformed("its entry '\(name)' claims \(entry.size) bytes, which its \(entry.packed) cannot hold") }
      return ZipArchive.Entry(name: name, method: entry.method, checksum: entry.checksum, size: entry.size, range: cursor.place..<cursor.place + entry.packed)
    }
  }

  private static func place(in bytes: [UInt8]) throws -> (range: Range<Int>, count: Int) {
    let last = bytes.count - endLength
    // From the end, the first whose comment ends with the file.
    let candidates = stride(from: last, through: max(0, last - longestComment), by: -1)
    guard last >= 0, let end = candidates.first(where: { isEnd(bytes, $0) }) else {
      throw ReadingFault.malformed("it has no directory at its end; is it cut short?")
    }
    var cursor = ByteCursor(bytes[(end + 4)..<(end + 20)])
    let (disk, first, here, all) = (try cursor.number(UInt16.self), try cursor.number(UInt16.self), try cursor.number(UInt16.self), try cursor.number(UInt16.self))
    var (count, length, start) = (Int(all), try cursor.count(UInt32.self), try cursor.count(UInt32.self)), directoryEnd = end
    if all == 0xFFFF || length == 0xFFFF_FFFF || start == 0xFFFF_FFFF {
      ((count, length, start), directoryEnd) = try place64(in: bytes, before: end)
    } else {
      guard disk == 0, first == 0, here == all else { throw ReadingFault.malformed("it is one of several parts") }
      // Many writers have the 64-bit forms between the directory and its end also where they are not needed.
      directoryEnd = start &+ length
    }
    guard start >= 0, length >= 0, start <= bytes.count, length <= bytes.count - start, start + length <= end, start + length == directoryEnd else {
      throw ReadingFault.malformed("its directory does not lie where its end says")
    }
    guard count <= length / 46 else { throw ReadingFault.malformed("its directory has no room for \(count) entries") }
    return (start..<start + length, count)
  }

  private static func isEnd(_ bytes: [UInt8], _ place: Int) -> Bool {
    guard bytes[place] == 0x50, bytes[place + 1] == 0x4B, bytes[place + 2] == 5, bytes[place + 3] == 6 else { return false }
    return place + endLength + Int(bytes[place + 20]) + Int(bytes[place + 21]) << 8 == bytes.count
  }

  private static func place64(in bytes: [UInt8], before end: Int) throws -> ((Int, Int, Int), Int) {
    let lost = ReadingFault.malformed("its 64-bit directory is not there")
    guard end >= locatorLength else { throw lost }
    var locator = ByteCursor(bytes[(end - locatorLength)..<end])
    guard try locator.number(UInt32.self) == Signature.locator, try locator.number(UInt32.self) == 0 else { throw lost }
    let place = try locator.count(UInt64.self)
    guard place < end - locatorLength else { throw lost }
    var cursor = ByteCursor(bytes[place..<end - locatorLength])
    guard try cursor.number(UInt32.self) == Signature.end64 else { throw lost }
    _ = try cursor.take(28)
    return ((try cursor.count(UInt64.self), try cursor.count(UInt64.self), try cursor.count(UInt64.self)), place)
  }

  private static func entry(_ cursor: inout ByteCursor) throws -> Described {
    guard try cursor.number(UInt32.self) == Signature.entry else { throw ReadingFault.malformed("its directory is damaged") }
    _ = try cursor.take(4)
    let (flags, method) = (try cursor.number(UInt16.self), try cursor.number(UInt16.self))
    _ = try cursor.take(4)
    let (checksum, packed, size) = (try cursor.number(UInt32.self), try cursor.count(UInt32.self), try cursor.count(UInt32.self))
    let lengths = (Int(try cursor.number(UInt16.self)), Int(try cursor.number(UInt16.self)), Int(try cursor.number(UInt16.self)))
    _ = try cursor.take(8)
    let start = try cursor.count(UInt32.self), name = try cursor.take(lengths.0)
    var entry = Described(name: name, method: method, checksum: checksum, packed: packed, size: size, start: start)
    guard flags & 1 == 0 else { throw ReadingFault.malformed("its entry '\(String(decoding: name, as: UTF8.self))' is encrypted") }
    try widen(&entry, with: try cursor.take(lengths.1))
    _ = try cursor.take(lengths.2)
    return entry
  }

  /// The 64-bit numbers of those that 32 bits do not hold, in this order.
  private static func widen(_ entry: inout Described, with extra: ArraySlice<UInt8>) throws {
    let wide = 0xFFFF_FFFF
    guard entry.size == wide || entry.packed == wide || entry.start == wide else { return }
    var fields = ByteCursor(extra)
    while fields.left >= 4 {
      let kind = try fields.number(UInt16.self)
      var field = ByteCursor(try fields.take(Int(try fields.number(UInt16.self))))
      guard kind == 1 else { continue }
      if entry.size == wide { entry.size = try field.count(UInt64.self) }
      if entry.packed == wide { entry.packed = try field.count(UInt64.self) }
      if entry.start == wide { entry.start = try field.count(UInt64.self) }
      return
    }
    throw ReadingFault.malformed("its entry '\(String(decoding: entry.name, as: UTF8.self))' lacks its 64-bit sizes")
  }
}
