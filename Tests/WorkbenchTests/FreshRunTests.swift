import Language
import Storage
import Testing
import Workbench

/// Runs that take no notice of what was kept: they neither use nor touch the work of others, and go on with their own.
@Suite struct FreshRunTests {
  /// A session that stops at a step of `slow`; nil for one that does not.
  func session(_ directory: TestDirectory, key: String? = nil, stopAt stage: String? = nil, _ log: Log = Log()) throws -> Session {
    let interrupt = Interrupt()
    let surroundings = try Surroundings(directory: directory.path, interrupt: interrupt, fresh: key != nil, freshKey: key ?? "")
    return Session(Toy.catalog, surroundings) { event in
      log.events.append(event)
      if case .progressed(let progress) = event, progress.stage == stage { interrupt.request() }
    }
  }

  @Test func theCheckpointOfAnotherRunStays() throws {
    let directory = TestDirectory(), log = Log()
    #expect(try session(directory, stopAt: "12").evaluate("slow goal=20") == .interrupted)
    do {
      let fresh = try session(directory, key: "lock", stopAt: "3", log)
      #expect(fresh.evaluate("slow goal=20") == .interrupted)
      #expect(fresh.last.goesOn == true)
    }
    #expect(log.notes == [], "it starts at the beginning")
    do {
      let again = try session(directory, key: "lock", stopAt: "5", log)
      #expect(again.evaluate("slow goal=20") == .interrupted)
    }
    #expect(log.notes == ["continues at 3"])
    do {
      let other = try session(directory, key: "exact", stopAt: "4", log)
      #expect(other.evaluate("slow goal=20") == .interrupted)
    }
    #expect(log.notes.count == 1, "another command has its own place")
    #expect(try session(directory, log).evaluate("slow goal=20") == .done)
    #expect(log.notes.last == "continues at 12")
  }

  @Test func theSameCommandUsesWhatItHasMade() throws {
    let directory = TestDirectory()
    try session(directory).evaluate("slow goal=3\nslow goal=4")
    do { #expect(try session(directory, key: "k", stopAt: "5").evaluate("slow goal=3\nslow goal=4\nslow goal=9") == .interrupted) }
    let again = try session(directory, key: "k")
    #expect(again.surroundings.resumedFreshValues == 2)
    #expect(again.evaluate("slow goal=3\nslow goal=4\nslow goal=9") == .done)
    #expect((again.tally.kept, again.tally.made) == (2, 1))
    again.surroundings.finishFreshRun()
    let third = try session(directory, key: "k")
    #expect(third.evaluate("slow goal=3\nslow goal=9") == .done)
    #expect((third.tally.kept, third.tally.made) == (0, 2), "a run that came to its end leaves nothing to the next")
  }

  /// Two that give the same command at once do not share a place, and neither waits.
  @Test func twoAtOnceDoNotMeet() throws {
    let directory = TestDirectory()
    let one = try session(directory, key: "k", stopAt: "2"), two = try session(directory, key: "k")
    #expect(one.evaluate("slow goal=6") == .interrupted)
    #expect(two.evaluate("slow goal=6") == .done && two.tally.made == 1)
    one.surroundings.interrupt.reset()
    #expect(one.evaluate("slow goal=6") == .done)
  }

  @Test func whatIsUnfinishedIsCountedAndRemoved() throws {
    let directory = TestDirectory()
    do { #expect(try session(directory, key: "k", stopAt: "2").evaluate("slow goal=6") == .interrupted) }
    let session = try session(directory)
    #expect(session.surroundings.store.unfinished().count == 1)
    #expect(session.evaluate("store unfinished=yes") == .done)
    #expect(session.surroundings.store.unfinished().count == 0)
    let log = Log()
    #expect(try self.session(directory, key: "k", log).evaluate("slow goal=6") == .done)
    #expect(log.notes == [])
  }

  @Test func aReplaySaysWhetherItGoesOn() throws {
    let directory = TestDirectory()
    let script = Script("n = 4\nslow goal=9\n", Toy.catalog.vocabulary)
    let report = try Replay(script, in: session(directory, key: "k", stopAt: "5")).run()
    #expect(report.isInterrupted && report.goesOn && report.exitCode == 130)
  }
}
