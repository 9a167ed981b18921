#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif
import Synchronization

/// Another file system that fails when it is told to: what tests of full, read-only and failing disks and of sudden death stand on.
public final class FaultyFileSystem: FileSystem {
  public enum Fault: Sendable, Equatable {
    /// Writes fail once this many bytes have been written.
    case full(afterBytes: Int)
    /// Nothing can be changed.
    case readOnly
    /// Renaming fails.
    case failingRename
    /// Nothing reaches the disk after this many changes, as if the power had gone.
    case powerCut(afterChanges: Int)
    /// Only the change after this many fails.
    case once(afterChanges: Int)
    /// The disk cannot read the file whose path ends like this.
    case unreadable(String)
    /// Of the file whose path ends like this, only so many bytes come.
    case cut(String, bytes: Int)
    /// The file whose path ends like this is listed, and gone when it is opened.
    case vanished(String)
    /// The folder whose path ends like this cannot be listed.
    case unlistable(String)
  }

  private let base: any FileSystem
  private let state: Mutex<(fault: Fault?, bytes: Int, changes: Int)>

  public init(_ base: any FileSystem, _ fault: Fault? = nil) {
    self.base = base
    state = Mutex((fault, 0, 0))
  }

  /// From now on this goes wrong, or nothing; counts start anew.
  public func fail(_ fault: Fault?) { state.withLock { $0 = (fault, 0, 0) } }

  /// How often something was changed since ``fail(_:)``.
  public var changes: Int { state.withLock { $0.changes } }

  private func change(_ operation: String, _ path: String, bytes: Int = 0, renames: Bool = false) throws(FileError) {
    let code: Int32? = state.withLock { state in
      switch state.fault {
      case .full(let limit):
        guard state.bytes + bytes <= limit || bytes == 0 else { return ENOSPC }
      case .readOnly: return EROFS
      case .failingRename: if renames { return EIO }
      case .powerCut(let limit): if state.changes >= limit { return EIO }
      case .once(let number):
        if state.changes == number {
          state.changes += 1
          return EIO
        }
      case .unreadable, .cut, .vanished, .unlistable, nil: break
      }
      state.bytes += bytes
      state.changes += 1
      return nil
    }
    if let code { throw FileError(operation, path, code) }
  }

  /// Fails where reading this file does; how many of its bytes come, where not all do.
  private func readable(_ path: String) throws(FileError) -> Int? {
    switch state.withLock({ $0.fault }) {
    case .unreadable(let end) where path.hasSuffix(end): throw FileError("read", path, EIO)
    case .vanished(let end) where path.hasSuffix(end): throw FileError("read", path, ENOENT)
    case .cut(let end, let bytes) where path.hasSuffix(end): return bytes
    default: return nil
    }
  }

  public func snapshot(_ path: String) throws(FileError) -> FileSnapshot {
    let limit = try readable(path)
    var found = try base.snapshot(path)
    if let limit { found.bytes = Array(found.bytes.prefix(limit)) }
    return found
  }
  public func read(_ path: String, from start: Int, count: Int) throws(FileError) -> [UInt8] {
    let limit = try readable(path)
    return try base.read(path, from: start, count: limit.map { max(0, min(count, $0 - start)) } ?? count)
  }
  public func write(_ bytes: [UInt8], to path: String, durable: Bool) throws(FileError) {
    try change("write", path, bytes: bytes.count, renames: true)
    try base.write(bytes, to: path, durable: durable)
  }
  public func append(_ bytes: [UInt8], to path: String) throws(FileError) {
    try change("write", path, bytes: bytes.count)
    try base.append(bytes, to: path)
  }
  public func makeFolder(_ path: String) throws(FileError) {
    if base.info(path)?.isFolder == true { return }
    try change("make the folder", path)
    try base.makeFolder(path)
  }
  public func entries(in folder: String) throws(FileError) -> [FileName] {
    if case .unlistable(let end) = state.withLock({ $0.fault }), folder.hasSuffix(end) { throw FileError("list", folder, EIO) }
    return try base.entries(in: folder)
  }
  public func info(_ path: String) -> FileInfo? { base.info(path) }
  public func isLink(_ path: String) -> Bool { base.isLink(path) }
  public func move(_ path: String, to new: String) throws(FileError) {
    try change("rename", path, renames: true)
    try base.move(path, to: new)
  }
  public func exchange(_ path: String, with other: String) throws(FileError) {
    try change("rename", path, renames: true)
    try base.exchange(path, with: other)
  }
  public func remove(_ path: String) throws(FileError) {
    try change("remove", path)
    try base.remove(path)
  }
  public func removeHalfWritten(in folder: String) throws(FileError) {
    try change("remove", folder)
    try base.removeHalfWritten(in: folder)
  }
  public func touch(_ path: String) throws(FileError) {
    try change("touch", path)
    try base.touch(path)
  }
  public func freeSpace(at path: String) -> Int64? {
    if case .full(let limit) = state.withLock({ $0.fault }) { return Int64(limit) }
    return base.freeSpace(at: path)
  }
  public func lock(_ path: String) throws(FileError) -> FileLock? {
    if state.withLock({ $0.fault }) == .readOnly, !base.exists(path) { throw FileError("lock", path, EROFS) }
    return try base.lock(path)
  }
  public func resolved(_ path: String) -> String { base.resolved(path) }
}
