internal import FoundationEssentials
internal import Glibc
internal import Tensors
internal import Workbench

/// What a process says of itself before work begins, so that those which do not fit together are found.
package struct Member: Codable, Equatable {
  package var host: String
  /// Of Segue and of what values depend on.
  package var version: String
  package var instructions: String
  /// Which processors it may use.
  package var processors: [Int]
  /// How many threads were asked for; nil for as many as suit.
  package var threads: Int?
  package var directory: String
  /// Of the folder of the store, as its file system numbers it.
  package var store: UInt64

  package init(host: String, version: String, instructions: String, processors: [Int], threads: Int?, directory: String, store: UInt64) {
    (self.host, self.version, self.instructions, self.processors) = (host, version, instructions, processors)
    (self.threads, self.directory, self.store) = (threads, directory, store)
  }

  static func here(version: String, instructions: String, directory: String, store: UInt64) -> Member {
    var name = [CChar](repeating: 0, count: 256)
    gethostname(&name, 255)
    let threads = ProcessInfo.processInfo.environment["SEGUE_THREADS"].flatMap(Int.init)
    return Member(
      host: String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self), version: version, instructions: instructions,
      processors: Threads.processors, threads: threads, directory: directory, store: store)
  }

  /// What is wrong with these processes, in words; nil where they fit together.
  package static func fault(of members: [Member]) -> String? {
    for (rank, member) in members.enumerated() {
      func differs(_ what: (Member) -> String) -> String? {
        what(member) == what(members[0]) ? nil : "process 0 on \(members[0].host) \(what(members[0])) and process \(rank) on \(member.host) \(what(member))"
      }
      if let words = differs({ "is \($0.version)" }) { return words + ": all need the same program" }
      if let words = differs({ "computes with \($0.instructions) instructions" }) {
        return words + ", whose results differ in their last bits: SEGUE_CPU= chooses what all have, such as avx2"
      }
      if let words = differs({ "has the store's folder as number \($0.store)" }) {
        return words + ": all need one store on a file system that they share; SEGUE_STORE= names its folder"
      }
      if let threads = member.threads, threads > member.processors.count {
        return "process \(rank) on \(member.host) has \(threads) threads bound to \(member.processors.count == 1 ? "1 processor" : "\(member.processors.count) processors")"
          + ": Open MPI's --map-by slot:pe=\(threads) and MPICH's -bind-to core:\(threads) give each process as many, --bind-to none (-bind-to none) binds nothing"
      }
    }
    return nil
  }

  /// How many threads a process takes that was not told: its share of the processors, where others on its host may use the same.
  package static func threads(of rank: Int, among members: [Member]) -> Int {
    let member = members[rank], sharing = members.count { $0.host == member.host && !Set($0.processors).isDisjoint(with: member.processors) }
    return max(1, member.processors.count / sharing)
  }

  /// That more threads are at work on a host than it has processors; nil where that is not so.
  package static func crowding(of members: [Member]) -> String? {
    for (host, there) in Dictionary(grouping: members, by: \.host).sorted(by: { $0.key < $1.key }) {
      let processors = Set(there.flatMap(\.processors)).count
      let threads = there.indices.reduce(0) { $0 + (there[$1].threads ?? Member.threads(of: $1, among: there)) }
      if threads > processors { return "\(threads) threads of \(there.count) processes share the \(processors == 1 ? "1 processor" : "\(processors) processors") of \(host): each waits for the others" }
    }
    return nil
  }
}

extension Cluster {
  /// Tells the others of this process, and hears of them: before any work.
  ///
  /// - Parameter store: the number of the store's folder.
  /// - Returns: what a person should know.
  /// - Throws: ``ClusterError`` where they do not fit together.
  public func meet(version: String, instructions: String, directory: String, store: UInt64) throws -> [String] {
    let own = Member.here(version: version, instructions: instructions, directory: directory, store: store)
    let members = try companions.gather(Array(JSONEncoder().encode(own))).map { try JSONDecoder().decode(Member.self, from: Data($0)) }
    if let fault = Member.fault(of: members) { throw ClusterError(fault) }
    if own.threads == nil { Threads.count = Member.threads(of: rank, among: members) }
    let hosts = Set(members.map(\.host)).count
    return ["\(members.count) processes\(hosts > 1 ? " on \(hosts) machines" : ""), \(Threads.count) \(Threads.count == 1 ? "thread" : "threads") in this one"] + (Member.crowding(of: members).map { [$0] } ?? [])
  }
}
