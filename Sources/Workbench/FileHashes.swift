import FoundationEssentials
import Synchronization

/// SHA-256 of files that commands read, remembered by size, time of change and inode, so that unchanged files are not read again.
public final class FileHashes: Sendable {
  private struct Remembered: Codable {
    var info: FileInfo
    var sha256: String
    /// What commands saw in the bytes, by the question they asked.
    var findings: [String: String]?
  }

  private let path: String
  private let fileSystem: any FileSystem
  private let state: Mutex<(remembered: [String: Remembered]?, isChanged: Bool)> = Mutex((nil, false))

  init(_ path: String, _ fileSystem: any FileSystem) { (self.path, self.fileSystem) = (path, fileSystem) }

  /// The hash of the file's bytes, 64 hexadecimal digits.
  public func sha256(of file: String) throws -> String {
    guard let info = fileSystem.info(file) else { return contentDigest(try fileSystem.read(file)) }
    if let known = known(file), known.info == info { return known.sha256 }
    let digest = contentDigest(try fileSystem.read(file))
    remember(file, Remembered(info: info, sha256: digest))
    return digest
  }

  /// What `look` sees in the file's bytes, remembered as the answer to `question` for as long as the file stays as it is. The hash is
  /// learnt on the way, so that the file is read once.
  public func finding(_ question: String, in file: String, _ look: ([UInt8]) throws -> String) throws -> String {
    guard let info = fileSystem.info(file) else { return try look(fileSystem.read(file)) }
    var entry = known(file)
    if entry?.info != info { entry = nil }
    if let answer = entry?.findings?[question] { return answer }
    let bytes = try fileSystem.read(file), answer = try look(bytes)
    var remembered = entry ?? Remembered(info: info, sha256: contentDigest(bytes))
    remembered.findings = (remembered.findings ?? [:]).merging([question: answer]) { $1 }
    remember(file, remembered)
    return answer
  }

  private func known(_ file: String) -> Remembered? {
    state.withLock { state in
      if state.remembered == nil { state.remembered = load() }
      return state.remembered?[file]
    }
  }

  private func remember(_ file: String, _ entry: Remembered) {
    state.withLock { state in
      state.remembered?[file] = entry
      state.isChanged = true
    }
  }

  /// Writes what was learnt; a failure costs time later and nothing else.
  func save() {
    let bytes: [UInt8]? = state.withLock { state in
      guard state.isChanged, let remembered = state.remembered, let data = try? JSONEncoder().encode(remembered) else { return nil }
      state.isChanged = false
      return Array(data)
    }
    if let bytes {
      try? fileSystem.makeFolder(folder(of: path))
      try? fileSystem.write(bytes, to: path)
    }
  }

  private func load() -> [String: Remembered] {
    guard let bytes = try? fileSystem.read(path) else { return [:] }
    return (try? JSONDecoder().decode([String: Remembered].self, from: Data(bytes))) ?? [:]
  }
}
