import Adaptation
import Foundation
import Imaging
import Scenes
import Segmentation
import Synchronization
import Tensors
import TestSupport
import Testing

/// Two processes with half of a batch each compute what one process computes with the whole: batch statistics, losses, gradients, scores.
@Suite struct CollectiveTests {
  /// Two ranks in one process, each in a thread of its own.
  final class Pair: Sendable {
    private struct Board {
      /// How many exchanges each rank has begun.
      var rounds = [0, 0]
      /// What was posted in a round, by rank, and how often it was read.
      var posts: [Int: (values: [[Double]?], reads: Int)] = [:]
    }

    private let board = Mutex(Board())

    func exchange(_ rank: Int, _ values: [Double]) -> [[Double]] {
      let round = board.withLock { board in
        let round = board.rounds[rank]
        board.rounds[rank] += 1
        board.posts[round, default: ([nil, nil], 0)].values[rank] = values
        return round
      }
      while true {
        let all: [[Double]]? = board.withLock { board in
          guard let post = board.posts[round], let first = post.values[0], let second = post.values[1] else { return nil }
          board.posts[round] = post.reads == 0 ? (post.values, 1) : nil
          return [first, second]
        }
        if let all { return all }
        usleep(20)
      }
    }
  }

  struct Member: Collective {
    let pair: Pair
    let rank: Int
    var size: Int { 2 }
    func gather(_ values: [Double]) -> [[Double]] { pair.exchange(rank, values) }

    func sum(_ values: UnsafeMutableBufferPointer<Float>) {
      let all = gather(values.map { Double($0) })
      for i in values.indices { values[i] = Float(all[0][i]) + Float(all[1][i]) }
    }
  }

  /// What each of two ranks makes, one in a thread of its own.
  private func both<Result: Sendable>(_ work: @escaping @Sendable (Member) throws -> Result) throws -> [Result] {
    let pair = Pair(), results = Mutex<[Swift.Result<Result, any Error>?]>([nil, nil])
    let threads = (0..<2).map { rank in
      let thread = Thread {
        let result = Swift.Result { try work(Member(pair: pair, rank: rank)) }
        results.withLock { $0[rank] = result }
      }
      thread.stackSize = 8 << 20
      thread.start()
      return thread
    }
    while threads.contains(where: { !$0.isFinished }) { usleep(500) }
    return try results.withLock { $0 }.map { try $0!.get() }
  }

  static let size = PixelSize(72, 40)

  /// Images `part` of a batch of four.
  private static func batch(_ name: String, _ part: Range<Int>) -> Batch {
    let images = Formula.values(name, count: 4 * 3 * size.area)
    // The first two images have fewer labels than the others.
    let labels = Formula.labels(name, images: 4, height: size.height, width: size.width).enumerated().map { $0.offset < size.area ? 255 : $0.element }
    return Batch(
      size: size, images: Array(images[part.lowerBound * 3 * size.area..<part.upperBound * 3 * size.area]),
      labels: Array(labels[part.lowerBound * size.area..<part.upperBound * size.area]), names: part.map(String.init))
  }

  private struct Outcome: Sendable {
    let losses: [StepLosses]
    let state: TrainingState
  }

  private static func train(_ part: Range<Int>, _ collective: any Collective, _ method: DeterminismTests.Method) throws -> Outcome {
    let network = BiSeNet.network(width: .eighth), model = SegmentationModel(network: network, weights: network.initialWeights(seed: 1))
    let objectives: [any Objective] = [method.labelled] + method.objectives
    let start = TrainingState(weights: model.weights, objectives: try objectives.flatMap { try $0.start(from: model, seed: 2, after: nil) })
    let trainer = try Trainer(network: network, objectives: objectives, state: start, settings: TrainingSettings(), steps: 2, collective: collective)
    let losses = try (0..<2).map { step in
      try trainer.step([.source: batch("source \(step)", part), .target: batch("target \(step)", part)])
    }
    return Outcome(losses: losses, state: trainer.state)
  }

  @Test(arguments: [DeterminismTests.Method.adversary, .advent, .teacher, .levels, .masked, .balanced]) func twoHalvesTrainAsTheWhole(_ method: DeterminismTests.Method) throws {
    let whole = try Self.train(0..<4, Alone(), method)
    let halves = try both { member in try Self.train(member.rank * 2..<member.rank * 2 + 2, member, method) }
    // Both have the same network, bit for bit; batch statistics are the whole batch's.
    #expect(halves[0].state.weights == halves[1].state.weights)
    #expect(halves[0].losses == halves[1].losses)
    for (ours, theirs) in zip(halves[0].losses, whole.losses) {
      for (id, loss) in theirs.values {
        // Rounding may bring a few pixels over the teacher's threshold.
        let bound = id == LossTerm.confidence.id ? 1e-3 : 2e-4 * abs(loss)
        #expect(abs(try #require(ours.values[id]) - loss) < bound, "\(id)")
      }
    }
    func distance(_ a: [Float], _ b: [Float]) -> Float { zip(a, b).map { abs($0 - $1) }.max()! }
    let start = BiSeNet.network(width: .eighth).initialWeights(seed: 1)
    let moved = distance(whole.state.weights.trained, start.trained)
    #expect(distance(halves[0].state.weights.trained, whole.state.weights.trained) < 0.02 * moved)
    #expect(distance(halves[0].state.weights.statistics, whole.state.weights.statistics) < 1e-3)
    // Halves by themselves are something else.
    let alone = try Self.train(0..<2, Alone(), method)
    #expect(distance(alone.state.weights.trained, whole.state.weights.trained) > 0.2 * moved)
  }

  @Test func twoHalvesEvaluateAsTheWhole() throws {
    let model = SmallStreets.model(), streets = try SmallStreets.of(.target, .val, taking: 3)
    let whole = try Evaluation.confusion(of: [model], on: streets, seed: 0)
    let halves = try both { member in try Evaluation.confusion(of: [model], on: streets, seed: 0, collective: member) }
    let areTheWhole = halves == [whole, whole]
    #expect(areTheWhole && whole.pixels > 0)
  }

  @Test func oneProcessIsEverybody() {
    let alone = Alone()
    #expect(alone.share(of: 0) == 1 && alone.share(of: 7) == 1)
    #expect(alone.part(of: 4) == [0, 1, 2, 3])
    #expect(alone.sums([1, 2]) == [1, 2] && !alone.agrees(false))
  }
}
