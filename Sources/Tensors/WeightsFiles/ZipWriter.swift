/// Writes a ZIP archive of stored entries whose contents begin at multiples of 64 bytes, as PyTorch's do, so that they can be mapped.
struct ZipWriter {
  private(set) var bytes: [UInt8]
  private var directory: [UInt8] = []
  private var count = 0

  private static let alignment = 64
  private static let version: UInt16 = 20, namesAreUTF8: UInt16 = 0x0800
  /// 1 January 1980, the first day that can be written.
  private static let day: UInt16 = 0x21

  init(capacity: Int) {
    bytes = []
    bytes.reserveCapacity(capacity)
  }

  /// - Parameter write: appends the contents.
  mutating func add(_ name: String, _ write: (inout [UInt8]) -> Void) {
    let start = bytes.count, name = Array(name.utf8)
    let padding = -(start + 30 + name.count + 4) & (ZipWriter.alignment - 1)
    bytes += ZipWriter.little(0x0403_4B50, 4) + [UInt8](repeating: 0, count: 26) + name
    bytes += Array("FB".utf8) + ZipWriter.little(padding, 2) + [UInt8](repeating: UInt8(ascii: "Z"), count: padding)
    let contents = bytes.count
    write(&bytes)
    let size = bytes.count - contents
    precondition(bytes.count <= 0xFFFF_FFFE && count < 0xFFFE, "an archive beyond 4 GiB needs 64-bit forms")
    let fields = ZipWriter.little(Int(ZipWriter.version), 2) + ZipWriter.little(Int(ZipWriter.namesAreUTF8), 2) + ZipWriter.little(0, 4) + ZipWriter.little(Int(ZipWriter.day), 2)
      + ZipWriter.little(Int(ZipArchive.checksum(bytes[contents...])), 4) + ZipWriter.little(size, 4) + ZipWriter.little(size, 4) + ZipWriter.little(name.count, 2)
    bytes.replaceSubrange(start + 4..<start + 30, with: fields + ZipWriter.little(4 + padding, 2))
    directory += ZipWriter.little(0x0201_4B50, 4) + ZipWriter.little(Int(ZipWriter.version), 2) + fields + [UInt8](repeating: 0, count: 12) + ZipWriter.little(start, 4) + name
    count += 1
  }

  /// The whole archive.
  mutating func finished() -> [UInt8] {
    let start = bytes.count
    bytes += directory
    bytes += ZipWriter.little(0x0605_4B50, 4) + [UInt8](repeating: 0, count: 4) + ZipWriter.little(count, 2) + ZipWriter.little(count, 2)
    bytes += ZipWriter.little(directory.count, 4) + ZipWriter.little(start, 4) + [0, 0]
    return bytes
  }

  private static func little(_ number: Int, _ count: Int) -> [UInt8] { (0..<count).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) } }
}
