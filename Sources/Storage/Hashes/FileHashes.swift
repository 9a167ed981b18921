import FoundationEssentials
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif
import Synchronization

/// SHA-256 of files that commands read, remembered by everything that changes with a file's bytes (size, both times, inode, device), so that
/// unchanged files are not read again.
public final class FileHashes: Sendable {
  private typealias Known = [String: Remembered]

  private struct Remembered: Codable {
    var info: FileInfo
    var sha256: String
    /// What commands saw in the bytes, by the question they asked.
    var findings: [String: String]?
  }

  /// The file that lasts from run to run. Without its digest, one that was altered would speak for files that it never saw.
  private struct Kept: Codable {
    var format: Int
    var digest: String
    var files: Known
  }

  private static let format = 2
  /// A file that changed within this time may change again without a difference in its times, in nanoseconds: clocks of file systems tick
  /// every few milliseconds.
  private static let unsettled: Int64 = 100_000_000

  private let path: String
  private let fileSystem: any FileSystem
  /// True where nothing of former runs is believed.
  private let isFresh: Bool
  private let state: Mutex<(remembered: Known?, isChanged: Bool)> = Mutex((nil, false))

  public init(_ path: String, _ fileSystem: any FileSystem, fresh: Bool = false) { (self.path, self.fileSystem, isFresh) = (path, fileSystem, fresh) }

  /// The hash of the file's bytes, 64 hexadecimal digits.
  ///
  /// - Throws: what went wrong while reading, and that the file changes all the time.
  public func sha256(of file: String) throws(FileError) -> String {
    if let info = fileSystem.info(file), let known = known(file), known.info == info { return known.sha256 }
    let (bytes, settled) = try fileSystem.settled(file), digest = ContentHash.hexadecimal(of: bytes)
    remember(file, Remembered(info: settled, sha256: digest))
    return digest
  }

  /// What `look` sees in the file's bytes, remembered as the answer to `question` for as long as the file stays as it is. The hash is
  /// learnt on the way, so that the file is read once.
  public func finding(_ question: String, in file: String, _ look: ([UInt8]) throws -> String) throws -> String {
    let info = fileSystem.info(file), entry = known(file).flatMap { $0.info == info ? $0 : nil }
    if let answer = entry?.findings?[question] { return answer }
    let (bytes, settled) = try fileSystem.settled(file), answer = try look(bytes)
    var remembered = entry.flatMap { $0.info == settled ? $0 : nil } ?? Remembered(info: settled, sha256: ContentHash.hexadecimal(of: bytes))
    remembered.findings = (remembered.findings ?? [:]).merging([question: answer]) { $1 }
    remember(file, remembered)
    return answer
  }

  private func known(_ file: String) -> Remembered? {
    state.withLock { state in
      if state.remembered == nil { state.remembered = isFresh ? [:] : load() }
      return state.remembered?[file]
    }
  }

  private func remember(_ file: String, _ hash: Remembered) {
    var now = timespec()
    clock_gettime(CLOCK_REALTIME, &now)
    let age = Int64(now.tv_sec) * 1_000_000_000 + Int64(now.tv_nsec) - max(hash.info.changed, hash.info.statusChanged)
    guard abs(age) > FileHashes.unsettled else { return }
    state.withLock { state in
      state.remembered?[file] = hash
      state.isChanged = true
    }
  }

  /// Writes what was learnt, beside what other processes have learnt meanwhile; a failure costs time later and nothing else.
  public func save() {
    let learnt: Known? = state.withLock { state in
      guard state.isChanged else { return nil }
      state.isChanged = false
      return state.remembered
    }
    guard let learnt else { return }
    let files = load().merging(learnt) { $1 }
    guard let digest = FileHashes.digest(files), let bytes = try? JSONEncoder().encode(Kept(format: FileHashes.format, digest: digest, files: files)) else { return }
    try? fileSystem.makeFolder(folder(of: path))
    try? fileSystem.write(Array(bytes), to: path)
  }

  /// Nothing where the file is damaged or was altered.
  private func load() -> Known {
    guard let bytes = try? fileSystem.read(path, atMost: FileLimit.record), let kept = try? JSONDecoder().decode(Kept.self, from: Data(bytes)), kept.format == FileHashes.format,
      kept.digest == FileHashes.digest(kept.files)
    else { return [:] }
    return kept.files
  }

  private static func digest(_ files: Known) -> String? {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    return (try? encoder.encode(files)).map { ContentHash.hexadecimal(of: Array($0)) }
  }
}
