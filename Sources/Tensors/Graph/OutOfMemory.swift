#if canImport(Glibc)
internal import Glibc
#else
internal import Darwin
#endif
internal import Synchronization

/// How the process ends where there is no memory for a map or for weights.
public enum OutOfMemory {
  private static let advice = Mutex<[UInt8]>([])

  /// What is said besides, as a whole sentence: set before work begins, as words cannot be made when memory is gone.
  public static func advise(_ words: String?) { advice.withLock { $0 = words.map { Array("\($0)\n".utf8) } ?? [] } }

  /// Ends the process in words. What was finished lies on the disk.
  static func end(_ count: Int) -> Never {
    put(Array("error: there is no memory for \(count) more numbers\n".utf8))
    advice.withLock { put($0) }
    _exit(1)
  }

  private static func put(_ words: [UInt8]) { _ = write(STDERR_FILENO, words, words.count) }
}
