#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif
import Synchronization

/// Files that last as long as the process: for sessions that are not to leave a trace, for data sets that a program makes, and for tests.
/// It has no links.
public final class MemoryFileSystem: FileSystem {
  private struct State {
    var files: [String: (bytes: [UInt8], info: FileInfo)] = [:]
    var folders: [String: FileInfo] = [:]
    var locks: Set<String> = []
    /// Counts changes, and gives every file and folder a number of its own.
    var clock: Int64 = 0

    init() { for path in ["/", "."] { addFolder(path) } }

    mutating func tick() -> Int64 {
      clock += 1
      return clock
    }

    mutating func addFolder(_ path: String) {
      let now = tick()
      folders[path] = FileInfo(size: 0, isFolder: true, changed: now, inode: UInt64(now))
    }
  }

  private let state = Mutex(State())

  public init() {}

  public func snapshot(_ path: String) throws(FileError) -> FileSnapshot {
    guard let file = state.withLock({ $0.files[path] }) else { throw FileError("read", path, isFolder(path) ? EISDIR : ENOENT) }
    return FileSnapshot(bytes: file.bytes, info: file.info)
  }

  public func read(_ path: String, from start: Int, count: Int) throws(FileError) -> [UInt8] {
    Array(try read(path).dropFirst(start).prefix(count))
  }

  public func write(_ bytes: [UInt8], to path: String, durable: Bool) throws(FileError) { try put(path, isNew: true) { _ in bytes } }
  public func append(_ bytes: [UInt8], to path: String) throws(FileError) { try put(path) { $0 + bytes } }

  /// A file that is written whole is another file, as on a disk where it is renamed into its place.
  private func put(_ path: String, isNew: Bool = false, _ change: ([UInt8]) -> [UInt8]) throws(FileError) {
    let hasFolder = state.withLock { state in
      guard state.folders[folder(of: path)] != nil else { return false }
      let old = state.files[path], bytes = change(old?.bytes ?? []), now = state.tick()
      let inode = isNew ? nil : old?.info.inode
      state.files[path] = (bytes, FileInfo(size: Int64(bytes.count), isFolder: false, changed: now, inode: inode ?? UInt64(now)))
      return true
    }
    if !hasFolder { throw FileError("write", path, ENOENT) }
  }

  public func makeFolder(_ path: String) throws(FileError) {
    state.withLock { state in
      var path = path
      while state.folders[path] == nil {
        state.addFolder(path)
        path = folder(of: path)
      }
    }
  }

  public func entries(in folder: String) throws(FileError) -> [FileName] {
    let names: [String]? = state.withLock { state in
      guard state.folders[folder] != nil else { return nil }
      let front = folder == "/" ? "/" : folder + "/"
      let inside = (Array(state.files.keys) + state.folders.keys).filter { $0.hasPrefix(front) && $0 != front && !$0.dropFirst(front.count).contains("/") }
      return inside.map(lastName).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }
    guard let names else { throw FileError("list", folder, ENOENT) }
    return names.map { FileName($0) }
  }

  public func info(_ path: String) -> FileInfo? { state.withLock { $0.files[path]?.info ?? $0.folders[path] } }

  public func move(_ path: String, to new: String) throws(FileError) {
    guard exists(path) else { throw FileError("rename", path, ENOENT) }
    guard info(new)?.isFolder != true else { throw FileError("rename", path, EEXIST) }
    state.withLock { state in
      for old in Array(state.files.keys) where old == path || old.hasPrefix(path + "/") {
        state.files[new + old.dropFirst(path.count)] = state.files.removeValue(forKey: old)
      }
      for old in Array(state.folders.keys) where old == path || old.hasPrefix(path + "/") {
        state.folders[new + old.dropFirst(path.count)] = state.folders.removeValue(forKey: old)
      }
    }
  }

  public func remove(_ path: String) throws(FileError) {
    state.withLock { state in
      state.files = state.files.filter { $0.key != path && !$0.key.hasPrefix(path + "/") }
      state.folders = state.folders.filter { $0.key != path && !$0.key.hasPrefix(path + "/") }
    }
  }

  public func touch(_ path: String) throws(FileError) { try put(path) { $0 } }
  public func freeSpace(at path: String) -> Int64? { nil }

  public func lock(_ path: String) throws(FileError) -> FileLock? {
    guard state.withLock({ $0.locks.insert(path).inserted }) else { return nil }
    return FileLock { [self] in _ = state.withLock { $0.locks.remove(path) } }
  }

  public func resolved(_ path: String) -> String { path }
}
