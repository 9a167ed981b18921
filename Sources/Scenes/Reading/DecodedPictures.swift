#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif
package import Imaging
public import Storage
import Synchronization

/// Pictures of files as they were decoded and resized once, kept in a folder: reading one takes a few milliseconds where decoding a
/// street of Cityscapes takes fifty.
///
/// An entry is named by what it was made from: the file (its device, inode, size and both times of change), the size and the filter. It is
/// written aside and then renamed, so that several processes may use one folder, and carries a checksum: what is damaged is recomputed.
/// A full folder takes nothing more, which serves epochs in random order better than dropping what was used longest ago; entries that
/// nobody has used for a day make room. Whatever goes wrong with the folder costs time and nothing else.
public final class DecodedPictures: Sendable {
  private let folder: String
  private let fileSystem: any FileSystem
  /// In bytes.
  private let capacity: Int
  /// Bytes that lie in the folder, as far as this process knows; nil before it has looked.
  private let held = Mutex<Int?>(nil)
  /// Raised when the same file, size and filter give other pixels than before.
  private static let version = 1
  /// In nanoseconds.
  private static let day: Int64 = 86_400_000_000_000

  public init(folder: String, in fileSystem: any FileSystem = LocalFileSystem(), capacity: Int = 4 << 30) {
    (self.folder, self.fileSystem, self.capacity) = (folder, fileSystem, capacity)
  }

  /// The picture of `file` at `size` (its own where that is nil), which `make` makes where it is not kept.
  package func picture(_ file: FileInfo, size: PixelSize?, filter: ResamplingFilter, make: () throws -> Image) throws -> Image {
    let path = folder + "/" + name(file, size, filter)
    if let image = entry(path, size) { return image }
    let image = try make()
    keep(image, at: path)
    return image
  }

  private func name(_ file: FileInfo, _ size: PixelSize?, _ filter: ResamplingFilter) -> String {
    let words = [
      "\(Self.version)", "\(file.device) \(file.inode) \(file.size) \(file.changed) \(file.statusChanged)",
      size.map { "\($0) \(filter)" } ?? "whole",
    ]
    return String(ContentHash.hexadecimal(of: Array(words.joined(separator: " ").utf8)).prefix(32))
  }

  /// The pixels, then width, height and the checksum of all before it, 8 bytes each.
  private func entry(_ path: String, _ size: PixelSize?) -> Image? {
    guard var bytes = try? fileSystem.read(path), bytes.count > 24 else { return nil }
    let tail = Array(bytes.suffix(24))
    func number(_ place: Int) -> UInt64 { tail[8 * place..<8 * place + 8].reversed().reduce(0) { $0 << 8 | UInt64($1) } }
    bytes.removeLast(24)
    guard number(0) <= PictureFile.largestSide, number(1) <= PictureFile.largestSide else { return nil }
    let found = PixelSize(Int(number(0)), Int(number(1)))
    guard bytes.count == 3 * found.area, size == nil || size == found, number(2) == Self.checksum(bytes, found) else { return nil }
    try? fileSystem.touch(path)
    return Image(size: found, pixels: bytes)
  }

  private func keep(_ image: Image, at path: String) {
    let length = image.pixels.count + 24
    guard hasRoom(for: length) else { return }
    var bytes = image.pixels
    for number in [UInt64(image.size.width), UInt64(image.size.height), Self.checksum(image.pixels, image.size)] {
      for shift in stride(from: 0, to: 64, by: 8) { bytes.append(UInt8(truncatingIfNeeded: number >> UInt64(shift))) }
    }
    try? fileSystem.makeFolder(folder)
    if (try? fileSystem.write(bytes, to: path, durable: false)) != nil { held.withLock { $0? += length } }
  }

  private func hasRoom(for length: Int) -> Bool {
    held.withLock { held in
      if held.map({ $0 + length <= capacity }) != true { held = sweep() }
      return held! + length <= capacity
    }
  }

  /// What lies in the folder, when unused entries and what a killed process left have made room where it was full.
  private func sweep() -> Int {
    try? fileSystem.removeHalfWritten(in: folder)
    let now = Int64(time(nil)) * 1_000_000_000
    let entries = ((try? fileSystem.names(in: folder)) ?? []).compactMap { name in fileSystem.info(folder + "/" + name).map { (name: name, info: $0) } }
    var total = entries.reduce(0) { $0 + Int($1.info.size) }
    for entry in entries.sorted(by: { $0.info.changed < $1.info.changed }) where now - entry.info.changed > Self.day && total > capacity - capacity / 4 {
      if (try? fileSystem.remove(folder + "/" + entry.name)) != nil { total -= Int(entry.info.size) }
    }
    return total
  }

  /// Finds damage, not malice: every word of eight bytes is mixed in by a multiplication that loses nothing.
  private static func checksum(_ bytes: [UInt8], _ size: PixelSize) -> UInt64 {
    var sum = UInt64(size.width) << 32 ^ UInt64(size.height) ^ 0xCBF2_9CE4_8422_2325
    func mix(_ word: UInt64) {
      sum = (sum ^ word) &* 0x9E37_79B9_7F4A_7C15
      sum ^= sum >> 29
    }
    bytes.withUnsafeBytes { bytes in
      let words = bytes.count / 8
      for i in 0..<words { mix(bytes.loadUnaligned(fromByteOffset: 8 * i, as: UInt64.self)) }
      for byte in bytes[(8 * words)...] { mix(UInt64(byte)) }
    }
    return sum
  }
}
