import FoundationEssentials
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Which files outside the store were written by this program: only those, and only as it left them, may it write over without being forced.
public final class WrittenFiles: Sendable {
  /// Why a file is not written over.
  public enum Refusal: Error, Sendable, Hashable, CaseIterable {
    case isFolder
    /// It lies outside of the working directory.
    case isOutside
    /// It lies among the records of this program.
    case isOurs
    /// It lies among the values of the store.
    case isInStore
    case isUnreadable
    /// Somebody else wrote it, or changed it since.
    case isForeign
  }

  private struct Record: Codable {
    /// From the working directory, so that a directory can be moved; absolute for what lies elsewhere.
    var path: String
    /// Of what was there before the last writing, and of that.
    var digests: [String]
  }

  /// Where the program keeps its own files.
  private let home: String
  /// A record for each file, which processes that run at once do not take from each other.
  private let folder: String
  /// Where earlier versions kept all of them, by absolute path. It is read and never written.
  private let earlier: String
  /// The store's own folders and files, wherever it lies.
  private let storePlaces: [String]
  private let fileSystem: any FileSystem

  public init(_ home: String, storeAt storePlaces: [String], _ fileSystem: any FileSystem) {
    (self.home, self.fileSystem) = (home, fileSystem)
    self.storePlaces = storePlaces.map(fileSystem.resolved)
    (folder, earlier) = (home + "/written", home + "/written.json")
  }

  /// Fails if `path` lies outside of `directory` or belongs to somebody else.
  public func check(_ path: String, below directory: String, force: Bool) throws(Refusal) {
    let target = fileSystem.resolved(path)
    if fileSystem.isFolder(target) { throw .isFolder }
    if force { return }
    guard target.hasPrefix(directory == "/" ? "/" : directory + "/") else { throw .isOutside }
    guard !target.hasPrefix(home + "/") else { throw .isOurs }
    if storePlaces.contains(where: { target == $0 || target.hasPrefix($0 + "/") }) { throw .isInStore }
    guard let bytes = try? fileSystem.read(target) else {
      if fileSystem.exists(target) { throw .isUnreadable }
      return
    }
    guard known(target, below: directory).contains(ContentHash.hexadecimal(of: bytes)) else { throw .isForeign }
  }

  /// Puts `bytes` in the place of what was there.
  ///
  /// - Throws: ``Refusal``, and `FileError` where the disk fails.
  public func write(_ bytes: [UInt8], to path: String, below directory: String, force: Bool) throws {
    try change(path, below: directory, force: force, to: { _ in bytes }) { target in try fileSystem.write(bytes, to: target) }
  }

  /// Adds `bytes` at the end of what was there, for programs that follow a file as it grows. Where the power goes, it may have lost its end.
  ///
  /// - Throws: ``Refusal``, and `FileError` where the disk fails.
  public func append(_ bytes: [UInt8], to path: String, below directory: String, force: Bool) throws {
    try change(path, below: directory, force: force, to: { target in try fileSystem.exists(target) ? fileSystem.read(target) + bytes : bytes }) { target in
      try fileSystem.append(bytes, to: target)
    }
  }

  /// - Parameter contents: what the file will hold.
  private func change(
    _ path: String, below directory: String, force: Bool, to contents: (_ target: String) throws -> [UInt8], by work: (_ target: String) throws -> Void
  ) throws {
    try check(path, below: directory, force: force)
    let target = fileSystem.resolved(path), above = Storage.folder(of: target)
    try fileSystem.makeFolder(above)
    try? fileSystem.removeHalfWritten(in: above)
    let lock = try recordLock()
    defer { withExtendedLifetime(lock) {} }
    // The record is written first, and knows what was there as well: whenever the power goes, the file is one that it knows.
    let digest = ContentHash.hexadecimal(of: try contents(target)), last = known(target, below: directory).last
    if last != digest {
      let name = WrittenFiles.name(of: target, below: directory)
      let record = Record(path: name, digests: [last, digest].compactMap(\.self))
      try fileSystem.write(Array(try JSONEncoder().encode(record)), to: place(of: name))
    }
    try work(target)
  }

  /// Held while a record and its file are written; other processes take a moment.
  private func recordLock() throws -> FileLock {
    try fileSystem.makeFolder(folder)
    for _ in 0..<3000 {
      if let lock = try fileSystem.lock(folder + "/lock") { return lock }
      usleep(10_000)
    }
    throw FileError("lock", folder + "/lock", EAGAIN)
  }

  /// The digests of what Segue wrote to a file.
  private func known(_ target: String, below directory: String) -> [String] {
    let name = WrittenFiles.name(of: target, below: directory)
    if let bytes = try? fileSystem.read(place(of: name), atMost: FileLimit.note), let record = try? JSONDecoder().decode(Record.self, from: Data(bytes)), record.path == name {
      return record.digests
    }
    guard let bytes = try? fileSystem.read(earlier, atMost: FileLimit.record), let all = try? JSONDecoder().decode([String: String].self, from: Data(bytes)) else { return [] }
    // The directory may have been moved since.
    let found = all[target] ?? all.filter { $0.key.hasSuffix("/" + name) }.sorted { $0.key < $1.key }.map(\.value).joined(separator: " ")
    return found.split(separator: " ").map(String.init)
  }

  private static func name(of target: String, below directory: String) -> String {
    let front = directory == "/" ? "/" : directory + "/"
    return target.hasPrefix(front) ? String(target.dropFirst(front.count)) : target
  }

  private func place(of name: String) -> String { "\(folder)/\(ContentHash.hexadecimal(of: Array(name.utf8)))" }
}
