import Commands
import Imaging
import Language
import Storage
import Testing
import Workbench

/// Disks that fail while data is read, and disks that are none: what a person is told.
@Suite struct ReadingFaultTests {
  static let faults: [(FaultyFileSystem.Fault, String)] = [
    (.unreadable("a/images/1.png"), "images/1.png: Input/output error"), (.vanished("a/labels/1.png"), "labels/1.png: there is no such file or folder"),
    (.cut("a/images/1.png", bytes: 50), "images/1.png: the file ends early"),
  ]

  @Test(arguments: faults) func whatIsLeftOutIsNamed(_ fault: FaultyFileSystem.Fault, _ words: String) throws {
    let bench = Bench()
    try bench.gta("a", 3)
    let session = try bench.open(FaultyFileSystem(bench.files, fault))
    #expect(session.evaluate("load dataset gta5 a") == .done)
    #expect(bench.notes == [words.replacing(": ", with: " is left out: ", maxReplacements: 1)])
    #expect(session.evaluate("load dataset gta5 a strict=yes").diagnostic?.message == "a/\(words)")
  }

  /// The disk fails after the dataset was loaded, and is well again.
  @Test(arguments: faults) func whatFailsLaterIsNamed(_ fault: FaultyFileSystem.Fault, _ words: String) throws {
    let bench = Bench()
    try bench.gta("a", 3)
    let faulty = FaultyFileSystem(bench.files), session = try bench.open(faulty)
    #expect(session.evaluate("a = load dataset gta5 a") == .done)
    faulty.fail(fault)
    #expect(session.evaluate("show a[0]") == .done)
    let diagnostic = try #require(session.evaluate("show a[1]").diagnostic)
    #expect(diagnostic.message.hasPrefix("cannot read a/\(words.prefix { $0 != ":" }): "), "\(diagnostic)")
    faulty.fail(nil)
    #expect(session.evaluate("show a[1]") == .done)
  }

  /// From the files of a data set to a table, and nothing touches the disk.
  @Test func aWholeSessionLivesInMemory() throws {
    let files = MemoryFileSystem(), size = PixelSize(64, 32)
    for folder in ["images", "labels"] { try files.makeFolder("/s/gta/" + folder) }
    for i in 0..<4 {
      try files.write(PNG.encode(Image(size: size, pixels: (0..<3 * size.area).map { UInt8(truncatingIfNeeded: $0 * 5 + i) })), to: "/s/gta/images/\(i).png")
      try files.write(PNG.encode(IndexMap(size: size, values: (0..<size.area).map { [7, 8, 26][$0 % 3] })), to: "/s/gta/labels/\(i).png")
    }
    let session = Session(DomainCommands.catalog, try Surroundings(directory: "/s", fileSystem: files))
    let statements = ["a = load dataset gta5 gta", "m = build model bisenet width=1/8", "t = train m on=a.train batch=2 epochs=1", "iou t on=a.val", "p = pseudolabel t on=a.val"]
    #expect(session.perform(statements) == nil)
    #expect(!LocalFileSystem().exists("/s"))
    let other = Session(DomainCommands.catalog, try Surroundings(directory: "/s", fileSystem: files))
    #expect(other.perform(statements) == nil)
    #expect(other.tally.kept >= 3, "the store in memory serves the next session")
  }

  /// Decoded samples belong to a session, and those of two do not share a bound.
  @Test func sessionsShareNoSamples() throws {
    let one = Surroundings.memory(), other = Surroundings.memory()
    struct Counter: Sendable { let number: Int }
    #expect(one.belongings.thing { Counter(number: 1) }.number == 1)
    #expect(one.belongings.thing { Counter(number: 2) }.number == 1)
    #expect(other.belongings.thing { Counter(number: 3) }.number == 3)
  }
}
