#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif
import Synchronization

/// A run that takes no notice of what the store kept before: its half-done work lies in a folder of its own, so that the checkpoints of
/// other runs stay as they are. The same command, interrupted and given again, goes on from there; a run that came to its end leaves
/// nothing there, so that the next one is fresh again.
final class FreshRun {
  private static let front = "fresh-"
  private static let counter = Atomic<Int>(0)

  /// Where its workspaces lie.
  let folder: String
  /// Values that it has made, also before it was interrupted.
  private(set) var made: Set<String> = []
  private let fileSystem: any FileSystem
  /// Held until the run is over; nil where nothing can be written.
  private var lock: FileLock?
  /// False for a run without a key, and where another process gives the same command now.
  private let isResumable: Bool

  /// `key` tells commands apart: what they run, and with which program.
  init(_ home: String, key: String, _ fileSystem: any FileSystem) {
    self.fileSystem = fileSystem
    let own = "\(home)/work/\(FreshRun.front)\(ContentHash.hexadecimal(of: Array(key.utf8)).prefix(16))"
    try? fileSystem.makeFolder(home + "/work")
    if !key.isEmpty, let lock = (try? fileSystem.lock(own + ".lock")) ?? nil {
      (folder, self.lock, isResumable) = (own, lock, true)
      let text = fileSystem.text(own + "/made") ?? ""
      made = Set(text.split(separator: "\n").map(String.init).filter(isDigest))
    } else {
      (folder, isResumable) = ("\(own)-\(getpid())-\(FreshRun.counter.add(1, ordering: .relaxed).newValue)", false)
      lock = (try? fileSystem.lock(folder + ".lock")) ?? nil
    }
  }

  static func isName(_ name: String) -> Bool {
    guard name.hasPrefix(front), !name.hasSuffix(".lock") else { return false }
    let key = name.dropFirst(front.count).prefix { $0 != "-" }
    return key.utf8.count == 16 && key.utf8.allSatisfy(isHexadecimal)
  }

  func add(_ digest: String) {
    guard made.insert(digest).inserted, (try? fileSystem.makeFolder(folder)) != nil else { return }
    // Where this fails, the value is made once more after an interrupt.
    try? fileSystem.append(Array((digest + "\n").utf8), to: folder + "/made")
  }

  func forget(_ digest: String) { made.remove(digest) }

  /// The run is over: nothing of it is to be taken for the next one's.
  func finish() {
    guard let held = lock else { return }
    made = []
    try? fileSystem.remove(folder)
    // Nobody else waits for the lock of a name that is used once; another's must stay, as two could hold it otherwise.
    if !isResumable { try? fileSystem.remove(folder + ".lock") }
    withExtendedLifetime(held) {}
    lock = nil
  }

  deinit { if !isResumable { finish() } }
}
