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
    func once(_ change: () -> Void) { team.crew.meet(local, last: change) }
  }

  private func gather(_ values: [Double], of member: Int) -> [[Double]] {
    posts[member] = values
    crew.meet(member) {
      let all = peers.gather(Array(posts.joined())), count = all.count / shards
      gathered = (0..<shards).map { Array(all[$0 * count..<($0 + 1) * count]) }
    }
    // Nobody gathers again before all have come by.
    return gathered
  }

  private func sum(_ values: UnsafeMutableBufferPointer<Float>, of member: Int) {
    maps[member] = values
    crew.meet(member) {
      sums.add(maps.map { $0! })
      maps = maps.map { _ in nil }
    }
  }
}
