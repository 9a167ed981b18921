import FoundationEssentials
import Language
import Storage
import Testing
import Workbench

/// Several sessions on one store, as processes that know nothing of each other.
@Suite struct SharedStoreTests {
  @Test func trimmingLeavesWhatOthersUse() throws {
    let directory = TestDirectory()
    let work = "load dataset\nbuild model\ntrain on=dataset1.source.train epochs="
    let other = try directory.session()
    #expect(other.evaluate(work + "3") == .done)
    do { #expect(try directory.session().evaluate(work + "4") == .done) }
    let session = try directory.session()
    #expect(session.evaluate(work + "5") == .done)
    #expect(session.surroundings.store.contents().count == 3)
    #expect(session.evaluate("store trim=yes") == .done)
    let left = Set(session.surroundings.store.contents().map(\.digest))
    #expect(left == [try #require(session.names.last).digest, try #require(other.names.last).digest], "what a session that is over made is gone")
    #expect(other.evaluate("show train1@best") == .done)
  }

  /// A session that is open elsewhere holds its values though it has not touched them yet.
  @Test func anOpenSessionHoldsItsNames() throws {
    let directory = TestDirectory()
    do { try directory.open().session.evaluate(StoreTests.work) }
    let (session, opening) = try directory.open()
    #expect(opening.isContinued)
    #expect(try directory.session().evaluate("store trim=yes") == .done)
    #expect(session.evaluate("show train1") == .done)
    #expect(session.surroundings.store.contents().count == 1)
  }

  @Test func whatADeadProcessHeldIsFree() throws {
    let directory = TestDirectory()
    try directory.session().evaluate(StoreTests.work)
    let session = try directory.session()
    let digest = try #require(session.surroundings.store.contents().first).digest
    try directory.files.makeFolder(directory.path + "/.segue/use")
    try directory.write(digest + "\n", ".segue/use/99999999-1")
    #expect(session.evaluate("store trim=yes") == .done)
    #expect(session.surroundings.store.contents().isEmpty)
    #expect(try directory.files.names(in: directory.path + "/.segue/use") == [])
  }

  @Test func onlyWhatIsOldGoes() throws {
    let directory = TestDirectory()
    try directory.session().evaluate(StoreTests.work)
    let session = try directory.session()
    #expect(session.evaluate("store trim=yes older=1") == .done)
    #expect(session.surroundings.store.contents().count == 1)
    let stored = try #require(session.surroundings.store.contents().first)
    let manifest = directory.path + "/.segue/store/\(stored.digest)/manifest.json"
    try FileManager.default.setAttributes([.modificationDate: Date().addingTimeInterval(-2 * 86_400)], ofItemAtPath: manifest)
    #expect(session.evaluate("store trim=yes older=3") == .done)
    #expect(session.surroundings.store.contents().count == 1)
    #expect(session.evaluate("store trim=yes older=1") == .done)
    #expect(session.surroundings.store.contents().isEmpty)
  }

  /// Sessions in threads of their own make, use and trim the same values; each ends with what it would have alone.
  @Test func manyAtOnce() async throws {
    let directory = TestDirectory()
    let path = directory.path
    let transcripts = try await withThrowingTaskGroup(of: [String].self) { group in
      for worker in 0..<4 {
        group.addTask {
          var lines: [String] = []
          for round in 0..<12 {
            let session = Session(Toy.catalog, try Surroundings(directory: path))
            let goal = 3 + (worker + round) % 3
            let outcome = session.evaluate("load dataset\nbuild model\nt = train on=dataset1.source.train epochs=\(goal)\nslow goal=\(goal)\niou t\nstore trim=yes\nshow t@best iou1")
            if outcome != .done { lines.append("\(outcome)") }
            if !session.transcript.contains("loss \(Number(1 / Double(goal), places: 3).text)") { lines.append(session.transcript) }
          }
          return lines
        }
      }
      return try await group.reduce(into: []) { $0 += $1 }
    }
    #expect(transcripts == [])
    let strays = try directory.files.names(in: path + "/.segue/work").filter { !$0.hasSuffix(".lock") }
    #expect(strays == [])
  }

  /// What a newer version wrote is not touched, and is told in words.
  @Test func aNewerStoreIsTold() throws {
    let directory = TestDirectory()
    do { try directory.open().session.evaluate(StoreTests.work) }
    let before = try tree(directory)
    try directory.write("7\n", ".segue/format")
    let error = #expect(throws: Diagnostic.self) { try directory.open() }
    #expect(error?.message == "the store in \(directory.path)/.segue was written by a newer Segue (format 7)")
    #expect(error?.remedy == "use that version, or another directory")
    try directory.write("1\n", ".segue/format")
    #expect(try tree(directory) == before)
  }

  private func tree(_ directory: TestDirectory, _ folder: String = ".segue") throws -> [String: String] {
    var found: [String: String] = [:]
    for name in try directory.files.names(in: directory.path + "/" + folder) {
      let path = folder + "/" + name
      if directory.files.info(directory.path + "/" + path)?.isFolder == true {
        found.merge(try tree(directory, path)) { $1 }
      } else {
        found[path] = contentDigest(try directory.files.read(directory.path + "/" + path))
      }
    }
    return found
  }
}
