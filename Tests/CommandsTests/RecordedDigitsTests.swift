import Commands
import Imaging
import Language
import TestSupport
import Testing
import Workbench

/// Replays of a real session, whose values are kept.
@Suite struct RecordedDigitsTests {
  static let statements = Small.trained + [
    "f = fda few toward=d.target", "i = iou t on=few.val", "e = ensemble t t@1", "p = pseudolabel e on=d.target.train", "expect i.miou >= 0", "show few[0]", "t.loss",
  ]

  private func replay(_ text: String, _ bench: Bench, _ change: (inout Replay.Options) -> Void = { _ in }) throws -> (report: Replay.Report, replay: Replay) {
    var options = Replay.Options()
    options.instructionSet = "here"
    change(&options)
    let session = Session(Bench.catalog, try Surroundings(directory: bench.path))
    let replay = try Replay(Script(text, session.vocabulary), in: session, options)
    return (replay.run(), replay)
  }

  /// Recorded digits in turn become others, every eleventh to be quick: none passes for what was recorded. The workbench's own tests
  /// change all of a session.
  @Test func everyDigitCounts() throws {
    let bench = Bench()
    let session = try bench.open()
    #expect(session.perform(Self.statements) == nil)
    let transcript = session.transcript
    #expect(try replay(transcript, bench).report.verdict == .same)
    var close = 0, differing = 0
    for (number, changed) in Digits.changed(in: transcript).enumerated() where number % 11 == 0 {
      let report = try replay(changed.text, bench).report
      #expect(report.verdict != .same && report.failure == nil, "\(changed.line)")
      if report.verdict == .close { close += 1 } else { differing += 1 }
    }
    #expect(close > 1 && differing > 5, "\(close) close, \(differing) differing")
  }

  @Test func withExactNoneIsClose() throws {
    let bench = Bench(), statements = Small.trained + ["i = iou t on=few.val"]
    let session = try bench.open()
    #expect(session.perform(statements) == nil)
    let (locked, replay) = try replay(session.transcript, bench) { $0.takesContents = true }
    let lock = try #require(replay.lock(locked))
    for (number, changed) in Digits.changed(in: session.transcript).enumerated() where number % 5 == 0 && (changed.line.contains("loss") || changed.line.contains("mIoU") || changed.line.contains("road")) {
      let report = try self.replay(changed.text, bench) { ($0.isExact, $0.lock) = (true, lock) }.report
      #expect(report.verdict == .differs && report.exitCode == 3, "\(changed.line)")
    }
    #expect(try self.replay(session.transcript, bench) { ($0.isExact, $0.lock) = (true, lock) }.report.verdict == .same)
  }

  /// What a lock holds of a dataset is all of it: a change in any one picture or label is another content.
  @Test(arguments: ["images/1.png", "images/3.png", "labels/3.png"]) func everySampleIsInTheLock(_ name: String) throws {
    let bench = Bench(), script = "g = load dataset gta5 \"a\"\n"
    try bench.gta("a", 5)
    func content() throws -> String? { try replay(script, bench) { $0.takesContents = true }.report.steps[0].content }
    let before = try content()
    #expect(try content() == before)
    if name.hasPrefix("images") {
      try bench.write("a/" + name, PNG.encode(Image(size: PixelSize(64, 32))))
    } else {
      try bench.label("a/" + name, [8, 7])
    }
    #expect(try content() != before)
  }
}
