/// A batch in shards, whose members compute as one: each has a thread of its own, and one of a process's works at a time, with all of the
/// process's pool. Sums are added in an order that depends on the number of shards alone, so that their bits do not depend on how many
/// processes share them.
///
/// Unchecked, as a team's memory belongs to the member whose turn it is (``Crew``).
public final class ShardTeam: @unchecked Sendable {
  /// Of all processes.
  public let shards: Int
  /// Those of this process.
  public let own: Range<Int>
  private let crew: Crew
  private let peers: any Peers
  private let sums: ShardSums
  private var posts: [[Double]]
  private var gathered: [[Double]] = []
  private var maps: [UnsafeMutableBufferPointer<Float>?]
  /// What all members of this process have said to be ready and is not begun.
  private var ready: [Range<Int>] = []

  /// - Parameter shards: a multiple of the number of processes.
  /// - Throws: ``CrewError``.
  public init(_ shards: Int, peers: any Peers = OneProcess()) throws {
    precondition(shards > 0 && shards % peers.count == 0, "\(peers.count) processes have as many of \(shards) shards each")
    let each = shards / peers.count
    (self.shards, own, self.peers) = (shards, ShardTeam.own(of: shards, peers), peers)
    crew = try Crew(each)
    sums = ShardSums(SumTree(shards: shards), peers)
    posts = [[Double]](repeating: [], count: each)
    maps = Array(repeating: nil, count: each)
  }

  /// The shards of this process.
  public static func own(of shards: Int, _ peers: any Peers) -> Range<Int> {
    let each = shards / peers.count
    return peers.rank * each..<(peers.rank + 1) * each
  }

  /// Those of this process, in the order of their shards.
  public var members: [any Collective] { own.map { Member(team: self, rank: $0) } }

  /// What each member of this process makes.
  ///
  /// - Throws: what the first of them threw, once all have ended.
  public func run<Result>(_ work: (_ member: Int) throws -> Result) throws -> [Result] { try crew.run(work) }

  private struct Member: Collective {
    let team: ShardTeam
    let rank: Int
    var size: Int { team.shards }
    private var local: Int { rank - team.own.lowerBound }

    func gather(_ values: [Double]) -> [[Double]] { team.gather(values, of: local) }
    func sum(_ values: UnsafeMutableBufferPointer<Float>) { team.sum(values, of: local) }
    func isReady(_ part: Range<Int>, of values: UnsafeMutableBufferPointer<Float>) { team.isReady(part, of: values, of: local) }
    func once(_ change: () -> Void) { team.crew.meet(local, last: change) }
  }

  /// Smaller parts wait for their neighbours, as a message takes its time however short it is: as many as there would be at most.
  private static let parts = 16

  private func gather(_ values: [Double], of member: Int) -> [[Double]] {
    posts[member] = values
    crew.meet(member) {
      beginReady()
      let all = peers.gather(Array(posts.joined())), count = all.count / shards
      gathered = (0..<shards).map { Array(all[$0 * count..<($0 + 1) * count]) }
    }
    // Nobody gathers again before all have come by.
    return gathered
  }

  private func isReady(_ part: Range<Int>, of values: UnsafeMutableBufferPointer<Float>, of member: Int) {
    guard peers.count > 1 else { return }
    maps[member] = values
    // The last one says what all have said before it.
    guard member == own.count - 1 else { return }
    if let neighbour = ready.firstIndex(where: { $0.lowerBound == part.upperBound || $0.upperBound == part.lowerBound }) {
      let other = ready[neighbour]
      ready[neighbour] = min(other.lowerBound, part.lowerBound)..<max(other.upperBound, part.upperBound)
    } else {
      ready.append(part)
    }
    sums.moveOn()
  }

  /// The same parts in all processes, as all go the same way.
  private func beginReady() {
    guard !ready.isEmpty else { return }
    let maps = maps.map { $0! }, least = max(maps[0].count / ShardTeam.parts, 1)
    for part in ready where part.count >= least { sums.begin(part, of: maps) }
    ready.removeAll { $0.count >= least }
  }

  private func sum(_ values: UnsafeMutableBufferPointer<Float>, of member: Int) {
    precondition(maps[member].map { $0.baseAddress == values.baseAddress } ?? true, "the numbers that were said to be ready are summed next")
    maps[member] = values
    crew.meet(member) {
      ready = []
      sums.add(maps.map { $0! })
      maps = maps.map { _ in nil }
    }
  }
}
