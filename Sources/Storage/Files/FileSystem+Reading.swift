#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

extension FileSystem {
  /// All bytes of a file.
  public func read(_ path: String) throws(FileError) -> [UInt8] {
    let found = try snapshot(path)
    if found.isCut { throw FileError("read", path, FileError.endedEarly) }
    return found.bytes
  }

  /// The first bytes of a file, `count` of them or what there is.
  public func read(_ path: String, first count: Int) throws(FileError) -> [UInt8] { try read(path, from: 0, count: count) }

  /// The bytes of a file that is refused where it is longer than such files are, before it is read or parsed.
  public func read(_ path: String, atMost limit: Int) throws(FileError) -> [UInt8] {
    if let info = info(path), !info.isFolder, info.size > limit { throw FileError("read", path, EFBIG) }
    // It may grow meanwhile.
    let bytes = try read(path, first: limit + 1)
    guard bytes.count <= limit else { throw FileError("read", path, EFBIG) }
    return bytes
  }

  /// The bytes of a file and the one state that they belong to: somebody may be writing it at this moment.
  ///
  /// - Throws: what went wrong while reading, and that the file changes all the time.
  public func settled(_ path: String) throws(FileError) -> (bytes: [UInt8], info: FileInfo) {
    for _ in 0..<3 {
      let found = try snapshot(path)
      guard let info = found.info else { continue }
      if found.isCut { throw FileError("read", path, FileError.endedEarly) }
      return (found.bytes, info)
    }
    throw FileError("read", path, FileError.keepsChanging)
  }

  public func exists(_ path: String) -> Bool { info(path) != nil }

  public func isFolder(_ path: String) -> Bool { info(path)?.isFolder == true }

  /// The file as text; nil where it is missing, too long, or not UTF-8.
  public func text(_ path: String, atMost limit: Int = FileLimit.note) -> String? {
    guard let bytes = try? read(path, atMost: limit) else { return nil }
    return String(validating: bytes, as: UTF8.self)
  }

  /// Names of files and folders, sorted by their bytes; what is not UTF-8 in them is repaired.
  public func names(in folder: String) throws(FileError) -> [String] { try entries(in: folder).map(\.repaired) }

  /// The bytes of all files below a folder.
  public func size(of path: String) -> Int64 {
    guard let info = info(path) else { return 0 }
    guard info.isFolder else { return info.size }
    return ((try? names(in: path)) ?? []).reduce(0) { $0 + size(of: "\(path)/\($1)") }
  }

  public func write(_ bytes: [UInt8], to path: String) throws(FileError) { try write(bytes, to: path, durable: true) }

  public func write(_ text: String, to path: String) throws(FileError) { try write(Array(text.utf8), to: path) }
}
