#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif
import FoundationEssentials
import Language
import Testing
import Workbench

/// Files that Segue reads for itself have a limit of length and of depth: one that is far too long, or nested without end, is not parsed.
@Suite struct FileLimitTests {
  /// As deep as would overflow the stack of a parser that calls itself.
  private static let deep = String(repeating: "[", count: 200_000), deeper = String(repeating: "{\"a\":", count: 200_000)

  /// Sparse, so that it takes no room on the disk.
  private func lengthen(_ path: String) { #expect(truncate(path, 1 << 40) == 0) }

  @Test(arguments: [deep, deeper, "{\"format\":2,\"entries\":" + deep]) func aLockThatIsNestedWithoutEndIsRefused(_ text: String) {
    #expect(throws: Diagnostic("x.lock is not a lock of Segue's, or is damaged", remedy: "write it again with --lock --force if it may be replaced")) {
      try ReplayLock(bytes: Array(text.utf8), name: "x.lock")
    }
  }

  /// Each file that lies in `.segue` of a directory with a session, a value, a written file and a place in a lesson.
  @Test(arguments: ["long", deep, deeper]) func filesOfTheDirectoryAreNotParsed(_ content: String) throws {
    let directory = TestDirectory(), home = directory.path + "/.segue", lesson = Script("## A\na = 1\nb = 2\n", Toy.catalog.vocabulary)
    do {
      let (session, _) = try directory.open()
      for statement in ["load dataset", "build model", "train epochs=3", "show 1 to=out.txt"] { #expect(session.evaluate(statement) == .done) }
      session.keep(place: LessonPlace(1, of: lesson))
    }
    let files = try FileManager.default.subpathsOfDirectory(atPath: home).filter { directory.files.info("\(home)/\($0)")?.isFolder == false }.sorted()
    #expect(files.contains { $0.hasSuffix("manifest.json") } && files.contains { $0.hasSuffix(".journal") } && files.contains { $0.hasSuffix(".place") } && files.contains { $0.hasPrefix("written/") }, "\(files)")
    for file in files where !file.hasSuffix(".lock") {
      let path = "\(home)/\(file)", bytes = try directory.files.read(path)
      if content == "long" { lengthen(path) } else { try directory.files.write(Array(content.utf8), to: path) }
      let start = ContinuousClock.now
      // Whatever is made of it, it is made soon, and the session can be used.
      _ = Session.list(in: try directory.surroundings(), Toy.catalog.vocabulary)
      _ = Session.unfinished(lesson: "a", lesson, in: try directory.surroundings())
      if let opened = try? directory.open() {
        _ = opened.session.evaluate("load dataset")
        _ = opened.session.evaluate("train epochs=3")
        _ = opened.session.evaluate("show 2 to=out.txt")
        _ = opened.session.evaluate("store")
        _ = opened.session.evaluate("vars")
      }
      #expect(start.duration(to: .now) < .seconds(10), "\(file)")
      if directory.files.exists(home) { try? directory.files.makeFolder(String(path[..<(path.lastIndex(of: "/") ?? path.endIndex)])) }
      try directory.files.write(bytes, to: path)
    }
  }

  @Test func aLongFileIsRefusedBeforeItIsRead() throws {
    let directory = TestDirectory()
    try directory.write("1234567890", "ten")
    #expect(try directory.files.read(directory.path + "/ten", atMost: 10).count == 10)
    for limit in [9, 0] {
      let error = #expect(throws: FileError.self) { try directory.files.read(directory.path + "/ten", atMost: limit) }
      #expect(error?.description.hasSuffix("/ten: File too large") == true)
    }
    lengthen(directory.path + "/ten")
    #expect(throws: FileError.self) { try directory.files.read(directory.path + "/ten", atMost: FileLimit.record) }
  }
}
