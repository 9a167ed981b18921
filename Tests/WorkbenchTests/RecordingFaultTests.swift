import Language
import Storage
import Testing
import Workbench

/// A write that fails leaves no hole in what is recorded.
@Suite struct RecordingFaultTests {
  static let typed = ["load dataset", "n = 1", "# Words.", "build model", "t = train on=dataset1.source.train epochs=2", "undo", "redo", "fda beta=9", "keep", "slow goal=3", "show t"]

  /// The session's script on the disk.
  private func script(_ files: any FileSystem) throws -> String {
    let name = try #require(try files.names(in: "/s/.segue/sessions").first { $0.hasSuffix(".segue") })
    return String(decoding: try files.read("/s/.segue/sessions/" + name), as: UTF8.self)
  }

  /// One write after the other fails, once each.
  @Test func aWriteThatFailsOnceIsMadeUpFor() throws {
    for change in 0..<70 {
      let memory = MemoryFileSystem(), faulty = FaultyFileSystem(memory)
      try memory.makeFolder("/s")
      var transcript = ""
      do {
        let (session, _) = try Session.open(Toy.catalog, Surroundings(directory: "/s", fileSystem: faulty)) { _ in }
        faulty.fail(.once(afterChanges: change))
        for statement in Self.typed where session.evaluate(statement) != .done && statement != "fda beta=9" {
          #expect(session.evaluate(statement) == .done, "\(statement), change \(change)")
        }
        #expect(session.recordingFault() == nil)
        transcript = session.transcript
        #expect(try script(memory) == transcript, "change \(change)")
      }
      let (again, opening) = try Session.open(Toy.catalog, Surroundings(directory: "/s", fileSystem: memory)) { _ in }
      #expect(again.transcript == transcript && opening.damaged == 0 && opening.remarks == [], "change \(change)")
      #expect(try Replay(Script(transcript, Toy.catalog.vocabulary), in: Session(Toy.catalog)).run().exitCode == 0)
    }
  }

  /// The disk is full from some byte on: what is on it is a session that replays, and what is not is told.
  @Test func aFullDiskLeavesASessionThatReplays() throws {
    for limit in stride(from: 0, to: 9000, by: 150) {
      let memory = MemoryFileSystem(), faulty = FaultyFileSystem(memory)
      try memory.makeFolder("/s")
      let (session, _) = try Session.open(Toy.catalog, Surroundings(directory: "/s", fileSystem: faulty)) { _ in }
      session.evaluate("n = 0")
      faulty.fail(.full(afterBytes: limit))
      for statement in Self.typed where !["undo", "redo", "keep"].contains(statement) { session.evaluate(statement) }
      let fault = session.recordingFault(), text = try script(memory)
      #expect(session.transcript.hasPrefix(text), "limit \(limit)")
      #expect(fault != nil || text == session.transcript, "limit \(limit)")
      #expect(try Replay(Script(text, Toy.catalog.vocabulary), in: Session(Toy.catalog)).run().exitCode == 0)
      faulty.fail(nil)
      #expect(session.recordingFault() == nil)
      #expect(try script(memory) == session.transcript, "limit \(limit)")
    }
  }

  /// Empty lines and the first line that names the program are part of a script.
  @Test func everyLineIsRecorded() throws {
    let text = "#!/usr/bin/env segue run\n\n# One.\n\n# Two.\nn = 1\n\n\n# Indented.\n## Part\n\ndataset1 = load dataset streets\n#> streets, none\n\n"
    let session = Session(Toy.catalog), script = Script(text.replacing("# Indented", with: "  # Indented"), Toy.catalog.vocabulary)
    for item in script.items { #expect(session.evaluate(item, of: script) == .done) }
    #expect(session.transcript == text)
    #expect(session.transcript(only: ["n"]) == "#!/usr/bin/env segue run\n\n# One.\n\n# Two.\nn = 1\n")
    session.evaluate("\n\n")
    #expect(session.transcript == text, "an empty line that is typed is none")
  }
}
