#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Files as the workbench needs them: every write is whole or not at all, and is on the disk when it returns.
/// ``LocalFileSystem`` is the real one, ``MemoryFileSystem`` forgets, ``FaultyFileSystem`` fails when told.
public protocol FileSystem: Sendable {
  func read(_ path: String) throws(FileError) -> [UInt8]

  /// The first bytes of a file, `count` of them or what there is: what it is can be seen before all of it is read.
  func read(_ path: String, first count: Int) throws(FileError) -> [UInt8]

  /// Puts `bytes` in the place of whatever was there: written aside, brought to the disk, renamed. The folder must exist.
  func write(_ bytes: [UInt8], to path: String) throws(FileError)

  /// Adds `bytes` at the end and brings them to the disk.
  func append(_ bytes: [UInt8], to path: String) throws(FileError)

  /// With the folders above it; nothing where it exists.
  func makeFolder(_ path: String) throws(FileError)

  /// Names of files and folders, sorted by their bytes. Half-written files are not among them.
  func names(in folder: String) throws(FileError) -> [String]

  /// Nil where there is nothing.
  func info(_ path: String) -> FileInfo?

  /// Whether the name itself is a symbolic link, wherever it leads.
  func isLink(_ path: String) -> Bool

  /// Renames a file or folder, on the same disk. A file is replaced; a folder must not exist yet.
  func move(_ path: String, to new: String) throws(FileError)

  /// Puts each of two files or folders, on the same disk, in the place of the other: nobody finds neither.
  func exchange(_ path: String, with other: String) throws(FileError)

  /// With everything below it; nothing where it does not exist.
  func remove(_ path: String) throws(FileError)

  /// Removes what a sudden death left half written in this folder. Nobody else may be writing there.
  func removeHalfWritten(in folder: String) throws(FileError)

  /// Sets the time of last change to now.
  func touch(_ path: String) throws(FileError)

  /// Bytes that can still be written near `path`; nil where the system does not say.
  func freeSpace(at path: String) -> Int64?

  /// Holds the lock file `path` until the result is let go; nil where somebody else holds it.
  func lock(_ path: String) throws(FileError) -> FileLock?

  /// The absolute path with all links followed; parts that do not exist stay as they are.
  func resolved(_ path: String) -> String
}

public struct FileInfo: Sendable, Hashable, Codable {
  /// Bytes; of a folder 0.
  public var size: Int64
  public var isFolder: Bool
  /// Nanoseconds since 1970; a program may set it to anything.
  public var changed: Int64
  public var inode: UInt64
  /// When the system last saw a change of bytes, names or rights, which no program can set; nanoseconds since 1970.
  public var statusChanged: Int64
  public var device: UInt64

  public init(size: Int64, isFolder: Bool, changed: Int64, inode: UInt64, statusChanged: Int64? = nil, device: UInt64 = 0) {
    self.size = size
    self.isFolder = isFolder
    self.changed = changed
    self.inode = inode
    self.statusChanged = statusChanged ?? changed
    self.device = device
  }
}

/// Held from its making until it is let go; the system lets go of it when the process dies.
public final class FileLock: Sendable {
  private let release: @Sendable () -> Void
  public init(release: @escaping @Sendable () -> Void) { self.release = release }
  deinit { release() }
}

extension FileSystem {
  public func removeHalfWritten(in folder: String) throws(FileError) {}
  public func isLink(_ path: String) -> Bool { false }

  /// By way of a third name: for a moment nothing is there, where the file system has nothing better.
  public func exchange(_ path: String, with other: String) throws(FileError) {
    let aside = path + ".aside"
    try remove(aside)
    try move(other, to: aside)
    do throws(FileError) {
      try move(path, to: other)
    } catch {
      try? move(aside, to: other)
      throw error
    }
    try move(aside, to: path)
  }

  public func read(_ path: String, first count: Int) throws(FileError) -> [UInt8] { Array(try read(path).prefix(count)) }

  public func exists(_ path: String) -> Bool { info(path) != nil }

  /// The bytes of a file that is refused where it is longer than such files are, before it is read or parsed.
  public func read(_ path: String, atMost limit: Int) throws(FileError) -> [UInt8] {
    if let info = info(path), !info.isFolder, info.size > limit { throw FileError("read", path, EFBIG) }
    // It may grow meanwhile.
    let bytes = try read(path, first: limit + 1)
    guard bytes.count <= limit else { throw FileError("read", path, EFBIG) }
    return bytes
  }

  /// The file as text; nil where it is missing, too long, or not UTF-8.
  func text(_ path: String, atMost limit: Int = FileLimit.note) -> String? {
    guard let bytes = try? read(path, atMost: limit) else { return nil }
    return String(validating: bytes, as: UTF8.self)
  }

  func write(_ text: String, to path: String) throws(FileError) { try write(Array(text.utf8), to: path) }

  /// The bytes of all files below a folder.
  func size(of path: String) -> Int64 {
    guard let info = info(path) else { return 0 }
    guard info.isFolder else { return info.size }
    return ((try? names(in: path)) ?? []).reduce(0) { $0 + size(of: "\(path)/\($1)") }
  }
}

/// The longest files that are read, by what they are: far above what Segue writes, and far below the memory of a machine.
public enum FileLimit {
  /// Small ones that hold one thing: a mark, a place, a record.
  public static let note = 1 << 20
  /// Those that grow with the work: journals, sessions, lists of files, locks.
  public static let record = 256 << 20
}
