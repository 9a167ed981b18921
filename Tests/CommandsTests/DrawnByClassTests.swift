import Commands
import Language
import Testing
import Workbench

/// `train` with images drawn by their classes, and with another batch of the target.
@Suite struct DrawnByClassTests {
  private func fingerprint(_ session: Session, _ name: String) throws -> String { try session.value(of: Reference(name)).fingerprint() }

  /// What a step saw can be looked at: the images that were drawn, which come again in another run.
  @Test func whatWasDrawnIsShown() throws {
    let bench = Bench(), session = try bench.open()
    defer { withExtendedLifetime(bench) {} }
    #expect(session.perform(Small.built + ["r = train m on=few.train batch=2 epochs=3 crop=32x32 rare=0.01", "p = train m on=few.train batch=2 epochs=3 crop=32x32"]) == nil)
    #expect(try fingerprint(session, "r") != fingerprint(session, "p"))
    #expect(session.perform(["a = load batch r step=4", "b = load batch r step=4", "c = load batch r step=5"]) == nil)
    #expect(try fingerprint(session, "a") == fingerprint(session, "b") && fingerprint(session, "a") != fingerprint(session, "c"))
  }

  /// Stopped and continued, it is the training that was never stopped.
  @Test(arguments: ["rare=0.05 crop=32x32", "toward=d.target.train targetbatch=3 rare=1", "toward=d.target.train method=teacher targetbatch=4 loss=balanced", "loss=ohem hard=0.1"])
  func goesOnBitForBit(_ settings: String) throws {
    let statement = "x = train m on=few.train batch=2 epochs=3 \(settings)", bench = Bench(), whole = try bench.open()
    #expect(whole.perform(Small.built + [statement]) == nil)
    let digest = try fingerprint(whole, "x"), other = Bench(), interrupt = Interrupt(), session = try other.open(interrupt: interrupt)
    let stopping = Session(DomainCommands.catalog, session.surroundings) { event in
      if case .progressed(let progress) = event, progress.fraction > 0.4 { interrupt.request() }
    }
    #expect(stopping.perform(Small.built) == nil)
    #expect(stopping.evaluate(statement) == .interrupted)
    interrupt.reset()
    #expect(session.perform(Small.built + [statement]) == nil)
    #expect(other.notes.contains { $0.hasPrefix("continues at step") })
    #expect(try fingerprint(session, "x") == digest)
  }

  @Test func aBatchOfTheTargetHasItsOwnSize() throws {
    let bench = Bench(), session = try bench.open()
    defer { withExtendedLifetime(bench) {} }
    #expect(session.perform(Small.built + ["t = train m on=few.train toward=d.target.train targetbatch=3 epochs=1", "load batch t step=2"]) == nil)
    #expect(session.shown.joined(separator: "\n").contains("step 2, epoch 1: 2 of source, 3 of target"))
  }
}
