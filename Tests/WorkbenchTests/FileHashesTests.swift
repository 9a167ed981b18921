import Glibc
import Language
import Storage
import Synchronization
import Testing
import Workbench

/// Hashes of files are remembered, and believed only while nothing can have changed.
@Suite struct FileHashesTests {
  private func digest(_ directory: TestDirectory, fresh: Bool = false) throws -> String {
    let session = try directory.session(fresh: fresh)
    #expect(session.evaluate("w = load weights a.bin") == .done)
    return try #require(session.names.first).digest
  }

  /// What is remembered, once the file is old enough for that.
  private func remembered(_ directory: TestDirectory) throws -> String {
    for _ in 0..<100_000 {
      _ = try digest(directory)
      if let text = directory.text(".segue/hashes.json"), text.contains("a.bin") { return text }
    }
    Issue.record("nothing was remembered")
    return ""
  }

  /// Other bytes of the same length in the same file, and its time of change as it was.
  private func replaceSilently(_ directory: TestDirectory, _ text: String) throws {
    let path = directory.path + "/a.bin"
    var status = stat()
    try #require(stat(path, &status) == 0)
    let file = open(path, O_WRONLY)
    try #require(file >= 0 && pwrite(file, text, text.utf8.count, 0) == text.utf8.count)
    close(file)
    var times = [status.st_atim, status.st_mtim]
    try #require(utimensat(AT_FDCWD, path, &times, 0) == 0)
  }

  @Test func aFileOfTheSameSizeAndTimeIsReadAgain() throws {
    let directory = TestDirectory()
    try directory.write("one", "a.bin")
    _ = try remembered(directory)
    let first = try digest(directory)
    try replaceSilently(directory, "two")
    #expect(try digest(directory) != first)
    try replaceSilently(directory, "one")
    #expect(try digest(directory) == first, "recipes are of bytes")
  }

  /// Damaged, altered, of another file or another version: passed over.
  @Test func whatWasAlteredIsNotBelieved() throws {
    let directory = TestDirectory()
    try directory.write("one", "a.bin")
    let first = try digest(directory), text = try remembered(directory), hash = contentHash("one")
    try #require(text.contains(hash))
    for altered in [
      text.replacing(hash, with: contentHash("two")), String(text.dropLast(9)), "{}", "[]", "", text.replacing("\"format\":2", with: "\"format\":3"),
      text.replacing("\"digest\":\"", with: "\"digest\":\"0"),
    ] {
      try directory.write(altered, ".segue/hashes.json")
      #expect(try digest(directory) == first, "\(altered.prefix(80))")
    }
  }

  private func contentHash(_ text: String) -> String { contentDigest(Array(text.utf8)) }

  /// A file system on which somebody writes while a file is read.
  private final class Busy: FileSystem {
    let inner = MemoryFileSystem()
    let writes: Mutex<Int>
    init(writes: Int) { self.writes = Mutex(writes) }

    func snapshot(_ path: String) throws(FileError) -> FileSnapshot {
      var found = try inner.snapshot(path)
      let isWritten = path.hasSuffix("a.bin") && writes.withLock { left in
        left -= 1
        return left >= 0
      }
      if isWritten {
        try inner.write(Array("new".utf8), to: path)
        found.info = nil
      }
      return found
    }
    func read(_ path: String, from start: Int, count: Int) throws(FileError) -> [UInt8] { try inner.read(path, from: start, count: count) }
    func write(_ bytes: [UInt8], to path: String, durable: Bool) throws(FileError) { try inner.write(bytes, to: path, durable: durable) }
    func append(_ bytes: [UInt8], to path: String) throws(FileError) { try inner.append(bytes, to: path) }
    func makeFolder(_ path: String) throws(FileError) { try inner.makeFolder(path) }
    func entries(in folder: String) throws(FileError) -> [FileName] { try inner.entries(in: folder) }
    func info(_ path: String) -> FileInfo? { inner.info(path) }
    func move(_ path: String, to new: String) throws(FileError) { try inner.move(path, to: new) }
    func remove(_ path: String) throws(FileError) { try inner.remove(path) }
    func touch(_ path: String) throws(FileError) { try inner.touch(path) }
    func freeSpace(at path: String) -> Int64? { nil }
    func lock(_ path: String) throws(FileError) -> FileLock? { try inner.lock(path) }
    func resolved(_ path: String) -> String { path }
  }

  @Test func aFileThatIsBeingWrittenIsHashedWhenItIsWhole() throws {
    func session(_ writes: Int) throws -> Session {
      let files = Busy(writes: writes)
      try files.makeFolder("/here")
      try files.write(Array("old".utf8), to: "/here/a.bin")
      return Session(Toy.catalog, try Surroundings(directory: "/here", fileSystem: files))
    }
    let once = try session(1)
    #expect(once.evaluate("w = load weights a.bin") == .done)
    let whole = try session(0)
    #expect(whole.evaluate("v = load weights a.bin") == .done)
    let first = try once.recipe(of: Reference("w"))?.ingredients["file"], second = try whole.recipe(of: Reference("v"))?.ingredients["file"]
    #expect(first == contentHash("new") && second == contentHash("old"))
    let diagnostic = try session(1_000).evaluate("load weights a.bin").diagnostic
    #expect(diagnostic?.message.contains("a.bin changed while it was being read") == true)
  }
}
