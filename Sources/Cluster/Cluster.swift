internal import CMPI
internal import FoundationEssentials
internal import Storage
internal import Synchronization
public import Tensors
public import Workbench

/// The processes of an MPI job, of which this is one.
public struct Cluster: Sendable {
  public let peers: any Peers
  public let companions: any Companions

  public var rank: Int { peers.rank }
  public var leads: Bool { rank == 0 }

  /// What this process has joined.
  private static let joined = Mutex<SegueMPI?>(nil)

  /// Joins the processes that were started together; nil where this one was started by itself.
  ///
  /// - Throws: ``ClusterError`` where this machine lacks what that takes.
  public static func join() throws -> Cluster? {
    guard let launcher = Launcher(ProcessInfo.processInfo.environment), launcher.count > 1 else { return nil }
    let mpi = try functions(of: launcher.library)
    guard mpi.start() else { throw ClusterError("\(launcher.library) does not take calls from several threads") }
    joined.withLock { $0 = mpi }
    let peers = MPIPeers(mpi)
    guard peers.count == launcher.count else {
      var words = [CChar](repeating: 0, count: 8192)
      mpi.library(&words)
      let library = String(decoding: words.prefix { $0 != 0 && $0 != 10 && $0 != 44 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
      throw ClusterError("\(launcher.count) processes were started, and \(peers.count) of them find each other by \(library): SEGUE_MPI=openmpi or mpich says whose mpirun it was")
    }
    return Cluster(peers: peers, companions: peers)
  }

  /// Whether this process was started together with others.
  public static var isStarted: Bool { (Launcher(ProcessInfo.processInfo.environment)?.count ?? 1) > 1 }

  /// Ends this process's part: with others it ends together, and with a failure it ends them.
  public static func leave(_ code: Int32) {
    guard let mpi = joined.withLock({ $0 }) else { return }
    if code == 0 { mpi.end() } else { mpi.abort(code) }
  }

  /// What `scripts/setup --mpi` has compiled: beside the program, or where the package is built.
  private static func functions(of library: String) throws -> SegueMPI {
    let name = "libsegue-\(library).so", files = LocalFileSystem(), program = files.resolved("/proc/self/exe")
    let folder = program[..<(program.lastIndex(of: "/") ?? program.startIndex)]
    guard let path = ["\(folder)/\(name)", "\(folder)/../../mpi/\(name)"].first(where: { files.exists($0) }) else {
      throw ClusterError("several processes were started together, and what serves \(library) is not there: `scripts/setup --mpi \(library)` makes it")
    }
    var words = [CChar](repeating: 0, count: 1024)
    guard let functions = segue_mpi_load(path, &words, Int32(words.count)) else {
      throw ClusterError("\(name) cannot be loaded (\(String(decoding: words.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self))): `scripts/setup --mpi \(library)` makes it again")
    }
    return functions.pointee
  }
}

/// Why processes cannot work together, in words.
public struct ClusterError: Error, CustomStringConvertible {
  public let description: String
  init(_ words: String) { description = words }
}

/// What started this process, where that was a launcher of MPI.
package struct Launcher: Equatable {
  /// How many processes it started.
  package let count: Int
  /// Whose it is: openmpi or mpich.
  package let library: String

  /// Open MPI's, MPICH's and Slurm's ways to say it; SEGUE_MPI where that does not tell the library.
  package init?(_ environment: [String: String]) {
    func number(_ name: String) -> Int? { environment[name].flatMap(Int.init) }
    let found: (count: Int, library: String)
    if let count = number("OMPI_COMM_WORLD_SIZE") {
      found = (count, "openmpi")
    } else if let count = number("PMI_SIZE") {
      found = (count, "mpich")
    } else if environment["PMIX_RANK"] != nil, let count = number("SLURM_NTASKS") {
      found = (count, "openmpi")
    } else {
      return nil
    }
    let wish = environment["SEGUE_MPI"].flatMap { $0.isEmpty ? nil : $0 }
    (count, library) = (found.count, wish ?? found.library)
  }
}
