import Language
import Storage
import TestSupport
import Testing
import Workbench

/// Anything typed, any session file, any store: no crash, no hang, and a session that works afterwards. scripts/fuzz tries many more.
@Suite struct FuzzTests {
  @Test(arguments: 0..<2) func anyStatements(_ part: Int) {
    Mutation.trying(Mutation.count(usual: 1500, share: 0.05), part: part, of: 2) { number in
      let text = Mutation.text(number).replacing("quit", with: "vars")
      let script = Script(text, Toy.catalog.vocabulary)
      for diagnostic in Session.check(script, Toy.catalog, .memory()) {
        #expect(diagnostic.range.map { $0.start <= $0.end && $0.end <= text.utf8.count } ?? true, "\(number): \(text.debugDescription)")
      }
      let formatted = script.formatted(Toy.catalog)
      #expect(Script(formatted, Toy.catalog.vocabulary).formatted(Toy.catalog) == formatted, "\(number): \(text.debugDescription)")
      let session = Session(Toy.catalog)
      for item in script.items { session.evaluate(item, of: script) }
      // What was recorded replays as it is.
      if let replay = try? Replay(Script(session.transcript, Toy.catalog.vocabulary), in: Session(Toy.catalog)) {
        let report = replay.run()
        // Files are not there the second time, and a failure that is kept after undo lists other names.
        if !["load weights", "save", "to=", "refresh", "undo", "redo", "keep"].contains(where: text.contains) {
          #expect(report.failure == nil && report.verdict == .same, "\(number): \(session.transcript.debugDescription) \(report.failure.debugDescription)")
        }
      }
      #expect(session.evaluate("last_name = 1") == .done)
    }
  }

  /// A journal that was damaged in any way is opened, the session goes on, and the script beside it loses nothing.
  @Test(arguments: 0..<2) func anyJournal(_ part: Int) throws {
    let directory = TestDirectory()
    var path = ""
    do {
      let (session, opening) = try directory.open()
      session.evaluate("## Head\nload dataset\nn = 4\nslow n\nundo\n# prose\nx = n\nbuild model\ntrain on=dataset1.source.train epochs=2\nseed 3\nshow x")
      path = ".segue/sessions/" + opening.script.split(separator: "/").last!.replacing(".segue", with: ".journal")
    }
    let journal = Array(try #require(directory.text(path)).utf8), script = try #require(directory.text(path.replacing(".journal", with: ".segue")))
    try Mutation.trying(Mutation.count(usual: 300, share: 0.025), part: part, of: 2) { number in
      try directory.files.remove(directory.path + "/.segue/sessions")
      try directory.files.makeFolder(directory.path + "/.segue/sessions")
      try directory.files.write(Mutation.bytes(number, of: journal), to: directory.path + "/" + path)
      try directory.write(script, path.replacing(".journal", with: ".segue"))
      let (session, opening) = try directory.open()
      let opened = session.transcript
      for statement in ["x", "vars", "graph", "train1", "undo 2", "redo", "refresh", "save s.segue only=x", "diff x n"] { session.evaluate(statement) }
      #expect(session.evaluate("seed 3") == .done)
      #expect(directory.text(opening.script) == session.transcript)
      let folder = directory.path + "/.segue/sessions/", files = try directory.files.names(in: folder)
      #expect(opened == script || files.contains { (try? directory.files.read(folder + $0)) == Array(script.utf8) }, "\(opening.remarks)")
    }
  }

  /// A store that was damaged in any way: values are recomputed, and nothing else is lost.
  @Test(arguments: 0..<2) func anyStore(_ part: Int) throws {
    let directory = TestDirectory()
    let work = "load dataset\nbuild model\nt = train on=dataset1.source.train epochs=3\niou t"
    try directory.session().evaluate(work)
    let home = directory.path + "/.segue"
    var files: [(path: String, bytes: [UInt8])] = []
    for digest in try directory.files.names(in: home + "/store") {
      for name in try directory.files.names(in: "\(home)/store/\(digest)") {
        let path = "\(home)/store/\(digest)/\(name)"
        files.append((path, try directory.files.read(path)))
      }
    }
    try Mutation.trying(Mutation.count(usual: 300, share: 0.025), part: part, of: 2) { number in
      let file = files[number / 2 % files.count]
      try directory.files.write(Mutation.bytes(number, of: file.bytes), to: file.path)
      let session = try directory.session()
      #expect(session.evaluate("store") == .done)
      #expect(session.evaluate(work + "\nexplain iou t\nt@best\nexpect iou1.miou > 40\nstore trim=yes") == .done, "\(number)")
    }
  }

  /// Locks beside scripts, whatever they hold.
  @Test func anyLock() throws {
    let script = Script("n = 1\nload dataset\nx = fda\n#> ...\n", Toy.catalog.vocabulary)
    var taking = Replay.Options()
    (taking.takesContents, taking.instructionSet) = (true, "avx2")
    let first = try Replay(script, in: Session(Toy.catalog), taking)
    let bytes = try #require(first.lock(first.run())).bytes
    Mutation.trying(Mutation.count(usual: 500, share: 0.01), part: 0, of: 1) { number in
      guard let lock = try? ReplayLock(bytes: Mutation.bytes(number, of: bytes), name: "x.lock") else { return }
      var options = Replay.Options()
      options.lock = lock
      _ = try? Replay(script, in: Session(Toy.catalog), options).run()
    }
  }
}
