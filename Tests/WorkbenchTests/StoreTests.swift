import Language
import Storage
import Testing
import Workbench

@Suite struct StoreTests {
  static let work = "load dataset\nbuild model\ntrain on=dataset1.source.train epochs=3"

  @Test func keptOnceMade() throws {
    let directory = TestDirectory()
    let first = Log(), second = Log()
    #expect(try directory.session { first.events.append($0) }.evaluate(Self.work) == .done)
    #expect(first.progress == ["epoch 1/3", "epoch 2/3", "epoch 3/3"])
    #expect(try directory.session { second.events.append($0) }.evaluate(Self.work) == .done)
    #expect(second.progress == [])
    #expect(second.kept == [false, false, true])
    let fresh = Log()
    #expect(try directory.session(fresh: true) { fresh.events.append($0) }.evaluate(Self.work) == .done)
    #expect(fresh.progress.count == 3)
  }

  /// What happens to a stored file, and what is said.
  @Test(arguments: ["shorter", "changed", "manifest gone", "manifest changed", "manifest nonsense", "file gone"])
  func damageIsToldAndMadeAnew(_ harm: String) throws {
    let directory = TestDirectory()
    let session = try directory.session()
    session.evaluate(Self.work)
    let digest = try #require(session.names.last).digest
    let folder = "\(directory.path)/.segue/store/\(digest)"
    var bytes = try directory.files.read(folder + "/model.json")
    switch harm {
    case "shorter": try directory.files.write(Array(bytes.dropLast()), to: folder + "/model.json")
    case "changed":
      bytes[3] ^= 1
      try directory.files.write(bytes, to: folder + "/model.json")
    case "manifest gone": try directory.files.remove(folder + "/manifest.json")
    case "manifest changed":
      let manifest = String(decoding: try directory.files.read(folder + "/manifest.json"), as: UTF8.self)
      try directory.files.write(Array(manifest.replacing("\"train\"", with: "\"fda\"").utf8), to: folder + "/manifest.json")
    case "manifest nonsense": try directory.files.write([1, 2, 3], to: folder + "/manifest.json")
    default: try directory.files.remove(folder + "/model.json")
    }
    let log = Log()
    let again = try directory.session { log.events.append($0) }
    #expect(again.evaluate(Self.work) == .done)
    #expect(log.notes.count == 1)
    #expect(log.notes[0].contains("@\(digest.prefix(8)) is damaged; it is recomputed"))
    #expect(log.progress.count == 3)
    let third = Log()
    #expect(try directory.session { third.events.append($0) }.evaluate(Self.work) == .done)
    #expect(third.progress == [])
  }

  @Test func aNewerStoreIsLeftAlone() throws {
    let directory = TestDirectory()
    try directory.session().evaluate(Self.work)
    try directory.write("2\n", ".segue/format")
    #expect(throws: Diagnostic.self) { try directory.surroundings() }
  }

  @Test func aFullDiskLosesNothing() throws {
    let directory = TestDirectory()
    for limit in [0, 100, 600, 1200, 2400] {
      let faulty = FaultyFileSystem(directory.files)
      let log = Log()
      let session = Session(Toy.catalog, try directory.surroundings(faulty)) { log.events.append($0) }
      session.evaluate("load dataset\nbuild model")
      faulty.fail(.full(afterBytes: limit))
      let outcome = session.evaluate("t = train on=dataset1.source.train epochs=\(limit + 2 > 1000 ? 999 : limit + 2)")
      #expect(outcome == .done, "the value is there, stored or not")
      #expect(try session.value(of: Reference("t")).kind == .model)
      faulty.fail(nil)
      #expect(session.evaluate("iou t on=dataset1.target.val") == .done)
    }
  }

  @Test func aFullDiskStopsWhatWritesAsItGoes() throws {
    let directory = TestDirectory()
    let faulty = FaultyFileSystem(directory.files)
    let session = Session(Toy.catalog, try directory.surroundings(faulty))
    faulty.fail(.full(afterBytes: 5))
    let diagnostic = try #require(session.evaluate("slow goal=20").diagnostic)
    #expect(diagnostic.message.hasSuffix("the disk is full"))
    #expect(session.names.isEmpty)
    faulty.fail(nil)
    let log = Log()
    let again = Session(Toy.catalog, try directory.surroundings(faulty)) { log.events.append($0) }
    #expect(again.surroundings.store.unfinished().count == 1)
    #expect(again.evaluate("slow goal=20") == .done)
    #expect(log.notes == ["continues at 5"])
    #expect(again.surroundings.store.unfinished().count == 0)
  }

  @Test(arguments: [FaultyFileSystem.Fault.readOnly, .failingRename])
  func storesThatCannotBeWritten(_ fault: FaultyFileSystem.Fault) throws {
    let directory = TestDirectory()
    let faulty = FaultyFileSystem(directory.files)
    let log = Log()
    let session = Session(Toy.catalog, try directory.surroundings(faulty)) { log.events.append($0) }
    faulty.fail(fault)
    session.evaluate("load dataset\nbuild model")
    let outcome = session.evaluate("train on=dataset1.source.train epochs=3")
    #expect(outcome == .done || outcome.diagnostic?.message.contains("read-only") == true)
    if outcome == .done { #expect(log.notes.first?.hasPrefix("not stored") == true) }
    faulty.fail(nil)
    #expect(session.evaluate("train on=dataset1.source.train epochs=3") == .done)
  }

  @Test func trimKeepsWhatIsNeeded() throws {
    let directory = TestDirectory()
    try directory.session().evaluate(Self.work + "\ntrain epochs=7 on=dataset1.source.train")
    let session = try directory.session()
    session.evaluate(Self.work)
    #expect(session.surroundings.store.contents().count == 2)
    #expect(session.evaluate("store trim=yes") == .done)
    #expect(session.surroundings.store.contents().map(\.digest) == [session.names.last?.digest])
  }

  /// Decoded pictures are told of, and go with a trim that says nothing of how much is to be left.
  @Test func decodedPicturesAreToldAndTrimmed() throws {
    let directory = TestDirectory()
    let session = try directory.session(), folder = session.surroundings.decodedPictures, name = String(repeating: "1f", count: 16)
    func shown(_ statement: String) -> String {
      session.evaluate(statement)
      return TranscriptLayout.lines(session.last.display).map(\.text).joined(separator: "\n")
    }
    #expect(!shown("store").contains("decoded") && !shown("store trim=yes").contains("decoded"))
    try directory.files.makeFolder(folder)
    try directory.files.write([UInt8](repeating: 1, count: 3_000_000), to: folder + "/" + name)
    #expect(shown("store").contains("decoded pictures, 3"))
    for statement in ["store trim=yes to=5", "store trim=yes older=1"] {
      #expect(!shown(statement).contains("decoded"))
      #expect(try directory.files.names(in: folder) == [name])
    }
    #expect(shown("store trim=yes").contains("decoded pictures removed, 3"))
    #expect(try directory.files.names(in: folder) == [])
  }

  /// What was begun is told, kept by a trim, and gone when that is wished.
  @Test func unfinishedWorkIsRemovedOnlyWhereItIsAskedFor() throws {
    let directory = TestDirectory()
    let faulty = FaultyFileSystem(directory.files)
    let session = Session(Toy.catalog, try directory.surroundings(faulty))
    faulty.fail(.full(afterBytes: 5))
    #expect(session.evaluate("slow goal=20").diagnostic != nil)
    faulty.fail(nil)
    let store = session.surroundings.store
    let begun = store.unfinished()
    #expect(begun.count == 1 && begun.size > 0)
    #expect(session.evaluate("store trim=yes") == .done)
    #expect(store.unfinished() == begun)
    #expect(session.evaluate("store") == .done)
    #expect(session.evaluate("store unfinished=yes") == .done)
    #expect(store.unfinished() == (0, 0))
    let log = Log()
    let again = Session(Toy.catalog, try directory.surroundings(faulty)) { log.events.append($0) }
    #expect(again.evaluate("slow goal=20") == .done)
    #expect(log.notes == [])
  }

  @Test func spaceIsCheckedFirst() throws {
    let faulty = FaultyFileSystem(MemoryFileSystem(), .full(afterBytes: 1000))
    #expect(faulty.freeSpace(at: "/") == 1000)
  }

  @Test func twoProcessesShareOneStore() throws {
    let directory = TestDirectory()
    let one = try directory.session(), two = try directory.session()
    #expect(one.evaluate("slow goal=3") == .done)
    #expect(two.evaluate("slow goal=3") == .done)
    #expect(two.tally.kept == 1 && two.tally.made == 0)
  }
}
