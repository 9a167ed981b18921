#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif
import Synchronization

/// The files of one value, by name: in the store where they are checked against its manifest, or a workspace that is being filled.
public final class Folder: Sendable {
  struct Entry: Codable, Hashable {
    var size: Int64
    var sha256: String
  }

  private struct State {
    var path: String
    /// What each file must be; nil for a workspace.
    var manifest: [String: Entry]?
    /// Files that were checked, or written by this process.
    var known: [String: Entry] = [:]
  }

  public let fileSystem: any FileSystem
  private let state: Mutex<State>

  /// A folder that exists or will be made by the first write.
  public convenience init(_ path: String, in fileSystem: any FileSystem = LocalFileSystem()) {
    self.init(path, fileSystem, manifest: nil)
  }

  init(_ path: String, _ fileSystem: any FileSystem, manifest: [String: Entry]?) {
    self.fileSystem = fileSystem
    state = Mutex(State(path: path, manifest: manifest))
  }

  /// Where it lies now; a workspace moves into the store when its value is complete.
  public var path: String { state.withLock { $0.path } }

  /// The names of its files, sorted; not the manifest.
  public var names: [String] {
    if let manifest = state.withLock({ $0.manifest }) { return manifest.keys.sorted() }
    return ((try? fileSystem.names(in: path)) ?? []).filter { $0 != StoreForm.manifestName }
  }

  public func contains(_ name: String) -> Bool { names.contains(name) }

  /// In bytes, the largest of the files whose names begin like this; 0 where there are none. Nothing is read.
  public func largestFile(named prefix: String = "") -> Int64 {
    let path = path
    return names.filter { $0.hasPrefix(prefix) }.compactMap { fileSystem.info(path + "/" + $0)?.size }.max() ?? 0
  }

  /// The bytes of a file.
  ///
  /// - Throws: `FileError`; ``Damage`` where a file of the store is damaged, ``Replaced`` where another process is quicker.
  public func read(_ name: String) throws -> [UInt8] {
    do {
      return try readOnce(name)
    } catch {
      // Another process may just be putting its own value of the same recipe in the place of this one.
      guard try isBack(error) else { throw error }
      return try readOnce(name)
    }
  }

  private func readOnce(_ name: String) throws -> [UInt8] {
    let expected = state.withLock { $0.manifest?[name] }
    // One that grew may be larger than any memory.
    if let expected, let size = fileSystem.info(path + "/" + name)?.size, size != expected.size { throw Damage(path: path, name: name) }
    let bytes = try fileSystem.read(path + "/" + name)
    if let expected, state.withLock({ $0.known[name] }) == nil {
      guard expected == Entry(size: Int64(bytes.count), sha256: ContentHash.hexadecimal(of: bytes)) else { throw Damage(path: path, name: name) }
      state.withLock { $0.known[name] = expected }
    }
    return bytes
  }

  /// Whether a value of the store that was missing is there again, with the same files.
  private func isBack(_ error: any Error) throws -> Bool {
    let (path, old) = state.withLock { ($0.path, $0.manifest) }
    guard let old else { return false }
    for _ in 0..<50 {
      guard let files = StoreForm.files(ofValueAt: path, fileSystem) else {
        usleep(2_000)
        continue
      }
      guard files == old else {
        throw Replaced(path: path)
      }
      return (error as? FileError)?.isMissing == true
    }
    return false
  }

  /// The path of a file that was checked first, for those who read it by parts.
  public func checkedPath(_ name: String) throws -> String {
    if state.withLock({ $0.known[name] }) == nil { _ = try read(name) }
    return path + "/" + name
  }

  /// Writes a file, whole or not at all. Names have no slash.
  public func write(_ name: String, _ bytes: [UInt8]) throws {
    precondition(!name.isEmpty && !name.contains("/") && name != StoreForm.manifestName && !name.hasPrefix("."), "'\(name)' cannot name a file of a value")
    try fileSystem.makeFolder(path)
    try fileSystem.write(bytes, to: path + "/" + name)
    let entry = Entry(size: Int64(bytes.count), sha256: ContentHash.hexadecimal(of: bytes))
    state.withLock { $0.known[name] = entry }
  }

  public func remove(_ name: String) throws {
    try fileSystem.remove(path + "/" + name)
    state.withLock { $0.known[name] = nil }
  }

  /// Sizes and hashes of all files, from what is known or else from the disk.
  func listed() throws -> [String: Entry] {
    var entries: [String: Entry] = [:]
    for name in names {
      if let entry = state.withLock({ $0.known[name] }) { entries[name] = entry; continue }
      let bytes = try fileSystem.read(path + "/" + name)
      entries[name] = Entry(size: Int64(bytes.count), sha256: ContentHash.hexadecimal(of: bytes))
    }
    return entries
  }

  /// The folder was renamed; its files are now held to `manifest`.
  func moved(to path: String, manifest: [String: Entry]) {
    state.withLock { state in
      state.path = path
      state.manifest = manifest
      state.known = manifest
    }
  }

  /// A file of the store is not what its manifest says.
  public struct Damage: Error, Sendable, Hashable, CustomStringConvertible {
    public var path: String
    public var name: String
    public var description: String { "the stored file \(path)/\(name) is damaged" }
  }

  /// Another process put other bits in the place of a value that was being read.
  public struct Replaced: Error, Sendable, Hashable, CustomStringConvertible {
    public var path: String
    public var description: String { "another process put other bits in the place of \(path)" }
  }
}
