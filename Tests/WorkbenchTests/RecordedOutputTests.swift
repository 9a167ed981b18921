import Language
import TestSupport
import Testing
import Workbench

/// Whatever a script records is compared, or it is said that it was not.
@Suite struct RecordedOutputTests {
  func replay(_ text: String, _ session: Session = Session(Toy.catalog), _ change: (inout Replay.Options) -> Void = { _ in }) throws -> (report: Replay.Report, replay: Replay) {
    var options = Replay.Options()
    options.instructionSet = "avx2"
    change(&options)
    let replay = try Replay(Script(text, Toy.catalog.vocabulary), in: session, options)
    return (replay.run(), replay)
  }

  /// A script, and the exit code of its replay.
  @Test(arguments: [
    ("load dataset\n\n#> streets, none\n", 0), ("load dataset\n\n#> wrong\n", 3), ("load dataset\n# Words.\n#> wrong\n", 3), ("load dataset\n## Part\n\n\n#> wrong\n", 3),
    ("load dataset\n#> streets, none\n\n#> more\n", 3), ("#> wrong\nload dataset\n", 3), ("# Words.\n\n#! wrong\nload dataset\n#> streets, none\n", 3),
    ("seed 1\n#> wrong\n", 3), ("seed 1\n#> ...\n", 0), ("n = 4\n#> 4\n", 3), ("load dataset\nfda beta=9\n\n#! beta must lie in 0...0.5, not '9'\n", 0),
    ("load dataset\nfda beta=9\n#> wrong\n#! beta must lie in 0...0.5, not '9'\n", 3), ("load dataset\nfda beta=9\n# Why.\n#! beta must lie in 0...0.6, not '9'\n", 3),
    ("load dataset\n#> streets, none\n\n  # Words.\n#> streets, none\n", 3), ("n = 1 #> 1\n", 1), ("n = 1\n  #> 1\n", 1), ("n = 1\n \t#! 1\n", 1), ("n = 1 # > 1 is not\n", 0), ("load dataset\n#> streets, none\n  #> more\n", 1),
    ("n = 1\nquit\n", 0), ("quit\nload dataset\n", 0), ("n = 1\nquit\nload dataset\n#> streets, none\n", 3), ("quit\nn = 1\n#! ...\n", 3), ("quit\n#> wrong\n", 3),
  ])
  func isCompared(_ text: String, _ code: Int32) throws {
    let report = try replay(text).report
    #expect(report.exitCode == code, "\(report.steps.map { ($0.statement, $0.verdict, $0.reason) }) \(report.failure?.message ?? "")")
  }

  @Test func whatQuitHidesIsReported() throws {
    let report = try replay("n = 1\nquit\nm = 2\nload dataset\n#> streets, none\n").report
    #expect(report.unreached == 2)
    #expect(report.steps.map(\.verdict) == [nil, nil, nil, .differs])
    #expect(report.steps.last?.reason == "it was not run, as `quit` in line 2 ends the script")
  }

  @Test(arguments: [("#> 4\nn = 4\n", 1), ("# Words.\n\n#! no\nn = 4\n", 1), ("n = 4\n#! no\n", 0), ("n = 4 #> 4\n", 1)])
  func aCheckSaysWhatIsComparedWithNothing(_ text: String, _ count: Int) {
    #expect(Session.check(Script(text, Toy.catalog.vocabulary), Toy.catalog, .memory()).count == count)
  }

  /// Outputs behind an empty line move up when they are brought up to date; the words stay, and so does every line break.
  @Test func updatesFindThemToo() throws {
    let (report, replay) = try replay("n = 4\r\nload dataset\r\n\r\n# Words.\r\n#> wrong\r\nm = 3\n")
    #expect(replay.updated(report, .changed) == "n = 4\r\nload dataset\r\n#> streets, none\r\n\r\n# Words.\r\nm = 3\n")
    #expect(replay.updated(report, .missing) == "n = 4\r\nload dataset\r\n\r\n# Words.\r\n#> wrong\r\nm = 3\n")
  }

  /// Each recorded digit of a session is changed in turn: none passes for the same, and with --exact each differs.
  @Test func everyDigitCounts() throws {
    let session = Session(Toy.catalog)
    for (typed, _) in LeftOutTests.seven { session.evaluate(typed) }
    session.evaluate("fda beta=9")
    session.evaluate("keep\nexpect iou1.miou > 3\nshow train1 iou1")
    let (locked, replay) = try replay(session.transcript) { $0.takesContents = true }
    let lock = try #require(replay.lock(locked))
    var verdicts: [Verdict: Int] = [:]
    for changed in Digits.changed(in: session.transcript) {
      let report = try self.replay(changed.text).report
      #expect(report.verdict != .same && report.failure == nil, "\(changed.line)")
      verdicts[report.verdict, default: 0] += 1
      let exact = try self.replay(changed.text) { ($0.isExact, $0.lock) = (true, lock) }.report
      #expect(exact.verdict == .differs && exact.exitCode == 3, "\(changed.line)")
    }
    #expect(verdicts[.close] ?? 0 > 3 && verdicts[.differs] ?? 0 > 10, "\(verdicts)")
    #expect(try self.replay(session.transcript) { ($0.isExact, $0.lock) = (true, lock) }.report.verdict == .same)
  }

  /// Data that changed is told though the outputs agree, also for what was made from it, and is not the same.
  @Test func changedDataIsToldWhereOutputsAgree() throws {
    let directory = TestDirectory()
    let text = "w = load weights \"w.bin\"\n#> ...\nload dataset\nt = train w on=dataset1.source.train epochs=4\n#> trained, loss 0.250\n"
    try directory.write("one", "w.bin")
    let (report, first) = try replay(text, directory.session()) { $0.takesContents = true }
    let lock = try #require(first.lock(report))
    #expect(try replay(text, directory.session()) { $0.lock = lock }.report.verdict == .same)
    try directory.write("two", "w.bin")
    let changed = try replay(text, directory.session()) { $0.lock = lock }.report
    #expect(changed.steps.map(\.verdict) == [.differs, nil, .differs] && changed.exitCode == 3)
    #expect(changed.steps.map(\.reason) == ["the data changed", nil, "in load weights: the data changed"])
  }

  /// A session of this directory needs no lock: its journal has the recipes.
  @Test func aRecordedSessionKnowsItsRecipes() throws {
    let directory = TestDirectory()
    try directory.write("one", "w.bin")
    var path = ""
    do {
      let (session, opening) = try directory.open()
      session.evaluate("w = load weights \"w.bin\"\nm = 3\nundo\n# Words.")
      path = opening.script
    }
    let text = try #require(directory.text(path)).replacing("one, loss", with: "..., loss")
    func verdict() throws -> Verdict {
      let surroundings = try directory.surroundings()
      let lock = Session.recordedRecipes(of: path, in: surroundings)
      #expect(lock?.entries.count == 1)
      return try replay(text, Session(Toy.catalog, surroundings)) { $0.lock = lock }.report.verdict
    }
    #expect(try verdict() == .same)
    try directory.write("two", "w.bin")
    #expect(try verdict() == .differs)
    try directory.write("x = 1\n", "other.segue")
    #expect(Session.recordedRecipes(of: "other.segue", in: try directory.surroundings()) == nil)
  }
}
