import ArgumentParser
import Cluster
import Commands
import Console
import FoundationEssentials
import Glibc
import Imaging
import Language
import Rendering
import Storage
import Workbench

/// Where the process was started, and what its environment says.
enum Here {
  /// The working directory. Paths are texts here: a directory whose name is none is refused, before anything is written to another place.
  static func directory() throws -> String {
    guard let bytes = getcwd(nil, 0) else { throw ValidationError("the working directory cannot be read: \(String(cString: strerror(errno)))") }
    defer { free(bytes) }
    guard let path = String(validatingCString: bytes) else {
      throw ValidationError("the name of the working directory, \(String(cString: bytes)), is not UTF-8 text; rename it, or go to another one")
    }
    return path
  }

  /// The words of the command line; those that are not UTF-8 would name other files than were meant.
  static func arguments() throws -> [String] {
    try (1..<max(Int(CommandLine.argc), 1)).map { index in
      guard let bytes = CommandLine.unsafeArgv[index] else { return "" }
      guard let word = String(validatingCString: bytes) else { throw ValidationError("'\(String(cString: bytes))' is not UTF-8 text, as names of files must be here; rename the file") }
      return word
    }
  }

  /// - Parameter cluster: the processes that this one works with; of several one alone writes.
  static func surroundings(interrupt: Interrupt = Interrupt(), force: Bool = false, fresh: Bool = false, cluster: Cluster? = nil) throws -> Surroundings {
    try checkEnvironment(ProcessInfo.processInfo.environment)
    return try surroundings(in: directory(), interrupt: interrupt, force: force, fresh: fresh, cluster: cluster)
  }

  /// Of any directory; what the environment says is not checked again.
  static func surroundings(
    in directory: String, interrupt: Interrupt = Interrupt(), force: Bool = false, fresh: Bool = false, cluster: Cluster? = nil
  ) throws -> Surroundings {
    let store = ProcessInfo.processInfo.environment["SEGUE_STORE"].flatMap { $0.isEmpty ? nil : $0 }
    let leads = cluster?.leads ?? true
    var surroundings = try Surroundings(
      directory: directory, store: store, fileSystem: leads ? LocalFileSystem() : FollowingFileSystem(LocalFileSystem()), interrupt: interrupt, force: force,
      fresh: fresh && leads, freshKey: FreshCommand.key, instructionSet: DomainCommands.instructionSet)
    surroundings.memoryAdvice = DomainCommands.adviseOnMemory
    if let cluster {
      surroundings.companions = cluster.companions
      surroundings.belongings.join(cluster.peers)
    }
    return surroundings
  }

  /// The terminal that a person types at: with a line editor where it can move its cursor.
  static func terminal(orElse remedy: String) throws -> any Terminal {
    if let terminal = EditingTerminal(environment: ProcessInfo.processInfo.environment, png: { PNG.encode($0) }) { return terminal }
    if let terminal = PlainTerminal() { return terminal }
    throw ValidationError(remedy)
  }

  /// Values of the environment that nobody would take notice of are reported; where values depend on one, it is refused.
  private static func checkEnvironment(_ environment: [String: String]) throws {
    let printer = ScriptPrinter(.quiet, interrupt: Interrupt())
    for (name, value) in environment.sorted(by: { $0.key < $1.key }) where name.hasPrefix("SEGUE_") && !value.isEmpty {
      let expected: String?
      switch name {
      case "SEGUE_IMAGES":
        let forms = PictureStyle.Form.allCases.map(\.rawValue)
        expected = forms.contains(value) ? nil : "one of \(forms.joined(separator: ", "))"
      case "SEGUE_THREADS": expected = Int(value).map { (1...256).contains($0) } ?? false ? nil : "a number from 1 to 256"
      case "SEGUE_MPI": expected = ["openmpi", "mpich"].contains(value) ? nil : "openmpi or mpich"
      case "SEGUE_LOCKS": expected = ["claims", "system"].contains(value) ? nil : "claims or system"
      case "SEGUE_PIN": expected = ["0", "1"].contains(value) ? nil : "0 or 1"
      case "SEGUE_CPU":
        guard value.hasPrefix(DomainCommands.instructionSet) else {
          throw ValidationError("SEGUE_CPU is '\(value)', which this processor or this program does not have; without it \(DomainCommands.instructionSet) is used")
        }
        expected = nil
      case "SEGUE_STORE": expected = value.unicodeScalars.contains("\u{FFFD}") ? "a path that is UTF-8 text" : nil
      default:
        if let meant = nearest(name, in: known) { printer.remark("\(name) is not known; did you mean \(meant)?") }
        expected = nil
      }
      guard let expected else { continue }
      if name == "SEGUE_STORE" { throw ValidationError("SEGUE_STORE must be \(expected)") }
      printer.remark("\(name) is '\(value)', and must be \(expected); it is ignored")
    }
  }

  private static let known = ["SEGUE_IMAGES", "SEGUE_THREADS", "SEGUE_PIN", "SEGUE_CPU", "SEGUE_STORE", "SEGUE_MPI", "SEGUE_LOCKS"]
}
