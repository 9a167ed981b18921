/// A part of numbers that are summed over processes: each process receives its slice of every process's sums and adds them in the order of the
/// tree; then it sends the sum of its slice to the others.
///
/// It moves on when it is looked at; in between a process may compute.
final class SumUnderWay {
  private enum Stage {
    case collecting(any MessagesUnderWay)
    case spreading(any MessagesUnderWay)
    case over
  }

  /// Where what processes have is summed, from the first number of this part.
  struct Place {
    /// The sums of this process's pieces of the tree; the first receives the whole.
    let mine: [UnsafeMutablePointer<Float>]
    /// For ``SumUnderWay/room(_:_:)`` numbers of the others.
    let room: Buffer
  }

  private let sums: ShardSums
  private let slices: [Range<Int>]
  private let place: Place
  private let tag: Int
  private var stage = Stage.over

  private var slice: Range<Int> { slices[sums.peers.rank] }

  private static func slices(_ count: Int, _ processes: Int) -> [Range<Int>] { (0..<processes).map { count * $0 / processes..<count * ($0 + 1) / processes } }

  /// How many numbers it receives at most, of so many in all.
  static func room(_ sums: ShardSums, _ count: Int) -> Int { (count / sums.peers.count + 1) * sums.pieces.joined().count }

  /// - Parameter number: of those that are under way together, by which processes know it.
  init(_ sums: ShardSums, _ count: Int, at place: Place, number: Int) {
    (self.sums, self.place) = (sums, place)
    slices = SumUnderWay.slices(count, sums.peers.count)
    tag = 2 * number
    stage = .collecting(collect())
  }

  /// Moves on as far as it can without waiting.
  ///
  /// - Parameter waits: whether it waits for the messages of its present stage.
  func moveOn(waits: Bool = false) {
    switch stage {
    case .over: return
    case .collecting(let messages):
      if waits { messages.wait() } else if !messages.areOver { return }
      add()
      stage = .spreading(spread())
    case .spreading(let messages):
      if waits { messages.wait() } else if !messages.areOver { return }
      stage = .over
    }
  }

  /// Where the slice of a piece comes to lie, by the piece's first shard: its own process's stays where it is.
  private var places: [Int: UnsafeMutablePointer<Float>] {
    var places: [Int: UnsafeMutablePointer<Float>] = [:], next = place.room.start
    for (process, pieces) in sums.pieces.enumerated() {
      for (index, piece) in pieces.enumerated() {
        if process == sums.peers.rank {
          places[piece.lowerBound] = place.mine[index] + slice.lowerBound
        } else {
          places[piece.lowerBound] = next
          next += slice.count
        }
      }
    }
    return places
  }

  private func collect() -> any MessagesUnderWay {
    let places = places, rank = sums.peers.rank
    var messages: [Message] = []
    for (process, pieces) in sums.pieces.enumerated() where process != rank {
      for piece in pieces { messages.append(Message(direction: .receive(places[piece.lowerBound]!), count: slice.count, process: process, tag: tag)) }
      for piece in place.mine { messages.append(Message(direction: .send(piece + slices[process].lowerBound), count: slices[process].count, process: process, tag: tag)) }
    }
    return begin(messages)
  }

  private func add() {
    let places = places, whole = Set(sums.pieces.joined()), into = place.mine[0] + slice.lowerBound
    ShardSums.each(0..<slice.count) { chunk in
      SumTree.add(0..<sums.tree.shards, unless: whole.contains) { ShardSums.add(places[$1]!, to: places[$0]!, chunk) }
      if places[0]! != into { (into + chunk.lowerBound).update(from: places[0]! + chunk.lowerBound, count: chunk.count) }
    }
  }

  private func spread() -> any MessagesUnderWay {
    begin(slices.indices.filter { $0 != sums.peers.rank }.flatMap { process in
      [Message(direction: .receive(place.mine[0] + slices[process].lowerBound), count: slices[process].count, process: process, tag: tag + 1),
        Message(direction: .send(place.mine[0] + slice.lowerBound), count: slice.count, process: process, tag: tag + 1)]
    })
  }

  private func begin(_ messages: [Message]) -> any MessagesUnderWay { sums.peers.begin(messages.filter { $0.count > 0 }) }
}
