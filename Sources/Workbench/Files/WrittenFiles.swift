import FoundationEssentials
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif
import Language

/// Which files outside the store Segue has written: only those, and only as it left them, may it write over without being forced.
final class WrittenFiles: Sendable {
  private struct Record: Codable {
    /// From the working directory, so that a directory can be moved; absolute for what lies elsewhere.
    var path: String
    /// Of what was there before the last writing, and of that.
    var digests: [String]
  }

  /// A record for each file, which processes that run at once do not take from each other.
  private let folder: String
  /// Where earlier versions kept all of them, by absolute path. It is read and never written.
  private let earlier: String
  /// The store's own folders and files, wherever it lies.
  private let storePlaces: [String]
  private let fileSystem: any FileSystem

  init(_ home: String, store: Store, _ fileSystem: any FileSystem) {
    (folder, earlier, self.fileSystem) = (home + "/written", home + "/written.json", fileSystem)
    storePlaces = store.places.map(fileSystem.resolved)
  }

  /// Fails if `location` lies elsewhere or belongs to somebody else.
  func check(_ location: Location, below directory: String, force: Bool, at range: SourceRange?) throws {
    let target = fileSystem.resolved(location.path)
    if fileSystem.info(target)?.isFolder == true {
      throw Diagnostic("'\(location.text)' is a folder", at: range, remedy: "name a file in it")
    }
    if force { return }
    guard target.hasPrefix(directory == "/" ? "/" : directory + "/") else {
      throw Diagnostic("'\(location.text)' lies outside the working directory", at: range, remedy: "name a place below it, or run segue with --force")
    }
    guard !target.hasPrefix(directory + "/.segue/") else {
      throw Diagnostic("'\(location.text)' lies in Segue's own folder", at: range, remedy: "write beside it")
    }
    if storePlaces.contains(where: { target == $0 || target.hasPrefix($0 + "/") }) {
      throw Diagnostic("'\(location.text)' lies in the store of values", at: range, remedy: "write to another folder")
    }
    guard let bytes = try? fileSystem.read(target) else {
      if fileSystem.exists(target) { throw Diagnostic("'\(location.text)' exists and cannot be read", at: range) }
      return
    }
    guard known(target, below: directory).contains(contentDigest(bytes)) else {
      throw Diagnostic("'\(location.text)' exists and was not written by Segue", at: range, remedy: "choose another name, or run segue with --force")
    }
  }

  func write(_ bytes: [UInt8], to location: Location, below directory: String, force: Bool, at range: SourceRange?) throws {
    try check(location, below: directory, force: force, at: range)
    let target = fileSystem.resolved(location.path), above = Workbench.folder(of: target)
    try fileSystem.makeFolder(above)
    try? fileSystem.removeHalfWritten(in: above)
    let lock = try recordLock()
    defer { withExtendedLifetime(lock) {} }
    // The record is written first, and knows what was there as well: whenever the power goes, the file is one that it knows.
    let digest = contentDigest(bytes), last = known(target, below: directory).last
    if last != digest {
      let name = WrittenFiles.name(of: target, below: directory)
      let record = Record(path: name, digests: [last, digest].compactMap(\.self))
      try fileSystem.write(Array(try JSONEncoder().encode(record)), to: place(of: name))
    }
    try fileSystem.write(bytes, to: target)
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

  private func place(of name: String) -> String { "\(folder)/\(contentDigest(Array(name.utf8)))" }
}
