public import Tensors
import Foundation
import Synchronization

/// Processes that compute together, each a thread of this one.
public final class Neighbours: Sendable {
  private struct Board {
    /// How many exchanges each has begun.
    var rounds: [Int]
    /// What was posted in a round, by rank, and how often it was read.
    var posts: [Int: (values: [[UInt8]?], reads: Int)] = [:]
  }

  private let count: Int
  private let board: Mutex<Board>

  private init(_ count: Int) {
    self.count = count
    board = Mutex(Board(rounds: [Int](repeating: 0, count: count)))
  }

  /// What each of so many makes, in the order of ranks.
  public static func run<Result: Sendable>(_ count: Int, _ work: @escaping @Sendable (any Peers) throws -> Result) throws -> [Result] {
    let all = Neighbours(count), results = Mutex<[Swift.Result<Result, any Error>?]>(Array(repeating: nil, count: count))
    let threads = (0..<count).map { rank in
      let thread = Thread {
        let result = Swift.Result { try work(Neighbour(all: all, rank: rank)) }
        results.withLock { $0[rank] = result }
      }
      thread.stackSize = 8 << 20
      thread.start()
      return thread
    }
    while threads.contains(where: { !$0.isFinished }) { usleep(200) }
    return try results.withLock { $0 }.map { try $0!.get() }
  }

  fileprivate func exchange(_ rank: Int, _ bytes: [UInt8]) -> [[UInt8]] {
    let round = board.withLock { board in
      let round = board.rounds[rank]
      board.rounds[rank] += 1
      board.posts[round, default: (Array(repeating: nil, count: count), 0)].values[rank] = bytes
      return round
    }
    while true {
      let all: [[UInt8]]? = board.withLock { board in
        guard let post = board.posts[round], post.values.allSatisfy({ $0 != nil }) else { return nil }
        board.posts[round] = post.reads == count - 1 ? nil : (post.values, post.reads + 1)
        return post.values.map { $0! }
      }
      if let all { return all }
      usleep(10)
    }
  }

  private struct Neighbour: Peers {
    let all: Neighbours
    let rank: Int
    var count: Int { all.count }

    func gather(_ bytes: [UInt8]) -> [[UInt8]] { all.exchange(rank, bytes) }
    func broadcast(_ bytes: [UInt8]) -> [UInt8] { all.exchange(rank, rank == 0 ? bytes : [])[0] }
    func gather(_ values: [Double]) -> [Double] { exchange(values).flatMap(\.self) }

    func scatter(_ values: UnsafeMutablePointer<Float>?, _ slices: [Range<Int>], from senders: [Bool], into received: UnsafeMutablePointer<Float>) {
      precondition((values != nil) == senders[rank], "all know who sends")
      let sent = exchange(values.map { Array(UnsafeBufferPointer(start: $0, count: slices.last!.upperBound)) } ?? [])
      for (sender, floats) in sent.enumerated() where senders[sender] {
        for (place, i) in slices[rank].enumerated() { received[sender * slices[rank].count + place] = floats[i] }
      }
    }

    func complete(_ values: UnsafeMutablePointer<Float>, _ slices: [Range<Int>]) {
      for (slice, floats) in zip(slices, exchange(slices[rank].map { values[$0] })) {
        for (place, i) in slice.enumerated() { values[i] = floats[place] }
      }
    }

    private func exchange<Number: BitwiseCopyable>(_ values: [Number]) -> [[Number]] {
      all.exchange(rank, values.withUnsafeBytes { Array($0) }).map { bytes in
        bytes.withUnsafeBytes { bytes in (0..<bytes.count / MemoryLayout<Number>.stride).map { bytes.loadUnaligned(fromByteOffset: $0 * MemoryLayout<Number>.stride, as: Number.self) } }
      }
    }
  }
}
