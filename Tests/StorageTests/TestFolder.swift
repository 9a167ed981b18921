import FoundationEssentials
import Storage

/// A folder of its own for a test, gone afterwards.
final class TestFolder {
  let path: String
  let files = LocalFileSystem()

  init() {
    let memory = "/dev/shm"  // a real file system, and quick at flushing
    let base = LocalFileSystem().exists(memory) ? memory : FileManager.default.temporaryDirectory.path
    path = base + "/segue-storage-\(UUID().uuidString)"
    try! files.makeFolder(path)
  }
  deinit { try? files.remove(path) }

  func write(_ text: String, _ name: String) throws { try files.write(Array(text.utf8), to: "\(path)/\(name)") }
  func text(_ name: String) -> String? { (try? files.read("\(path)/\(name)")).map { String(decoding: $0, as: UTF8.self) } }
}
