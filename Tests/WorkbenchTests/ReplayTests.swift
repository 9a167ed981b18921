import Language
import Testing
import Workbench

@Suite struct ReplayTests {
  @Test(arguments: [
    ("mIoU 41.2 of 19", "same"), ("mIoU   41.2 of\n19", "same"), ("mIoU 43.9 of 19", "close"), ("mIoU 44.9 of 19", "differs"), ("mIoU 41 of 19", "same"),
    ("mIoU 41.2 of 18", "differs"), ("mIoU ... of 19", "same"), ("...", "same"), ("... 19", "same"), ("mIoU ...", "same"), ("mIoU 41.2 of 19 ...", "same"),
    ("... 18", "differs"), ("mIoU 41.2", "differs"), ("miou 41.2 of 19", "differs"), ("mIoU -41.2 of 19", "differs"), ("", "differs"),
  ])
  func trainedNumbers(_ recorded: String, _ verdict: String) {
    let now: Phrase = "mIoU \(Number(41.23, places: 1, .trained(.absolute(3)))) of \(19)"
    #expect(OutputComparison(recorded: recorded.split(separator: "\n").map(String.init), now: [now]).verdict.rawValue == verdict)
  }

  @Test(arguments: [("loss 0.500", "same"), ("loss 0.501", "close"), ("loss 0.502", "differs"), ("loss 0.5", "same"), ("loss 0.50001", "differs")])
  func roundedNumbers(_ recorded: String, _ verdict: String) {
    let now: Phrase = "loss \(Number(0.50005, places: 3, .rounded))"
    #expect(OutputComparison(recorded: [recorded], now: [now]).verdict.rawValue == verdict)
  }

  @Test func digests() {
    let now: Phrase = "model \(digest: "91c0d2aa0011")"
    #expect(OutputComparison(recorded: ["model @91c0d2aa"], now: [now]).verdict == .same)
    let other = OutputComparison(recorded: ["model @91c0d2ab"], now: [now])
    #expect(other.verdict == .differs)
    #expect(other.isRecipeChanged)
  }

  static let script = """
    # Train and judge.
    rounds = 4
    load dataset
    #> streets, none
    build model
    fda beta=9
    #! beta must lie in 0...0.5, not '9'
    train on=dataset1.source.train epochs=rounds
    #> trained, loss 0.250
    iou
    expect iou1.miou > 30

    """

  func replay(_ text: String, _ overrides: [String: String] = [:], strict: Bool = false) throws -> (report: Replay.Report, replay: Replay) {
    let script = Script(text, Toy.catalog.vocabulary)
    let replay = try Replay(script, in: Session(Toy.catalog), Replay.Options(overrides: overrides, isStrict: strict))
    return (replay.run(), replay)
  }

  /// What is changed in the script, the verdict, and the exit code.
  @Test(arguments: [
    ("", "", "same", 0), ("loss 0.250", "loss 0.255", "close", 0), ("loss 0.250", "loss 0.350", "differs", 3), ("trained, loss 0.250", "...", "same", 0),
    ("not '9'", "not '8'", "differs", 3), ("#! beta must lie in 0...0.5, not '9'", "#! ... not '9' ...", "same", 0), ("beta=9", "beta=0.1", "differs", 3),
    ("> 30", "> 90", "same", 1), ("build model", "buld model", "same", 1), ("#> streets, none", "#> street, none", "differs", 3),
  ])
  func verdicts(_ old: String, _ new: String, _ verdict: String, _ code: Int32) throws {
    let report = try replay(old.isEmpty ? Self.script : Self.script.replacing(old, with: new)).report
    #expect(report.verdict.rawValue == verdict)
    #expect(report.exitCode == code)
  }

  @Test func strictness() throws {
    #expect(try replay(Self.script.replacing("0.250", with: "0.255"), strict: true).report.exitCode == 3)
  }

  @Test func overrides() throws {
    #expect(try replay(Self.script, ["rounds": "2"]).report.exitCode == 0)
    #expect(try replay(Self.script.replacing("0.250", with: "9.9"), ["rounds": "2"]).report.verdict == .same)
    #expect(try replay(Self.script.replacing("> 30", with: "> 90"), ["rounds": "2"]).report.exitCode == 1)
    #expect(throws: Diagnostic("the script gives no literal the name 'round'", remedy: "did you mean rounds?")) { try replay(Self.script, ["round": "2"]) }
    #expect(throws: Diagnostic("'train' is not a literal for 'rounds'", remedy: "a number, a size, a range, or a text between quotes")) {
      try replay(Self.script, ["rounds": "train"])
    }
    #expect(throws: Diagnostic("'0,5' is not a literal for 'rounds'", remedy: "write 0.5")) { try replay(Self.script, ["rounds": "0,5"]) }
  }

  @Test func updates() throws {
    let old = Self.script.replacing("loss 0.250", with: "loss 0.350")
    let (report, replay) = try replay(old)
    let missing = replay.updated(report, .missing)
    #expect(missing.contains("build model\n#> bisenet, loss 0.000\n"))
    #expect(missing.contains("loss 0.350"))
    let changed = replay.updated(report, .changed)
    #expect(changed.contains("#> trained, loss 0.250\n"))
    #expect(changed.contains("# Train and judge.\nrounds = 4\n"))
    let again = try self.replay(changed)
    #expect(again.report.verdict == .same)
    #expect(again.replay.updated(again.report, .changed) == changed, "what is the same stays byte for byte")
  }

  /// A script from an editor that ends lines with a carriage return as well keeps it in every line.
  @Test func updatesKeepTheEndsOfLines() throws {
    let old = Self.script.replacing("loss 0.250", with: "loss 0.350").replacing("\n", with: "\r\n")
    let (report, replay) = try replay(old)
    let bytes = Array(replay.updated(report, .changed).utf8)
    #expect(String(decoding: bytes, as: UTF8.self).contains("#> trained, loss 0.250\r\n"))
    #expect(bytes.indices.allSatisfy { bytes[$0] != 0x0A || $0 > 0 && bytes[$0 - 1] == 0x0D })
    #expect(bytes.last == 0x0A)
  }

  @Test func differencesAreShownByLine() throws {
    let step = try #require(try replay(Self.script.replacing("loss 0.250", with: "loss 0.350")).report.steps.first { $0.verdict == .differs })
    #expect(step.line == 8)
    #expect(step.difference.map(\.description) == ["- #> trained, loss 0.350", "+ #> trained, loss 0.250"])
  }

  @Test func aSessionsOwnTranscriptReplaysTheSame() throws {
    let session = Session(Toy.catalog)
    for (typed, _) in LeftOutTests.seven { session.evaluate(typed) }
    session.evaluate("fda beta=9")
    session.evaluate("keep\nexpect iou1.miou > 3")
    let report = try replay(session.transcript).report
    #expect(report.verdict == .same)
    #expect(report.failure == nil)
    #expect(report.steps.count == 9)
    #expect(Script(session.transcript, Toy.catalog.vocabulary).formatted == session.transcript)
  }

  /// Ctrl-C during a statement that has no step left to stop at: it is done and compared, and nothing runs after it.
  @Test func anInterruptBehindAStatementIsNotLost() throws {
    let interrupt = Interrupt(), script = Script(Self.script, Toy.catalog.vocabulary)
    let session = Session(Toy.catalog, .memory(interrupt: interrupt)) { event in
      if case .produced(_, "dataset", _, _, _) = event { interrupt.request() }
    }
    let report = try Replay(script, in: session).run()
    #expect(report.isInterrupted && report.exitCode == 130)
    #expect(report.steps.count == 2 && report.steps.last?.verdict == .same)
    #expect(session.history.count == 2)
  }

  /// Ctrl-C between an answer to `replay --step` and the statement that it lets run: whatever the statement is, it is the last.
  @Test func anInterruptBeforeAStatementIsNotLost() throws {
    let interrupt = Interrupt()
    let session = Session(Toy.catalog, .memory(interrupt: interrupt))
    let report = try Replay(Script("x = 1\ny = 2\n", Toy.catalog.vocabulary), in: session).run { _, statement in
      if statement == "x = 1" { interrupt.request() }
      return .run
    }
    #expect(report.isInterrupted && report.exitCode == 130 && session.names.map(\.name) == ["x"])
  }

  /// What is typed at once ends as a script does.
  @Test func anInterruptEndsTheLinesTypedAtOnce() {
    let interrupt = Interrupt()
    let session = Session(Toy.catalog, .memory(interrupt: interrupt)) { event in
      if case .produced(_, "dataset", _, _, _) = event { interrupt.request() }
    }
    session.evaluate("load dataset\nx = 1")
    #expect(session.names.map(\.name) == ["dataset1"])
  }

  /// Item by item, as `segue run` does: prose and statements go into the session's script with the outputs of now, and a line that is no
  /// statement fails without ending anything.
  @Test func running() {
    let session = Session(Toy.catalog)
    let script = Script("# a\nn=3\n" + Self.script, Toy.catalog.vocabulary)
    let failures = script.items.compactMap { item -> String? in
      if let diagnostic = session.evaluate(item, of: script).diagnostic { diagnostic.description } else { nil }
    }
    #expect(failures == ["a name and its '=' need a space between them (write n = 3)", "beta must lie in 0...0.5, not '9'"])
    let lines = session.transcript.split(separator: "\n").map(String.init)
    #expect(lines.first == "# a" && lines.contains("iou1 = iou train1 on=dataset1.target.val"))
    #expect(lines.contains("#> train1   40.3") || lines.contains("#> train1  40.2") || lines.contains("#> train1  40.3"))
  }
}
