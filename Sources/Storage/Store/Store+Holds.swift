#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif
import Synchronization

/// The values that one process uses, told to the others by a file that it keeps locked: none of them trims what is in such a file. The
/// lock goes with the process, so what a dead one held is free.
final class Holds: Sendable {
  private struct State {
    var digests: Set<String> = []
    var file: String?
    var lock: FileLock?
  }

  private static let counter = Atomic<Int>(0)
  private let folder: String
  private let fileSystem: any FileSystem
  private let state = Mutex(State())

  init(_ folder: String, _ fileSystem: any FileSystem) { (self.folder, self.fileSystem) = (folder, fileSystem) }

  deinit { if let file = state.withLock({ $0.file }) { try? fileSystem.remove(file) } }

  /// Holds these from now on. Where nothing can be written, nobody can trim either.
  func add(_ digests: some Sequence<String>) {
    state.withLock { state in
      let new = digests.filter { state.digests.insert($0).inserted }
      guard !new.isEmpty else { return }
      if state.file == nil, let (file, lock) = try? own() { (state.file, state.lock) = (file, lock) }
      if let file = state.file { try? fileSystem.append(Array(new.map { $0 + "\n" }.joined().utf8), to: file) }
    }
  }

  private func own() throws -> (String, FileLock)? {
    try fileSystem.makeFolder(folder)
    for _ in 0..<100 {
      let path = "\(folder)/\(getpid())-\(Holds.counter.add(1, ordering: .relaxed).newValue)"
      guard !fileSystem.exists(path), let lock = try fileSystem.lock(path) else { continue }
      // Another process may have taken the fresh file for a dead one's, and away.
      try fileSystem.append([], to: path)
      if fileSystem.exists(path) { return (path, lock) }
    }
    return nil
  }

  /// A process and a count, as ``own()`` names its file.
  private static func isName(_ name: String) -> Bool {
    let parts = name.split(separator: "-", omittingEmptySubsequences: false)
    return parts.count == 2 && parts.allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }
  }

  /// What this process and every other living one uses. Files of dead ones are taken away.
  func all() -> Set<String> {
    let (own, file) = state.withLock { ($0.digests, $0.file) }
    var held = own
    for name in (try? fileSystem.names(in: folder)) ?? [] where Holds.isName(name) && "\(folder)/\(name)" != file {
      let path = "\(folder)/\(name)"
      if let lock = try? fileSystem.lock(path) {
        withExtendedLifetime(lock) { try? fileSystem.remove(path) }
      } else if let text = fileSystem.text(path) {
        held.formUnion(text.split(separator: "\n").map(String.init))
      }
    }
    return held
  }
}
