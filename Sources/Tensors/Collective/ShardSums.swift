/// Adds numbers of all shards in the order of their tree. What a process has of it is added where it is; then slices are exchanged, of which each
/// process adds its own, and gathered. Parts that are ready before the rest are begun by themselves; where numbers are cut changes no bit of a sum.
final class ShardSums {
  let tree: SumTree
  let peers: any Peers
  /// What each process sends: the largest parts of the tree that it has all of.
  let pieces: [[Range<Int>]]
  private var underWay: [(part: Range<Int>, sum: SumUnderWay)] = []
  /// For what is received, by how much: parts are the same in every step.
  private var rooms: [Int: [Buffer]] = [:]
  private var taken: [Int: Int] = [:]

  init(_ tree: SumTree, _ peers: any Peers) {
    (self.tree, self.peers) = (tree, peers)
    let each = tree.shards / peers.count
    pieces = (0..<peers.count).map { tree.pieces(of: $0 * each..<($0 + 1) * each) }
  }

  /// - Parameter maps: of this process's shards. Each becomes the sum.
  func add(_ maps: [UnsafeMutableBufferPointer<Float>]) {
    let count = maps[0].count, places = maps.map { $0.baseAddress! }
    precondition(maps.allSatisfy { $0.count == count }, "as many numbers of each shard")
    guard peers.count > 1 else {
      ShardSums.each(0..<count) { chunk in
        SumTree.add(0..<tree.shards) { ShardSums.add(places[$1], to: places[$0], chunk) }
        for place in places.dropFirst() { (place + chunk.lowerBound).update(from: places[0] + chunk.lowerBound, count: chunk.count) }
      }
      return
    }
    var first = 0
    for part in underWay.map(\.part).sorted(by: { $0.lowerBound < $1.lowerBound }) + [count..<count] {
      if first < part.lowerBound { begin(first..<part.lowerBound, of: maps) }
      first = part.upperBound
    }
    // All collect before any has to be spread everywhere.
    for _ in 0..<2 { for (_, sum) in underWay { sum.moveOn(waits: true) } }
    underWay = []
    taken = [:]
    guard places.count > 1 else { return }
    ShardSums.each(0..<count) { chunk in
      for place in places.dropFirst() { (place + chunk.lowerBound).update(from: places[0] + chunk.lowerBound, count: chunk.count) }
    }
  }

  /// Begins to add a part of numbers, which belongs to the sum until all are added.
  func begin(_ part: Range<Int>, of maps: [UnsafeMutableBufferPointer<Float>]) {
    let first = peers.rank * maps.count, places = maps.map { $0.baseAddress! + part.lowerBound }, mine = pieces[peers.rank]
    ShardSums.each(0..<part.count) { chunk in
      for piece in mine { SumTree.add(piece) { ShardSums.add(places[$1 - first], to: places[$0 - first], chunk) } }
    }
    let place = SumUnderWay.Place(mine: mine.map { places[$0.lowerBound - first] }, room: room(SumUnderWay.room(self, part.count)))
    underWay.append((part, SumUnderWay(self, part.count, at: place, number: underWay.count)))
  }

  /// Lets those under way move on, without waiting.
  func moveOn() { for (_, sum) in underWay { sum.moveOn() } }

  private func room(_ count: Int) -> Buffer {
    let index = taken[count, default: 0]
    taken[count] = index + 1
    if rooms[count, default: []].count == index { rooms[count, default: []].append(Buffer(count: count)) }
    return rooms[count]![index]
  }

  static func add(_ values: UnsafeMutablePointer<Float>, to sum: UnsafeMutablePointer<Float>, _ chunk: Range<Int>) {
    for i in chunk { sum[i] += values[i] }
  }

  /// Chunks that stay in a core's cache while the tree is walked.
  static func each(_ range: Range<Int>, _ body: (Range<Int>) -> Void) {
    let chunk = 8192
    Threads.run((range.count + chunk - 1) / chunk) { body(range.lowerBound + $0 * chunk..<min(range.lowerBound + ($0 + 1) * chunk, range.upperBound)) }
  }
}
