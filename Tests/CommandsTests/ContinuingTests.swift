import Language
import Testing
import Workbench

/// A training that is stopped goes on bit for bit; `scripts/soak` does the same with real kills.
@Suite struct ContinuingTests {
  static let training = "t = train m on=few.train toward=d.target.train validate=few.val batch=2 epochs=3 every=2"
  static let taught = training + " method=teacher threshold=0.1"
  static let stops: [(String, [Int])] = [[1], [2], [3], [4], [5], [7], [8], [9], [1, 1, 1], [3, 1, 2], [2, 4, 3]].map { (training, $0) } + [[1], [4], [5, 3]].map { (taught, $0) } + [[1], [4], [5, 3]].map { (training + " shards=2", $0) }

  /// Raises an interrupt when so many steps have been reported.
  private func open(_ bench: Bench, stopAfter steps: Int?) throws -> Session {
    let interrupt = Interrupt()
    let surroundings = try Surroundings(directory: bench.path, interrupt: interrupt)
    var reported = 0
    return try Session.open(Bench.catalog, surroundings) { [unowned bench] event in
      bench.events.append(event)
      guard case .progressed = event else { return }
      reported += 1
      if reported == steps { interrupt.request() }
    }.session
  }

  /// Each of the 3 epochs of 2 steps reports three times: its first step, the image that judges, its end.
  @Test(arguments: stops) func goesOnToTheSameBits(_ training: String, _ stops: [Int]) throws {
    let peace = Bench(), bench = Bench()
    let whole = try peace.open()
    #expect(whole.perform(Small.built + [training]) == nil)
    let shown = whole.shown

    for (round, steps) in stops.enumerated() {
      let session = try open(bench, stopAfter: steps)
      if round == 0 { #expect(session.perform(Small.built) == nil) }
      let names = session.names.map(\.name)
      #expect(session.evaluate(training) == .interrupted)
      #expect(session.names.map(\.name) == names)
      #expect(!session.transcript.contains("train "))
    }
    let session = try bench.open()
    #expect(session.evaluate(training) == .done)
    #expect(session.shown == shown)
    #expect(bench.notes.contains { $0.hasPrefix("continues at step") })
    let files = try bench.stored(session, "t").filter { $0.key != "manifest.json" }
    #expect(files == (try peace.stored(whole, "t")).filter { $0.key != "manifest.json" })
    #expect(files.keys.sorted().contains("state.safetensors"))
    #expect(session.transcript == whole.transcript)
  }

  /// A checkpoint that was changed on the disk is told, and the training starts at the beginning.
  @Test(arguments: [0.05, 0.3, 0.6, 0.99]) func damagedCheckpointsAreTold(_ place: Double) throws {
    let peace = Bench(), bench = Bench()
    let whole = try peace.open()
    #expect(whole.perform(Small.built + [Self.training]) == nil)
    do {
      let session = try open(bench, stopAfter: 7)
      #expect(session.perform(Small.built) == nil)
      #expect(session.evaluate(Self.training) == .interrupted)
    }
    let file = try #require(bench.contents(".segue/work").keys.first { $0.hasSuffix("state.safetensors") })
    var bytes = try #require(bench.bytes(file))
    bytes[Int(Double(bytes.count - 1) * place)] ^= 0x10
    try bench.write(file, bytes)
    let session = try bench.open()
    #expect(session.evaluate(Self.training) == .done)
    #expect(bench.notes.contains("the checkpoint of this training is damaged; it starts at the beginning"))
    #expect(try bench.stored(session, "t")["epoch-3.safetensors"] == peace.stored(whole, "t")["epoch-3.safetensors"])
  }
}
