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

    func begin(_ messages: [Message]) -> any MessagesUnderWay { Post(all, rank, messages) }

    private func exchange<Number: BitwiseCopyable>(_ values: [Number]) -> [[Number]] {
      all.exchange(rank, values.withUnsafeBytes { Array($0) }).map { bytes in
        bytes.withUnsafeBytes { bytes in (0..<bytes.count / MemoryLayout<Number>.stride).map { bytes.loadUnaligned(fromByteOffset: $0 * MemoryLayout<Number>.stride, as: Number.self) } }
      }
    }
  }

  // MARK: messages

  private struct Address: Hashable {
    let sender: Int
    let receiver: Int
    let tag: Int
  }

  /// A message that was begun at one end; it is over when the other has taken it, and its numbers are read no sooner.
  private final class Parcel {
    let values: UnsafePointer<Float>
    let count: Int
    var isTaken = false
    init(_ values: UnsafePointer<Float>, _ count: Int) { (self.values, self.count) = (values, count) }
  }

  private struct Office: @unchecked Sendable { var parcels: [Address: [Parcel]] = [:] }
  private let office = Mutex(Office())

  private final class Post: MessagesUnderWay {
    private let all: Neighbours
    private var sent: [Parcel] = []
    private var awaited: [(address: Address, values: UnsafeMutablePointer<Float>, count: Int)] = []

    init(_ all: Neighbours, _ rank: Int, _ messages: [Message]) {
      self.all = all
      for message in messages {
        switch message.direction {
        case .receive(let values): awaited.append((Address(sender: message.process, receiver: rank, tag: message.tag), values, message.count))
        case .send(let values):
          let parcel = Parcel(values, message.count)
          sent.append(parcel)
          all.office.withLock { $0.parcels[Address(sender: rank, receiver: message.process, tag: message.tag), default: []].append(parcel) }
        }
      }
    }

    var areOver: Bool {
      all.office.withLock { office in
        while let (address, values, count) = awaited.first, let parcel = office.parcels[address]?.first {
          precondition(parcel.count == count, "both ends know how long it is")
          values.update(from: parcel.values, count: count)
          parcel.isTaken = true
          office.parcels[address]!.removeFirst()
          awaited.removeFirst()
        }
        return awaited.isEmpty && sent.allSatisfy(\.isTaken)
      }
    }

    func wait() { while !areOver { usleep(10) } }
  }
}
