import Foundation
import Synchronization
import Tensors
import TestSupport
import Testing

/// Sums over shards have the same bits, whoever computes them.
@Suite struct ShardTeamTests {
  private static let count = 20_011

  /// What the sum of so many shards' numbers is, of every member of every process.
  private static func sums(_ shards: Int, _ peers: any Peers) throws -> [[Float]] {
    let team = try ShardTeam(shards, peers: peers), members = team.members
    return try team.run { member in
      let buffer = Buffer(Formula.values("shard \(members[member].rank)", count: count).map { $0 * 1e3 })
      members[member].sum(buffer.floats)
      return buffer.array
    }
  }

  /// Also where what a process has is no branch of the tree.
  @Test(arguments: [1, 2, 3, 4, 6, 8, 12]) func sumsDoNotDependOnWhoAdds(_ shards: Int) throws {
    let one = try Self.sums(shards, OneProcess())
    let exact = (0..<shards).map { Formula.values("shard \($0)", count: Self.count).map { Double($0 * 1e3) } }
    #expect(one.count == shards)
    for (i, value) in one[0].enumerated() {
      let sum = exact.reduce(0) { $0 + $1[i] }, bound = 1e-6 * exact.reduce(1) { $0 + abs($1[i]) }
      guard abs(Double(value) - sum) < bound else {
        Issue.record("number \(i) is \(value), not \(sum)")
        break
      }
    }
    for processes in 2...12 where shards % processes == 0 {
      let all = try Neighbours.run(processes) { try Self.sums(shards, $0) }.flatMap(\.self), areEqual = all.allSatisfy { $0 == one[0] }
      #expect(all.count == shards && areEqual, "\(processes) processes")
    }
  }

  /// Parts that are begun while others are still computed: in any order, of any length, neighbours or not.
  @Test(arguments: [(2, 2), (4, 2), (6, 3), (12, 4)]) func partsMayBeginBefore(_ shards: Int, _ processes: Int) throws {
    let one = try Self.sums(shards, OneProcess())[0], parts = [9_000..<14_000, 20_000..<20_011, 14_000..<14_001, 0..<100, 100..<4_000]
    let all = try Neighbours.run(processes) { peers in
      let team = try ShardTeam(shards, peers: peers), members = team.members
      return try (0..<2).map { _ in
        try team.run { member in
          let rank = members[member].rank, buffer = Buffer(Formula.values("shard \(rank)", count: Self.count).map { $0 * 1e3 })
          for part in parts {
            members[member].isReady(part, of: buffer.floats)
            // A process that is ahead of others leaves them behind.
            if rank % 3 == 0 { usleep(300) }
            if part.count > 1 { _ = members[member].sums([1]) }
          }
          members[member].sum(buffer.floats)
          return buffer.array
        }
      }
    }.flatMap { $0.flatMap(\.self) }
    let areEqual = all.allSatisfy { $0 == one }
    #expect(all.count == 2 * shards && areEqual)
  }

  @Test(arguments: [(4, 1), (4, 2), (4, 4), (6, 3)]) func everybodyHasEverybodysNumbers(_ shards: Int, _ processes: Int) throws {
    let all = try Neighbours.run(processes) { peers in
      let team = try ShardTeam(shards, peers: peers), members = team.members
      return try team.run { member in
        (0..<3).map { round in members[member].gather([Double(members[member].rank), Double(round)]) }
      }
    }.flatMap(\.self)
    let expected = (0..<3).map { round in (0..<shards).map { [Double($0), Double(round)] } }, areEqual = all.allSatisfy { $0 == expected }
    #expect(all.count == shards && areEqual)
  }

  /// One at a time, in the order of shards; what is done once is done when all are there.
  @Test func membersTakeTurns() throws {
    let team = try ShardTeam(3), members = team.members, log = Mutex<[String]>([])
    func note(_ words: String) { log.withLock { $0.append(words) } }
    for _ in 0..<2 {
      let results = try team.run { member in
        note("a\(member)")
        members[member].once { note("once") }
        note("b\(member)")
        return member
      }
      #expect(results == [0, 1, 2])
    }
    #expect(log.withLock { $0 } == Array(repeating: ["a0", "a1", "a2", "once", "b0", "b1", "b2"], count: 2).flatMap(\.self))
  }

  private struct Failure: Error {}

  /// A failure of all leaves nobody waiting, and teams end with their threads.
  @Test func membersMayFail() throws {
    for _ in 0..<50 {
      let team = try ShardTeam(4), members = team.members
      #expect(throws: Failure.self) {
        try team.run { member in
          guard members[member].agrees(member != 2) else { throw Failure() }
        }
      }
      #expect(try team.run { members[$0].sums([1])[0] } == [4, 4, 4, 4])
    }
  }
}
