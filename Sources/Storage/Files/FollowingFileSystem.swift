/// The files of another file system, of which nothing is changed: for a process that does what another one does, and leaves it to that one to
/// write it down.
public final class FollowingFileSystem: FileSystem {
  private let base: any FileSystem

  public init(_ base: any FileSystem) { self.base = base }

  public func snapshot(_ path: String) throws(FileError) -> FileSnapshot { try base.snapshot(path) }
  public func read(_ path: String, from start: Int, count: Int) throws(FileError) -> [UInt8] { try base.read(path, from: start, count: count) }
  public func entries(in folder: String) throws(FileError) -> [FileName] { try base.entries(in: folder) }
  public func info(_ path: String) -> FileInfo? { base.info(path) }
  public func isLink(_ path: String) -> Bool { base.isLink(path) }
  public func freeSpace(at path: String) -> Int64? { base.freeSpace(at: path) }
  public func resolved(_ path: String) -> String { base.resolved(path) }

  public func write(_ bytes: [UInt8], to path: String, durable: Bool) throws(FileError) {}
  public func append(_ bytes: [UInt8], to path: String) throws(FileError) {}
  public func makeFolder(_ path: String) throws(FileError) {}
  public func move(_ path: String, to new: String) throws(FileError) {}
  public func exchange(_ path: String, with other: String) throws(FileError) {}
  public func remove(_ path: String) throws(FileError) {}
  public func touch(_ path: String) throws(FileError) {}
  public func lock(_ path: String) throws(FileError) -> FileLock? { FileLock {} }
}
