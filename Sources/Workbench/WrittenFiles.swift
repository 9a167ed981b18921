import FoundationEssentials
import Language

/// Which files outside the store Segue has written: only those, and only as it left them, may it write over without being forced.
final class WrittenFiles: Sendable {
  private let record: String
  private let fileSystem: any FileSystem

  init(_ record: String, _ fileSystem: any FileSystem) { (self.record, self.fileSystem) = (record, fileSystem) }

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
    guard let bytes = try? fileSystem.read(target) else {
      if fileSystem.exists(target) { throw Diagnostic("'\(location.text)' exists and cannot be read", at: range) }
      return
    }
    guard load()[target]?.split(separator: " ").contains(Substring(contentDigest(bytes))) == true else {
      throw Diagnostic("'\(location.text)' exists and was not written by Segue", at: range, remedy: "choose another name, or run segue with --force")
    }
  }

  func write(_ bytes: [UInt8], to location: Location, below directory: String, force: Bool, at range: SourceRange?) throws {
    try check(location, below: directory, force: force, at: range)
    let target = fileSystem.resolved(location.path)
    try fileSystem.makeFolder(folder(of: target))
    // The record is written first, and knows what was there as well: whenever the power goes, the file is one that it knows.
    var known = load()
    let digest = contentDigest(bytes), last = known[target]?.split(separator: " ").last.map(String.init)
    if last != digest {
      known[target] = [last, digest].compactMap(\.self).joined(separator: " ")
      try fileSystem.makeFolder(folder(of: record))
      try fileSystem.write(Array(try JSONEncoder().encode(known)), to: record)
    }
    try fileSystem.write(bytes, to: target)
  }

  private func load() -> [String: String] {
    guard let bytes = try? fileSystem.read(record) else { return [:] }
    return (try? JSONDecoder().decode([String: String].self, from: Data(bytes))) ?? [:]
  }
}
