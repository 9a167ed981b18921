/// Adds numbers of all shards in the order of their tree. What a process has of it is added where it is; then slices are exchanged, of which each
/// process adds its own, and gathered.
final class ShardSums {
  private typealias Floats = UnsafeMutablePointer<Float>

  private let tree: SumTree
  private let peers: any Peers
  /// What each process sends: the largest parts that it has all of.
  private let pieces: [[Range<Int>]]
  private var received: Buffer?

  init(_ tree: SumTree, _ peers: any Peers) {
    (self.tree, self.peers) = (tree, peers)
    let each = tree.shards / peers.count
    pieces = (0..<peers.count).map { tree.pieces(of: $0 * each..<($0 + 1) * each) }
  }

  /// - Parameter maps: of this process's shards. Each becomes the sum.
  func add(_ maps: [UnsafeMutableBufferPointer<Float>]) {
    let count = maps[0].count, places = maps.map { $0.baseAddress! }, first = peers.rank * places.count
    precondition(maps.allSatisfy { $0.count == count }, "as many numbers of each shard")
    guard peers.count > 1 else {
      ShardSums.each(count) { chunk in
        SumTree.add(0..<tree.shards) { ShardSums.add(places[$1], to: places[$0], chunk) }
        for place in places.dropFirst() { (place + chunk.lowerBound).update(from: places[0] + chunk.lowerBound, count: chunk.count) }
      }
      return
    }
    let mine = pieces[peers.rank]
    ShardSums.each(count) { chunk in
      for piece in mine { SumTree.add(piece) { ShardSums.add(places[$1 - first], to: places[$0 - first], chunk) } }
    }
    exchange(mine.map { places[$0.lowerBound - first] }, count, into: places[0])
    for place in places.dropFirst() { place.update(from: places[0], count: count) }
  }

  /// - Parameter mine: the sums of this process's pieces.
  private func exchange(_ mine: [UnsafeMutablePointer<Float>], _ count: Int, into sum: UnsafeMutablePointer<Float>) {
    let slices = (0..<peers.count).map { count * $0 / peers.count..<count * ($0 + 1) / peers.count }, slice = slices[peers.rank].count
    let rounds = pieces.map(\.count).max() ?? 0, room = rounds * peers.count * slice
    if received.map({ $0.floats.count < room }) ?? true { received = Buffer(count: room) }
    guard let start = received?.start else { return }
    // Where the slice of each piece comes to lie, by its first shard.
    var places: [Int: UnsafeMutablePointer<Float>] = [:]
    for round in 0..<rounds {
      let into = start + round * peers.count * slice
      peers.scatter(round < mine.count ? mine[round] : nil, slices, from: pieces.map { round < $0.count }, into: into)
      for (process, own) in pieces.enumerated() where round < own.count { places[own[round].lowerBound] = into + process * slice }
    }
    let whole = Set(pieces.joined())
    ShardSums.each(slice) { chunk in
      SumTree.add(0..<tree.shards, unless: whole.contains) { ShardSums.add(places[$1]!, to: places[$0]!, chunk) }
    }
    (sum + slices[peers.rank].lowerBound).update(from: places[0]!, count: slice)
    peers.complete(sum, slices)
  }

  private static func add(_ values: UnsafeMutablePointer<Float>, to sum: UnsafeMutablePointer<Float>, _ chunk: Range<Int>) {
    for i in chunk { sum[i] += values[i] }
  }

  /// Chunks that stay in a core's cache while the tree is walked.
  private static func each(_ count: Int, _ body: (Range<Int>) -> Void) {
    let chunk = 8192
    Threads.run((count + chunk - 1) / chunk) { body($0 * chunk..<min(($0 + 1) * chunk, count)) }
  }
}
