import Synchronization

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// What tells whether a file is still the one that was hashed, without reading it.
public struct FileIdentity: Hashable, Sendable {
  public let size: Int
  /// Nanoseconds since 1970.
  public let modified: Int
  public let inode: UInt64

  public init(size: Int, modified: Int, inode: UInt64) {
    (self.size, self.modified, self.inode) = (size, modified, inode)
  }

  /// The identity of the file at this path; nil where there is none.
  public init?(of path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    #if canImport(Glibc)
    let time = status.st_mtim
    #else
    let time = status.st_mtimespec
    #endif
    self.init(
      size: Int(status.st_size), modified: Int(time.tv_sec) * 1_000_000_000 + Int(time.tv_nsec), inode: UInt64(status.st_ino))
  }
}

/// Remembers the hashes of files. Hashing GTA5 reads 57 GB; a recipe asks for it at every start.
public protocol FileHashCache: Sendable {
  /// The 32 bytes of the SHA-256, where they are known.
  func hash(of file: FileIdentity) -> [UInt8]?
  func keep(_ hash: [UInt8], of file: FileIdentity)
}

/// Hashes in memory, with a form in which they can be kept in a file.
public final class HashTable: FileHashCache {
  private let hashes: Mutex<[FileIdentity: [UInt8]]>

  /// An empty table, or what `text` holds. Lines that are not understood are left out: the files are hashed again.
  public init(text: String = "") {
    var hashes: [FileIdentity: [UInt8]] = [:]
    for line in text.split(separator: "\n") {
      let words = line.split(separator: " ")
      guard words.count == 4, let size = Int(words[0]), let modified = Int(words[1]), let inode = UInt64(words[2]) else { continue }
      let digits = Array(words[3])
      guard digits.count == 64 else { continue }
      let bytes = stride(from: 0, to: 64, by: 2).compactMap { UInt8(String(digits[$0...$0 + 1]), radix: 16) }
      if bytes.count == 32 { hashes[FileIdentity(size: size, modified: modified, inode: inode)] = bytes }
    }
    self.hashes = Mutex(hashes)
  }

  public func hash(of file: FileIdentity) -> [UInt8]? { hashes.withLock { $0[file] } }

  public func keep(_ hash: [UInt8], of file: FileIdentity) { hashes.withLock { $0[file] = hash } }

  /// A line for each file: size, time, inode and hash, in a fixed order.
  public var text: String {
    let lines = hashes.withLock { $0 }.map { file, hash in
      "\(file.size) \(file.modified) \(file.inode) \(hash.map(hexadecimal).joined())\n"
    }
    return lines.sorted().joined()
  }
}
