/// Files as everything above needs them: every write is whole or not at all, and is on the disk when it returns.
/// ``LocalFileSystem`` is the real one, ``MemoryFileSystem`` forgets, ``FaultyFileSystem`` fails when told.
public protocol FileSystem: Sendable {
  /// All bytes of a file, with the state that they belong to. ``read(_:)`` and ``settled(_:)`` are what callers want.
  func snapshot(_ path: String) throws(FileError) -> FileSnapshot

  /// `count` bytes from `start` on, or what there is: what a file is can be seen before all of it is read.
  func read(_ path: String, from start: Int, count: Int) throws(FileError) -> [UInt8]

  /// Puts `bytes` in the place of whatever was there: written aside, and renamed. The folder must exist. What is `durable` has reached
  /// the disk when this returns; what can be recomputed need not wait for that.
  func write(_ bytes: [UInt8], to path: String, durable: Bool) throws(FileError)

  /// Adds `bytes` at the end and brings them to the disk.
  func append(_ bytes: [UInt8], to path: String) throws(FileError)

  /// With the folders above it; nothing where it exists.
  func makeFolder(_ path: String) throws(FileError)

  /// Names of files and folders, sorted by their bytes. Half-written files are not among them.
  func entries(in folder: String) throws(FileError) -> [FileName]

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
}
