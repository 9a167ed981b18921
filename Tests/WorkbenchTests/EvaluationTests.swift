import Language
import Storage
import Testing
import Workbench

/// What a session says of a statement that it was given.
@Suite struct EvaluationTests {
  @Test(arguments: [
    ("n = 25", "n = 25", ""), ("show 3", "show 3", "3"), ("show 3 # three", "show 3 # three", "3"), ("# words", nil, ""), ("", nil, ""),
    ("expect 2 > 1", "expect 2 > 1", ""), ("n = 25\nshow n\n# and no more", "show n", "25"), ("explain n = 25", "explain n = 25", "n = 25"),
  ] as [(String, String?, String)]) func whatCameOfIt(_ text: String, _ canonical: String?, _ shown: String) {
    let evaluation = Session(Toy.catalog).evaluate(text)
    #expect(evaluation == .done && evaluation.diagnostic == nil && !evaluation.goesOn)
    #expect(evaluation.canonical == canonical)
    #expect(TranscriptLayout.lines(evaluation.display).map(\.text).joined(separator: "\n").hasPrefix(shown))
    #expect((evaluation.display == .nothing) == shown.isEmpty)
  }

  /// A failure that was understood has its canonical text, one that was not has none; neither shows anything of the statement before.
  @Test(arguments: [("expect 1 > 2", "expect 1 > 2"), ("show 3 3 3 \"", nil), ("nonsense \"", nil), ("show missing", nil)] as [(String, String?)])
  func failures(_ text: String, _ canonical: String?) {
    let session = Session(Toy.catalog)
    session.evaluate("show 3")
    let evaluation = session.evaluate(text)
    #expect(evaluation != .done && evaluation.diagnostic != nil && evaluation.display == .nothing)
    #expect(evaluation.canonical == canonical)
    #expect(session.last.diagnostic == evaluation.diagnostic)
    #expect(session.evaluate("keep") == .done)
  }

  @Test func aStoppedStatementSaysWhetherItGoesOn() throws {
    let directory = TestDirectory(), interrupt = Interrupt()
    let session = Session(Toy.catalog, try Surroundings(directory: directory.path, interrupt: interrupt)) { event in
      if case .progressed(let progress) = event, progress.stage == "3" { interrupt.request() }
    }
    let stopped = session.evaluate("slow goal=20")
    #expect(stopped == .interrupted && stopped.goesOn && stopped.diagnostic?.message == "interrupted")
  }

  @Test(arguments: ["quit", "exit"]) func whatEndsASessionEndsAScript(_ word: String) throws {
    #expect(Session(Toy.catalog).evaluate(word) == .quit)
    let script = Script("n = 1\n\(word)\nexpect \(word) is nonsense\n", Toy.catalog.vocabulary)
    #expect(Session.check(script, Toy.catalog, .memory()) == [])
    let session = Session(Toy.catalog)
    #expect(session.evaluate("\(word)\nm = 2") == .quit)
    #expect(session.names.isEmpty)
  }

  /// What session commands declare is what they do: a script that is checked and one that is run mean the same.
  @Test(arguments: [
    ("n = 1\nundo\nshow n", false), ("n = 1\nundo\nredo\nshow n", true), ("n = 1\nm = 2\nundo 2\nshow n", false), ("seed 7\nshow 1", true),
    ("n = 1\nsave n to=n.txt", false), ("quit\nshow n", true),
  ]) func checkedAsRun(_ text: String, _ isRight: Bool) {
    let script = Script(text + "\n", Toy.catalog.vocabulary)
    #expect(Session.check(script, Toy.catalog, .memory()).isEmpty == isRight)
    let outcome = Session(Toy.catalog).evaluate(text)
    #expect((outcome == .done || outcome == .quit) == isRight)
  }
}
