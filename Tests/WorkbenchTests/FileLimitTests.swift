#if canImport(Glibc)
import Glibc
import Storage
#else
import Darwin
#endif
import FoundationEssentials
import Language
import Testing
import Workbench

/// Files that Segue reads for itself have a limit of length and of depth: one that is far too long, or nested without end, is not parsed.
@Suite struct FileLimitTests {
  /// Deeper than any parser should follow.
  private static let nested = ["[": String(repeating: "[", count: 20_000), "{": String(repeating: "{\"a\":", count: 20_000)]

  /// Sparse, so that it takes no room on the disk.
  private func lengthen(_ path: String) { #expect(truncate(path, 1 << 40) == 0) }

  @Test(arguments: ["[", "{"]) func aLockThatIsNestedWithoutEndIsRefused(_ bracket: String) throws {
    let nested = try #require(Self.nested[bracket])
    for text in [nested, "{\"format\":2,\"entries\":" + nested] {
      #expect(throws: Diagnostic("x.lock is not a lock of Segue's, or is damaged", remedy: "write it again with --lock --force if it may be replaced")) {
        try ReplayLock(bytes: Array(text.utf8), name: "x.lock")
      }
    }
  }

  /// Files in `.segue` of a directory with a session, a value, a written file and a place in a lesson: whatever one of them holds, what is
  /// made of it is made soon.
  @Test(arguments: [".place", ".journal", "manifest.json", "written/", "format", "current"], ["long", "[", "{"]) func aFileOfTheDirectoryIsNotParsed(_ kind: String, _ content: String) throws {
    let directory = TestDirectory(), home = directory.path + "/.segue", lesson = Script("## A\na = 1\nb = 2\n", Toy.catalog.vocabulary)
    do {
      let (session, _) = try directory.open()
      for statement in ["load dataset", "build model", "train epochs=3", "show 1 to=out.txt"] { #expect(session.evaluate(statement) == .done) }
      session.keep(place: LessonPlace(1, of: lesson))
    }
    let files = try FileManager.default.subpathsOfDirectory(atPath: home).filter { directory.files.info("\(home)/\($0)")?.isFolder == false && !$0.hasSuffix("lock") }
    let path = try #require(files.sorted().first { $0.contains(kind) }.map { "\(home)/\($0)" })
    if content == "long" { lengthen(path) } else { try directory.files.write(Array((Self.nested[content] ?? "").utf8), to: path) }
    let start = ContinuousClock.now
    if let surroundings = try? directory.surroundings() {
      _ = Session.list(in: surroundings, Toy.catalog.vocabulary)
      _ = Session.unfinished(lesson: "a", lesson, in: surroundings)
    }
    if let (session, _) = try? directory.open() {
      for statement in ["load dataset", "train epochs=3", "show 2 to=out.txt", "store", "vars"] { _ = session.evaluate(statement) }
    }
    #expect(start.duration(to: .now) < .seconds(20))
  }

  @Test func aLongFileIsRefusedBeforeItIsRead() throws {
    let directory = TestDirectory()
    try directory.write("1234567890", "ten")
    #expect(try directory.files.read(directory.path + "/ten", atMost: 10).count == 10)
    for limit in [9, 0] {
      let error = #expect(throws: FileError.self) { try directory.files.read(directory.path + "/ten", atMost: limit) }
      #expect(error?.description.hasSuffix("/ten: it is too long") == true)
    }
    lengthen(directory.path + "/ten")
    #expect(throws: FileError.self) { try directory.files.read(directory.path + "/ten", atMost: FileLimit.record) }
  }
}
