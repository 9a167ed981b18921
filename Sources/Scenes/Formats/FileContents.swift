import Storage
import Synchronization

/// What the files of a dataset held when they were hashed for its recipe. A file that was touched, copied or restored since is another
/// file to the system, and the same to the recipe as long as it holds the same bytes.
final class FileContents: Sendable {
  private let hashes = Mutex<[String: String]>([:])

  func learn(_ hashes: [String: String]) { self.hashes.withLock { $0 = hashes } }

  /// Whether these bytes are those that the file at `path` held.
  func isKnown(_ bytes: [UInt8], of path: String) -> Bool {
    guard let hash = hashes.withLock({ $0[path] }) else { return false }
    return ContentHash.hexadecimal(of: bytes) == hash
  }
}
