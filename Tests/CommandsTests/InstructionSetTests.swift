import Commands
import Language
import Storage
import Tensors
import Testing
import Workbench

/// What was computed with other instructions has other bits, and is never taken for what would be computed here.
@Suite struct InstructionSetTests {
  private func open(_ bench: Bench, _ instructions: String, stopAfter steps: Int? = nil, new: Bool = false, _ files: (any FileSystem)? = nil, fresh: Bool = false) throws -> Session {
    let interrupt = Interrupt()
    let surroundings = try Surroundings(
      directory: bench.path, fileSystem: files ?? bench.files, interrupt: interrupt, fresh: fresh, instructionSet: instructions)
    var reported = 0
    return try Session.open(DomainCommands.catalog, surroundings, new: new) { [unowned bench] event in
      bench.events.append(event)
      guard case .progressed = event else { return }
      reported += 1
      if reported == steps { interrupt.request() }
    }.session
  }

  @Test func storedValuesOfOtherInstructionsAreNotUsed() throws {
    let bench = Bench()
    do { #expect(try open(bench, "avx512").perform(Small.trained + ["i = iou t on=few.val"]) == nil) }
    do {
      // Opened elsewhere, names say what is the matter, and nothing is recomputed by the way.
      let session = try open(bench, "avx2")
      bench.events = []
      let diagnostic = session.evaluate("t").diagnostic
      #expect(diagnostic?.message.contains("was computed with avx512 instructions, and these are avx2") == true)
      #expect(diagnostic?.remedy?.contains("SEGUE_CPU=avx512") == true)
      #expect(bench.steps == 0)
    }
    do {
      let session = try open(bench, "avx512")
      bench.events = []
      #expect(session.perform(["t", "i"]) == nil)
      #expect(bench.steps == 0, "nothing was thrown away")
    }
    let session = try open(bench, "avx2", new: true)
    bench.events = []
    #expect(session.perform(Small.trained + ["i = iou t on=few.val"]) == nil)
    #expect(bench.kept == [false, false, false, false, false])
    #expect(bench.notes.contains { $0.hasSuffix("was computed with avx512 instructions, and these are avx2: it is not used") })
    bench.events = []
    #expect(try open(bench, "avx2", new: true).perform(Small.trained + ["i = iou t on=few.val"]) == nil)
    #expect(bench.kept.suffix(2) == [true, true], "they are there now")
  }

  @Test func aCheckpointOfOtherInstructionsIsNotContinued() throws {
    let peace = Bench(), bench = Bench()
    let whole = try open(peace, "avx512")
    #expect(whole.perform(Small.built + [ContinuingTests.training]) == nil)
    do {
      let session = try open(bench, "avx512", stopAfter: 5)
      #expect(session.perform(Small.built) == nil)
      #expect(session.evaluate(ContinuingTests.training) == .interrupted)
    }
    do {
      let session = try open(bench, "avx2")
      let work = bench.contents(".segue/work")
      let diagnostic = session.evaluate(ContinuingTests.training).diagnostic
      #expect(diagnostic?.message.contains("begun with avx512 instructions, and these are avx2") == true)
      #expect(diagnostic?.remedy?.contains("SEGUE_CPU=avx512") == true)
      #expect(bench.contents(".segue/work") == work, "nothing is lost by it")
    }
    let session = try open(bench, "avx512")
    #expect(session.evaluate(ContinuingTests.training) == .done)
    #expect(bench.notes.contains { $0.hasPrefix("continues at step") })
    #expect(try bench.stored(session, "t")["epoch-3.safetensors"] == peace.stored(whole, "t")["epoch-3.safetensors"])
  }

  /// OpenBLAS chooses its loops by the processor, so that `portable` alone does not say what bits come out.
  @Test func portableNamesTheLoopsOfOpenBLAS() {
    let isPortable = Threads.instructionSet == "portable"
    #expect(Threads.arithmetic == Threads.instructionSet || isPortable && Threads.arithmetic.hasPrefix("portable-") && Threads.arithmetic.count > 9)
  }

  /// A value that another process puts into the store in the place of one is there all the time.
  @Test func aValueThatIsReplacedIsNeverMissing() throws {
    let bench = Bench()
    let reader = try open(bench, "avx2")
    #expect(reader.perform(Small.trained) == nil)
    let digest = try #require(reader.names.last).digest
    let watched = Watched(bench.path + "/.segue/store/" + digest)
    let writer = try open(bench, "avx2", new: true, watched, fresh: true)
    bench.events = []
    #expect(writer.perform(Small.trained) == nil)
    #expect(bench.kept.last == false)
    #expect(watched.changes > 0 && watched.gaps == 0)
    #expect(reader.perform(["iou t on=few.val"]) == nil)
  }
}

/// The disk, which looks after each change whether a folder is there with its manifest.
private final class Watched: FileSystem, @unchecked Sendable {
  private let inner = LocalFileSystem()
  private let folder: String
  private(set) var changes = 0
  private(set) var gaps = 0
  init(_ folder: String) { self.folder = folder }

  private func look() {
    changes += 1
    if !inner.exists(folder + "/manifest.json") { gaps += 1 }
  }

  func snapshot(_ path: String) throws(FileError) -> FileSnapshot { try inner.snapshot(path) }
  func read(_ path: String, from start: Int, count: Int) throws(FileError) -> [UInt8] { try inner.read(path, from: start, count: count) }
  func write(_ bytes: [UInt8], to path: String, durable: Bool) throws(FileError) { try inner.write(bytes, to: path, durable: durable); look() }
  func append(_ bytes: [UInt8], to path: String) throws(FileError) { try inner.append(bytes, to: path) }
  func makeFolder(_ path: String) throws(FileError) { try inner.makeFolder(path) }
  func entries(in folder: String) throws(FileError) -> [FileName] { try inner.entries(in: folder) }
  func info(_ path: String) -> FileInfo? { inner.info(path) }
  func move(_ path: String, to new: String) throws(FileError) { try inner.move(path, to: new); look() }
  func exchange(_ path: String, with other: String) throws(FileError) { try inner.exchange(path, with: other); look() }
  func remove(_ path: String) throws(FileError) { try inner.remove(path); look() }
  func removeHalfWritten(in folder: String) throws(FileError) { try inner.removeHalfWritten(in: folder) }
  func touch(_ path: String) throws(FileError) { try inner.touch(path) }
  func freeSpace(at path: String) -> Int64? { inner.freeSpace(at: path) }
  func lock(_ path: String) throws(FileError) -> FileLock? { try inner.lock(path) }
  func resolved(_ path: String) -> String { inner.resolved(path) }
}
