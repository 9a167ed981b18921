import CZlib

extension ZipArchive {
  /// What an entry holds, checked against its checksum. Nothing is set aside for more than the directory says, which was checked.
  func contents(_ entry: Entry, in bytes: [UInt8]) throws -> ArraySlice<UInt8> {
    let packed = bytes[entry.range]
    let contents: ArraySlice<UInt8>
    switch entry.method {
    case 0: contents = packed
    case 8: contents = try ZipArchive.inflated(packed, to: entry)
    default: throw ReadingFault.malformed("its entry '\(entry.name)' is compressed by method \(entry.method); only DEFLATE is read")
    }
    // PyTorch can be told not to compute them, and writes 0 then.
    guard entry.checksum == 0 || ZipArchive.checksum(contents) == entry.checksum else {
      throw ReadingFault.malformed("the checksum of its entry '\(entry.name)' is wrong")
    }
    return contents
  }

  static func checksum(_ bytes: ArraySlice<UInt8>) -> UInt32 {
    bytes.withUnsafeBufferPointer { segue_crc32($0.baseAddress, $0.count) }
  }

  private static func inflated(_ packed: ArraySlice<UInt8>, to entry: Entry) throws -> ArraySlice<UInt8> {
    let bytes = [UInt8](unsafeUninitializedCapacity: entry.size) { room, made in
      let count = packed.withUnsafeBufferPointer { segue_inflate($0.baseAddress, $0.count, room.baseAddress, entry.size) }
      made = max(0, min(count, entry.size))
    }
    guard bytes.count == entry.size else { throw ReadingFault.malformed("its entry '\(entry.name)' does not inflate to \(entry.size) bytes") }
    return bytes[...]
  }
}
