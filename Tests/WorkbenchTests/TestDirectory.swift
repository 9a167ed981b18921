import FoundationEssentials
import Language
import Storage
import Workbench

/// A directory of its own for a test, gone afterwards.
final class TestDirectory {
  let path: String
  let files = LocalFileSystem()

  init() {
    let memory = "/dev/shm"  // a real file system, and quick at flushing
    let base = LocalFileSystem().exists(memory) ? memory : FileManager.default.temporaryDirectory.path
    path = base + "/segue-test-\(UUID().uuidString)"
    try! files.makeFolder(path)
  }
  deinit { try? files.remove(path) }

  func surroundings(_ fileSystem: (any FileSystem)? = nil, force: Bool = false, fresh: Bool = false) throws -> Surroundings {
    try Surroundings(directory: path, fileSystem: fileSystem ?? files, force: force, fresh: fresh)
  }

  /// The directory's session, continued.
  func open(_ fileSystem: (any FileSystem)? = nil, new: Bool = false, _ sink: @escaping (Event) -> Void = { _ in }) throws -> (session: Session, opening: Session.Opening) {
    try Session.open(Toy.catalog, try surroundings(fileSystem), new: new, sink: sink)
  }

  /// A session that is recorded nowhere, with this directory's store.
  func session(fresh: Bool = false, force: Bool = false, _ sink: @escaping (Event) -> Void = { _ in }) throws -> Session {
    Session(Toy.catalog, try surroundings(force: force, fresh: fresh), sink: sink)
  }

  func write(_ text: String, _ name: String) throws { try files.write(Array(text.utf8), to: "\(path)/\(name)") }
  func text(_ name: String) -> String? { (try? files.read("\(path)/\(name)")).map { String(decoding: $0, as: UTF8.self) } }
}

/// What was emitted, for looking at afterwards.
final class Log {
  var events: [Event] = []
  var notes: [String] { events.compactMap { if case .noted(let note) = $0 { note } else { nil } } }
  var progress: [String] { events.compactMap { if case .progressed(let progress) = $0 { progress.stage } else { nil } } }
  var kept: [Bool] { events.compactMap { if case .produced(_, _, _, _, let kept) = $0 { kept } else { nil } } }
}
