import Cluster
import Testing

/// Processes that do not fit together are named before any work.
@Suite struct MemberTests {
  private static func member(_ change: (inout Member) -> Void = { _ in }) -> Member {
    var member = Member(host: "a", version: "segue 1", instructions: "avx2", processors: [0, 1], threads: nil, directory: "/home/x", store: 7)
    change(&member)
    return member
  }

  static let faults: [(Member, String)] = [
    (member { $0.version = "segue 2" }, "process 0 on a is segue 1 and process 1 on a is segue 2: all need the same program"),
    (
      member { ($0.host, $0.instructions) = ("b", "avx512") },
      "process 0 on a computes with avx2 instructions and process 1 on b computes with avx512 instructions, whose results differ in their last bits: SEGUE_CPU= chooses what all have, such as avx2"
    ),
    (
      member { ($0.host, $0.store) = ("b", 8) },
      "process 0 on a has the store's folder as number 7 and process 1 on b has the store's folder as number 8: all need one store on a file system that they share; SEGUE_STORE= names its folder"
    ),
    (
      member { ($0.threads, $0.processors) = (4, [1]) },
      "process 1 on a has 4 threads bound to 1 processor: Open MPI's --map-by slot:pe=4 and MPICH's -bind-to core:4 give each process as many, --bind-to none (-bind-to none) binds nothing"
    ),
  ]

  @Test(arguments: faults.indices) func whatDoesNotFitIsNamed(_ index: Int) {
    let (member, words) = Self.faults[index]
    #expect(Member.fault(of: [Self.member(), member]) == words)
  }

  @Test func whatFitsIsSilent() {
    #expect(Member.fault(of: [Self.member(), Self.member { $0.host = "b" }, Self.member { ($0.threads, $0.directory) = (2, "/other") }]) == nil)
  }

  /// Processes that may use the same processors share them; those that are bound have their own.
  @Test func processorsAreShared() {
    let free = [Self.member(), Self.member()], bound = [Self.member { $0.processors = [0] }, Self.member { $0.processors = [1] }]
    #expect(Member.threads(of: 0, among: free) == 1 && Member.threads(of: 1, among: free) == 1)
    #expect(Member.threads(of: 1, among: bound) == 1 && Member.threads(of: 0, among: [Self.member(), Self.member { $0.host = "b" }]) == 2)
    #expect(Member.threads(of: 2, among: [Self.member(), Self.member(), Self.member()]) == 1)
    #expect(Member.crowding(of: free) == nil && Member.crowding(of: bound) == nil)
    #expect(
      Member.crowding(of: free.map { member in Self.member { ($0.threads, $0.host) = (2, member.host) } })
        == "4 threads of 2 processes share the 2 processors of a: each waits for the others")
    #expect(Member.crowding(of: [Self.member(), Self.member(), Self.member()]) == "3 threads of 3 processes share the 2 processors of a: each waits for the others")
  }

  static let launchers: [([String: String], String?)] = [
    ([:], nil), (["OMPI_COMM_WORLD_SIZE": "4"], "4 openmpi"), (["PMI_SIZE": "2", "PMI_RANK": "1"], "2 mpich"), (["PMIX_RANK": "0", "SLURM_NTASKS": "8"], "8 openmpi"),
    (["PMIX_RANK": "0", "SLURM_NTASKS": "8", "SEGUE_MPI": "mpich"], "8 mpich"), (["SLURM_NTASKS": "8"], nil), (["OMPI_COMM_WORLD_SIZE": "x"], nil),
  ]

  @Test(arguments: launchers.indices) func launchersAreKnown(_ index: Int) {
    let (environment, words) = Self.launchers[index]
    #expect(Launcher(environment).map { "\($0.count) \($0.library)" } == words)
  }
}
