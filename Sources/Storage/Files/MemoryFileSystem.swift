#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif
import Synchronization

/// Files that last as long as the process: for sessions that are not to leave a trace, and for tests. It has no links.
public final class MemoryFileSystem: FileSystem {
  private struct State {
    var files: [String: (bytes: [UInt8], changed: Int64)] = [:]
    var folders: Set<String> = ["/", "."]
    var locks: Set<String> = []
    var clock: Int64 = 0
  }

  private let state = Mutex(State())

  public init() {}

  public func read(_ path: String) throws(FileError) -> [UInt8] {
    guard let file = state.withLock({ $0.files[path] }) else { throw FileError("read", path, ENOENT) }
    return file.bytes
  }

  public func write(_ bytes: [UInt8], to path: String) throws(FileError) { try put(path) { _ in bytes } }
  public func append(_ bytes: [UInt8], to path: String) throws(FileError) { try put(path) { $0 + bytes } }

  private func put(_ path: String, _ change: ([UInt8]) -> [UInt8]) throws(FileError) {
    let hasFolder = state.withLock { state in
      guard state.folders.contains(folder(of: path)) else { return false }
      state.clock += 1
      state.files[path] = (change(state.files[path]?.bytes ?? []), state.clock)
      return true
    }
    if !hasFolder { throw FileError("write", path, ENOENT) }
  }

  public func makeFolder(_ path: String) throws(FileError) {
    state.withLock { state in
      var path = path
      while state.folders.insert(path).inserted { path = folder(of: path) }
    }
  }

  public func names(in folder: String) throws(FileError) -> [String] {
    let names: [String]? = state.withLock { state in
      guard state.folders.contains(folder) else { return nil }
      let front = folder == "/" ? "/" : folder + "/"
      let inside = (Array(state.files.keys) + state.folders).filter { $0.hasPrefix(front) && $0 != front && !$0.dropFirst(front.count).contains("/") }
      return inside.map(lastName).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }
    guard let names else { throw FileError("list", folder, ENOENT) }
    return names
  }

  public func info(_ path: String) -> FileInfo? {
    state.withLock { state in
      if let file = state.files[path] { return FileInfo(size: Int64(file.bytes.count), isFolder: false, changed: file.changed, inode: 0) }
      return state.folders.contains(path) ? FileInfo(size: 0, isFolder: true, changed: 0, inode: 0) : nil
    }
  }

  public func move(_ path: String, to new: String) throws(FileError) {
    guard exists(path) else { throw FileError("rename", path, ENOENT) }
    guard info(new)?.isFolder != true else { throw FileError("rename", path, EEXIST) }
    state.withLock { state in
      for old in Array(state.files.keys) where old == path || old.hasPrefix(path + "/") {
        state.files[new + old.dropFirst(path.count)] = state.files.removeValue(forKey: old)
      }
      for old in state.folders where old == path || old.hasPrefix(path + "/") {
        state.folders.remove(old)
        state.folders.insert(new + old.dropFirst(path.count))
      }
    }
  }

  public func remove(_ path: String) throws(FileError) {
    state.withLock { state in
      state.files = state.files.filter { $0.key != path && !$0.key.hasPrefix(path + "/") }
      state.folders = state.folders.filter { $0 != path && !$0.hasPrefix(path + "/") }
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
