import Commands
import Language
import Storage
import Tensors
import TestSupport
import Testing
import Workbench

/// Several processes that evaluate the same statements: one leads, the others take part and write nothing.
@Suite struct TogetherTests {
  private struct Group: Companions {
    let peers: any Peers
    var rank: Int { peers.rank }
    var count: Int { peers.count }
    func gather(_ bytes: [UInt8]) -> [[UInt8]] { peers.gather(bytes) }
    func broadcast(_ bytes: [UInt8]) -> [UInt8] { peers.broadcast(bytes) }
  }

  private struct Outcome: Sendable, Equatable {
    var transcript: String
    /// What ended it, where that was a failure.
    var words: String?
    var isInterrupted = false
  }

  /// Statements of one process among others.
  ///
  /// - Parameter stopAfter: how many reports of progress bring the wish to stop.
  private static func perform(_ statements: [String], _ peers: any Peers, in directory: String, stopAfter: Int? = nil) throws -> Outcome {
    let files = LocalFileSystem(), interrupt = Interrupt()
    var surroundings = try Surroundings(
      directory: directory, fileSystem: peers.rank == 0 ? files : FollowingFileSystem(files), interrupt: interrupt)
    if peers.count > 1 {
      surroundings.companions = Group(peers: peers)
      surroundings.belongings.join(peers)
    }
    var reports = 0
    let session = Session(Bench.catalog, surroundings) { event in
      guard case .progressed = event else { return }
      reports += 1
      if reports == stopAfter { interrupt.request() }
    }
    for statement in statements {
      switch session.evaluate(statement).outcome {
      case .failed(let diagnostic): return Outcome(transcript: session.transcript, words: diagnostic.description)
      case .interrupted: return Outcome(transcript: session.transcript, isInterrupted: true)
      default: break
      }
    }
    return Outcome(transcript: session.transcript)
  }

  private static func training(_ words: String) -> [String] {
    Small.built + ["t = train m on=few.train toward=d.target.train validate=few.val every=2 \(words)", "p = pseudolabel t on=few.train", "iou t t@1 on=few bootstrap=100"]
  }

  /// What lies in the store, without what tells how long it took.
  private static func stored(_ bench: Bench) -> [String: String] { bench.contents(".segue/store").filter { !$0.key.hasSuffix("manifest.json") } }

  @Test(arguments: [2, 4]) func processesMakeTheSameValues(_ count: Int) throws {
    let alone = Bench(), shared = Bench(), place = shared.path, statements = Self.training("batch=4 epochs=2 shards=4")
    let whole = try Self.perform(statements, OneProcess(), in: alone.path)
    #expect(whole.words == nil)
    let all = try Neighbours.run(count) { try Self.perform(statements, $0, in: place) }, areEqual = all.allSatisfy { $0 == whole }
    #expect(areEqual, "\(all[0]), \(all[1])")
    let isTheSame = Self.stored(shared) == Self.stored(alone) && !Self.stored(alone).isEmpty
    #expect(isTheSame)
    // What is kept is found by all, without work.
    let again = try Neighbours.run(count) { try Self.perform(statements, $0, in: place) }, areKept = again.allSatisfy { $0 == whole }
    #expect(areKept)
  }

  /// Ctrl-C in one process stops all at the same place, from which one process goes on.
  @Test(arguments: [(0, 1), (0, 2), (1, 3), (1, 4), (0, 5)]) func whoIsStoppedStopsAll(_ rank: Int, _ reports: Int) throws {
    let alone = Bench(), shared = Bench(), place = shared.path, statements = Self.training("batch=2 epochs=3 shards=2")
    let whole = try Self.perform(statements, OneProcess(), in: alone.path)
    let stopped = try Neighbours.run(2) { try Self.perform(statements, $0, in: place, stopAfter: $0.rank == rank ? reports : nil) }
    let areStopped = stopped.allSatisfy(\.isInterrupted)
    #expect(areStopped, "\(stopped)")
    #expect(shared.contents(".segue/work").keys.contains { $0.hasSuffix("state.safetensors") })
    #expect(try Self.perform(statements, OneProcess(), in: place) == whole)
    let isTheSame = Self.stored(shared) == Self.stored(alone)
    #expect(isTheSame)
  }

  @Test func otherDataAreNoticed() throws {
    let bench = Bench(), place = bench.path
    let all = try Neighbours.run(2) { try Self.perform(["d = load dataset streets size=\($0.rank == 0 ? "64x32" : "48x32")"], $0, in: place).words ?? "" }
    for words in all {
      #expect(words.contains("'load dataset' is @") && words.contains("in process 1 and @") && words.contains("its files or versions differ"), "\(words)")
    }
  }

  @Test func shardsAreAMultipleOfTheProcesses() throws {
    let bench = Bench(), place = bench.path
    let all = try Neighbours.run(3) { try Self.perform(Small.built + ["train m on=few.train batch=4 shards=2"], $0, in: place).words ?? "" }
    #expect(all[0].contains("3 processes cannot share 2 shards of a batch") && all[0].contains("such as shards=3"), "\(all)")
    #expect(all[1].contains("3 processes cannot share 2 shards"))
  }
}
