import Language
import Testing
import Workbench

@Suite struct ReplayLockTests {
  static let script = "load dataset\nbuild model\nt = train on=dataset1.source.train epochs=4\n#> trained, loss 0.250\ni = iou t\n#> ...\n"

  func replay(_ text: String, _ session: Session = Session(Toy.catalog), _ change: (inout Replay.Options) -> Void = { _ in }) throws -> (report: Replay.Report, replay: Replay) {
    var options = Replay.Options()
    (options.instructionSet, options.takesContents) = ("avx2", true)
    change(&options)
    let replay = try Replay(Script(text, Toy.catalog.vocabulary), in: session, options)
    return (replay.run(), replay)
  }

  func lock(_ text: String = script) throws -> ReplayLock {
    let (report, replay) = try replay(text)
    return try #require(replay.lock(report))
  }

  @Test func exactReplayIsHeldToTheLock() throws {
    let lock = try lock()
    #expect(lock.entries.map(\.statement).prefix(2) == ["dataset1 = load dataset streets", "model1 = build model bisenet"])
    #expect(lock.entries.map { $0.contents["avx2"]?.utf8.count } == [64, 64, 64, 64])
    #expect(lock.entries.map { $0.recipe?.command } == ["load dataset", "build model", "train", "iou"])
    #expect(try ReplayLock(bytes: lock.bytes, name: "x.lock") == lock)
    let same = try replay(Self.script) { ($0.isExact, $0.lock) = (true, lock) }.report
    #expect(same.verdict == .same && same.exitCode == 0)
    var other = lock
    other.entries[2].contents["avx2"] = String(repeating: "0", count: 64)
    let report = try replay(Self.script) { ($0.isExact, $0.lock) = (true, other) }.report
    #expect(report.steps.map(\.verdict) == [nil, nil, .differs, .same])
    #expect(report.steps[2].reason == "the recipe is the same, and the value is not: bits differ")
    #expect(report.exitCode == 3)
    #expect(try replay(Self.script) { $0.lock = other }.report.verdict == .same, "only --exact is held to bits")
    let longer = try replay(Self.script + "n = 4\n") { ($0.isExact, $0.lock) = (true, lock) }.report
    #expect(longer.steps.last?.verdict == .differs && longer.steps.last?.reason == "it is not in the lock")
  }

  @Test func withoutALockNothingIsExact() {
    #expect(throws: Diagnostic("there is no lock to compare with", remedy: "`segue replay --lock` writes one")) { try replay(Self.script) { $0.isExact = true } }
  }

  @Test func anotherInstructionSetIsRefusedInWords() throws {
    let lock = try lock()
    let error = #expect(throws: Diagnostic.self) { try replay(Self.script) { ($0.isExact, $0.lock, $0.instructionSet) = (true, lock, "avx512") } }
    #expect(error?.message == "the lock holds values computed with avx2 instructions, and these are avx512")
    #expect(error?.remedy?.contains("SEGUE_CPU") == true)
    // Without --exact the instruction set is a reason.
    let report = try replay(Self.script.replacing("0.250", with: "0.255")) { ($0.lock, $0.instructionSet) = (lock, "avx512") }.report
    #expect(report.steps[2].verdict == .close)
    #expect(report.steps[2].reason == "recorded with avx2 instructions; these are avx512")
  }

  static let story = "rounds = 4\nload dataset\nmodel1 = build model\nt = train model1 on=dataset1.source.train epochs=rounds\n#> trained, loss 0.250\n"

  /// What is changed above a statement that stays as it was locked, and the reason for what differs.
  @Test(arguments: [
    ("rounds = 4", "rounds = 2", "epochs was 4 and is 2"), ("model1 =", "seed 500\nmodel1 =", "in build model: the seed was 0 and is 500; the seed was 0 and is 500"),
    ("t = train", "seed 500\nt = train", "the seed was 0 and is 500"),
  ])
  func reasonsComeFromTheLock(_ old: String, _ new: String, _ reason: String) throws {
    let lock = try lock(Self.story)
    let report = try replay(Self.story.replacing(old, with: new)) { $0.lock = lock }.report
    let step = try #require(report.steps.last)
    #expect(step.verdict == .differs)
    #expect(step.reason == reason)
  }

  @Test func changedDataIsAReason() throws {
    let directory = TestDirectory()
    let text = "w = load weights \"w.bin\"\n#> one, loss 0.000\n"
    try directory.write("one", "w.bin")
    let (report, first) = try replay(text, directory.session())
    #expect(report.verdict == .same)
    try directory.write("two", "w.bin")
    let step = try replay(text, directory.session()) { $0.lock = first.lock(report) }.report.steps[0]
    #expect(step.verdict == .differs)
    #expect(step.reason == "the data changed")
  }

  @Test func locksOfSeveralInstructionSetsLieTogether() throws {
    let avx2 = try lock()
    var wide = avx2
    for index in wide.entries.indices { wide.entries[index].contents = ["avx512": String(repeating: "a", count: 64)] }
    let both = wide.merged(with: avx2)
    #expect(both.instructionSets == ["avx2", "avx512"])
    // Another recipe takes nothing over.
    let changed = try lock(Self.script.replacing("epochs=4", with: "epochs=5"))
    #expect(changed.merged(with: both).entries.map { $0.contents.count } == [2, 2, 1, 1])
  }

  @Test(arguments: [
    ("{\"format\":3,\"news\":[]}", "x.lock was written by a newer Segue (format 3)"), ("", "x.lock is not a lock of Segue's, or is damaged"),
    ("[[package]]\nname = \"x\"", "x.lock is not a lock of Segue's, or is damaged"), ("{\"format\":1}", "x.lock is not a lock of Segue's, or is damaged"),
  ])
  func otherFilesAreTold(_ text: String, _ message: String) {
    let error = #expect(throws: Diagnostic.self) { try ReplayLock(bytes: Array(text.utf8), name: "x.lock") }
    #expect(error?.message == message)
  }

  @Test func aRecipeThatWasChangedByHandIsDamage() throws {
    let text = String(decoding: try lock().bytes, as: UTF8.self)
    #expect(throws: Diagnostic.self) { try ReplayLock(bytes: Array(text.replacing("\"train\"", with: "\"fda\"").utf8), name: "x.lock") }
  }

  @Test func locksLieBesideTheirScripts() {
    #expect(ReplayLock.path(of: "sessions/tour.segue") == "sessions/tour.lock")
    #expect(ReplayLock.path(of: "a.b/lesson") == "a.b/lesson.lock")
  }

  @Test func fromANameOn() throws {
    let text = "load dataset\n#> wrong\nbuild model\nshow model1\nt = train on=dataset1.source.train epochs=4\n#> trained, loss 0.250\nshow t\n#> ...\n"
    let named = try replay(text) { $0.start = "t" }.report
    #expect(named.steps.map(\.verdict) == [nil, nil, nil, .same, .same])
    #expect(named.verdict == .same && named.made == 4, "what only shows is passed over")
    let counted = try replay(text) { $0.start = "model1" }
    #expect(counted.report.steps.map { $0.outputs.isEmpty } == [true, false, false, false, false])
    #expect(counted.replay.updated(counted.report, .changed).contains("#> wrong"), "what was not compared is not brought up to date")
    let error = #expect(throws: Diagnostic.self) { try replay(text) { $0.start = "tt" } }
    #expect(error?.message == "no statement of the script makes 'tt'")
    #expect(error?.remedy == "did you mean t?")
  }

  @Test func stepByStep() throws {
    let replay = try Replay(Script("# One.\nn = 1\n\n## Two\nm = 2\nk = 3\n", Toy.catalog.vocabulary), in: Session(Toy.catalog))
    var asked: [String] = []
    let report = replay.run { prose, statement in
      asked.append((prose + [statement]).joined(separator: "|"))
      return statement == "k = 3" ? .stop : .run
    }
    #expect(asked == ["# One.|n = 1", "|## Two|m = 2", "k = 3"])
    #expect(report.isStopped && report.steps.count == 2 && report.exitCode == 0)
    #expect(replay.lock(report) == nil)
  }
}
