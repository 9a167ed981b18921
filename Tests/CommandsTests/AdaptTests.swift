import Commands
import Language
import Testing
import Workbench

/// `adapt`: a model with the statistics of other images, beside the one that it comes from.
@Suite struct AdaptTests {
  private func digests(_ session: Session, _ name: String) throws -> String { try session.value(of: Reference(name)).fingerprint() }

  @Test func weightsStayAndStatisticsAreThoseOfTheImages() throws {
    let bench = Bench(), session = try bench.open()
    #expect(session.perform(Small.trained + ["a = adapt t on=d.target.train batch=16"]) == nil)
    #expect(session.shown.joined(separator: "\n").contains("batch-norm statistics of 160 images of 64x32, in 10 batches"))
    #expect(try digests(session, "a") != digests(session, "t"))
    // Whatever statistics it had before, it has the same ones afterwards.
    #expect(session.perform(["b = adapt a on=d.target.train batch=16", "c = adapt t on=few batch=16"]) == nil)
    #expect(try digests(session, "b") == digests(session, "a") && digests(session, "c") != digests(session, "a"))
    // Trained on, predicted with, saved and loaded like any other.
    #expect(session.perform(["u = train a on=few.train batch=2 epochs=1", "iou a u on=few.val", "save a to=a.safetensors", "w = load weights a.safetensors into=m"]) == nil)
    #expect(try digests(session, "w") == digests(session, "a"))
  }

  /// The next session finds it in the store, and says the same of it.
  @Test func isKept() throws {
    let bench = Bench(), statements = Small.trained + ["a = adapt t on=d.target.train batch=16"]
    let first = try bench.open(new: true)
    #expect(first.perform(statements) == nil)
    let digest = try digests(first, "a"), shown = first.shown
    bench.events = []
    let second = try bench.open(new: true)
    #expect(second.perform(statements) == nil)
    #expect(bench.kept.last == true && second.shown.last == shown.last)
    #expect(try digests(second, "a") == digest)
  }

  /// What is left out: the latest single model and the target's images; `iou` takes what was adapted, `ensemble` what was trained.
  @Test func fillsIn() throws {
    let bench = Bench(), session = try bench.open()
    defer { withExtendedLifetime(bench) {} }
    #expect(session.perform(Small.trained + ["e = ensemble t"]) == nil)
    for (statement, recorded) in [
      ("adapt", "adapt1 = adapt t on=d.target.train"), ("iou on=few.val", "iou1 = iou adapt1 on=few.val"), ("ensemble", "ensemble1 = ensemble t"), ("adapt on=few", "adapt2 = adapt t on=few"),
      ("train on=few.train epochs=1 batch=2", "train1 = train m on=few.train epochs=1 batch=2"),
    ] {
      #expect(session.evaluate(statement) == .done)
      #expect(session.last.canonical == recorded)
    }
  }
}
