import Language
import Storage
import Testing
import Workbench

/// `repeat` and `sweep`: statements that are evaluated again with other seeds and other literals. In the toy domain a training's loss is
/// 1 / epochs + seed / 1000, and the score of a model is 40 + its loss.
@Suite struct StudyTests {
  private static let pipeline = "rounds = 10\nload dataset\nnet = build model\nt = train net on=dataset1.source.train epochs=rounds\ns = iou t on=dataset1.target.val"

  private static func session(_ more: String = "") -> Session {
    let session = Session(Toy.catalog)
    #expect(session.evaluate(pipeline + (more.isEmpty ? "" : "\n" + more)) == .done)
    return session
  }

  private static func lines(_ session: Session) -> [String] { TranscriptLayout.lines(session.last.display).map(\.text) }

  /// Mean 40.101, standard deviation 0.001, Student's t 4.3027 for 2 degrees of freedom and 12.7062 for 1.
  @Test(arguments: [
    ("repeat s", "t  40.1000  40.1010  40.1020  40.1010  40.0985 to 40.1035"), ("repeat s seeds=2", "t  40.1000  40.1010  40.1005  40.0941 to 40.1069"),
    ("repeat s seeds=10", "t  40.1000 to 40.1090  40.1045  40.1023 to 40.1067"), ("repeat s row=\"road\"", "t  -  -  -  -  -"), ("repeat", "t  40.1000  40.1010"),
  ]) func meansAndIntervals(_ statement: String, _ row: String) {
    let session = StudyTests.session(statement)
    let lines = StudyTests.lines(session).map { $0.split(separator: " ").joined(separator: " ") }
    #expect(lines.contains { $0.hasPrefix(row.split(separator: " ").joined(separator: " ")) }, "\(lines)")
  }

  /// What a seed gives in a study is what the statements give after `seed`.
  @Test func aSeedGivesWhatTheStatementsGiveWithIt() throws {
    let study = StudyTests.session("r = repeat s seeds=2\nsave r to=\"r.csv\"")
    let numbers = StudyTests.lines(StudyTests.session("repeat s seeds=2")).first { $0.hasPrefix("t ") }!.split(separator: " ")
    let alone = Session(Toy.catalog)
    alone.evaluate("seed 1\n" + StudyTests.pipeline)
    let score = try #require(try alone.value(of: Reference("s")) as? Scores)
    #expect(Double(numbers[2]) == (score.miou * 10_000).rounded() / 10_000)
    let file = String(decoding: try study.surroundings.fileSystem.read(study.surroundings.directory + "/r.csv"), as: UTF8.self).split(separator: "\n")
    #expect(file.first == "seed,column,row,value" && file.contains("1,t,mIoU,\(score.miou)") && file.contains("0,t,road,"))
  }

  /// A training that is in the store is not computed again: more seeds cost only those that are new.
  @Test func eachSeedIsComputedOnce() {
    let session = StudyTests.session("repeat s")
    func made(_ statement: String) -> Int {
      let before = session.tally.made
      #expect(session.evaluate(statement) == .done)
      return session.tally.made - before
    }
    #expect(made("repeat s") == 0)
    // One more seed makes one more training and one more score beside what the toy domain never stores, and the study itself.
    let trained = Set(session.surroundings.store.contents().filter { $0.command == "train" }.map(\.digest))
    #expect(trained.count == 3)
    #expect(session.evaluate("repeat s seeds=4") == .done)
    #expect(session.surroundings.store.contents().count { $0.command == "train" } == 4)
    let before = session.surroundings.store.contents().count
    #expect(session.evaluate("seed 3\nother = build model\nu = train other on=dataset1.source.train epochs=rounds") == .done)
    #expect(session.surroundings.store.contents().count == before)
  }

  @Test func columnsAreComparedSeedBySeed() {
    let session = StudyTests.session("few = train net on=dataset1.source.train epochs=5\nboth = iou t few on=dataset1.target.val\nrepeat both")
    let lines = StudyTests.lines(session)
    #expect(lines.contains { $0.hasPrefix("mIoU, difference from t") })
    // The toy's table gives all its models the first one's number.
    #expect(lines.contains { $0.split(separator: " ").joined(separator: " ") == "few 0.0000 0.0000 to 0.0000 no difference shown" }, "\(lines)")
  }

  /// Statements that were given several seeds stay apart in every repetition.
  @Test func severalSeedsStayApart() {
    let session = StudyTests.session("seed 1\nu = train net on=dataset1.source.train epochs=5\nb = iou u t on=dataset1.target.val\nrepeat b seeds=2")
    #expect(StudyTests.lines(session).first { $0.contains("seed 0") }?.contains("seed 2") == true)
  }

  @Test func sweepsOverAName() throws {
    let session = StudyTests.session("sweep rounds 5 10 20 of=s")
    let rows = StudyTests.lines(session).map { $0.split(separator: " ").joined(separator: " ") }
    #expect(rows.contains("rounds t") && rows.contains("5 40.2000") && rows.contains("10 40.1000") && rows.contains("20 40.0500"), "\(rows)")
    #expect(session.evaluate("best = sweep1.best") == .done)
    #expect(session.evaluate("expect best = 5") == .done)
  }

  /// Two names of one number are two things to vary, whose values are not taken for one another.
  @Test func whatIsVariedIsInTheRecipe() throws {
    let session = StudyTests.session("more = 10\nu = train t on=dataset1.source.train epochs=more\nz = iou u on=dataset1.target.val\na = sweep rounds 5 10 of=z\nb = sweep more 5 10 of=z")
    #expect(session.names.first { $0.name == "a" }?.digest != session.names.first { $0.name == "b" }?.digest)
    // Another name of the same thing is the same sweep.
    #expect(session.evaluate("also = more\nc = sweep also 5 10 of=z") == .done)
    #expect(session.names.first { $0.name == "c" }?.digest == session.names.first { $0.name == "b" }?.digest)
  }

  @Test func aSweepCanBeRepeated() {
    let session = StudyTests.session("w = sweep rounds 5 10 of=s\nrepeat w seeds=2")
    let rows = StudyTests.lines(session).map { $0.split(separator: " ").joined(separator: " ") }
    #expect(rows.contains { $0.hasPrefix("5 40.2000 40.2010 40.2005") } && rows.contains { $0.hasPrefix("10 40.1000 40.1010 40.1005") }, "\(rows)")
  }

  @Test(arguments: [
    ("repeat net", "net is a model without numbers"), ("repeat rounds", "nothing that rounds was made from draws random numbers"), ("repeat s row=\"raod\"", "s has no row 'raod'"),
    ("repeat s seeds=1", "seeds must lie in 2...100"), ("sweep rounds of=s", "at least 2"), ("sweep net 5 of=s", "net is no name of a number"), ("sweep 5 10 of=s", "5 is no name of a number"),
    ("sweep rounds 5 5 of=s", "5 is given twice"), ("sweep rounds 5 64x32 of=s", "rounds is a number, and '64x32' is a size"), ("other = 3\nsweep other 5 of=s", "nothing that s was made from uses other"),
    ("sweep rounds 0 5 of=s", "epochs must lie in 1...1000"),
  ]) func refusals(_ statement: String, _ words: String) {
    let session = Session(Toy.catalog)
    session.evaluate(StudyTests.pipeline)
    let evaluation = session.evaluate(statement)
    #expect(evaluation.diagnostic?.message.contains(words) == true, "\(String(describing: evaluation.diagnostic))")
  }

  /// A check finds what a run would, and nothing else.
  @Test(arguments: [("repeat s", true), ("sweep rounds 5 10 of=s", true), ("w = sweep rounds 5 10 of=s\nrepeat w", true), ("repeat rounds", false)])
  func checkedBeforeTheyRun(_ statement: String, _ isRight: Bool) {
    let script = Script(StudyTests.pipeline + "\n" + statement + "\n", Toy.catalog.vocabulary)
    #expect(Session.check(script, Toy.catalog, .memory()).isEmpty == isRight)
  }

  @Test func explained() {
    let session = StudyTests.session("explain repeat s\n")
    #expect(StudyTests.lines(session).contains { $0.hasPrefix("computes net, t, s again with seeds 1, 2") }, "\(StudyTests.lines(session))")
    #expect(session.evaluate("explain sweep rounds 5 20 of=s") == .done)
    #expect(StudyTests.lines(session).contains { $0.hasPrefix("computes t, s with each of 2 values") }, "\(StudyTests.lines(session))")
  }

  /// What is stopped in the middle goes on from what the store has.
  @Test func stoppedAndContinued() throws {
    let directory = TestDirectory(), interrupt = Interrupt()
    var stages: [String] = [], isPatient = false
    let session = Session(Toy.catalog, try Surroundings(directory: directory.path, interrupt: interrupt)) { event in
      guard case .progressed(let progress) = event else { return }
      stages.append(progress.stage)
      if progress.stage == "seed 2, 3 of 4: t: epoch 3/10", !isPatient { interrupt.request() }
    }
    #expect(session.evaluate(StudyTests.pipeline) == .done)
    let stopped = session.evaluate("repeat s seeds=4")
    #expect(stopped == .interrupted && stopped.goesOn)
    interrupt.reset()
    (stages, isPatient) = ([], true)
    #expect(session.evaluate("repeat s seeds=4") == .done)
    #expect(!stages.contains { $0.hasPrefix("seed 1,") } && stages.contains("seed 2, 3 of 4: t: epoch 10/10") && stages.contains("seed 3, 4 of 4: t: epoch 10/10"))
  }
}
