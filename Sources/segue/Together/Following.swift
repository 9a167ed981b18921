import ArgumentParser
import Cluster
import Commands
import Console
import FoundationEssentials
import Glibc
import Language
import Storage
import Workbench

/// A process that does what another one does, and says nothing.
enum Following {
  /// The script of the leading process, which alone has standard input.
  static func send(_ script: Script, _ cluster: Cluster) { _ = cluster.companions.broadcast(Array(script.source.text.utf8)) }

  /// Evaluates the script of the leading process, taking part in what is shared.
  static func run(_ set: [String], _ cluster: Cluster, _ surroundings: Surroundings) throws {
    let session = Session(DomainCommands.catalog, surroundings)
    let script = try Scripts.setting(set, in: Script(bytes: cluster.companions.broadcast([]), session.vocabulary), session.vocabulary)
    for (index, item) in script.items.enumerated() {
      let evaluation = ControlC.stopping(surroundings.interrupt) { session.evaluate(item, of: script) }
      switch evaluation.outcome {
      case .done: continue
      case .quit: return
      case .interrupted:
        // The leading process has things to write down, and then ends all.
        sleep(60)
        throw ExitCode(130)
      case .failed(let diagnostic):
        if script.expectsFailure(after: index), !session.isOutOfStep { continue }
        // What goes wrong everywhere is said by the leading process, which ends all with it.
        sleep(3)
        StandardStreams.writeError("process \(cluster.rank): \(diagnostic)\n".escapedForTerminal(keepingNewlines: true))
        throw ExitCode(1)
      }
    }
  }
}

extension Here {
  /// The processes that were started together with this one; nil where there are none.
  static func cluster() throws -> Cluster? {
    do { return try Cluster.join() } catch let error as ClusterError { throw ValidationError(error.description) }
  }

  /// What cannot be done together is refused, before each process does it by itself.
  static func refuseCluster() throws {
    if Cluster.isStarted { throw ValidationError("several processes work together in `segue run` and `segue replay`; start one process for this") }
  }

  /// Finds processes that do not fit together.
  static func meet(_ cluster: Cluster, _ surroundings: Surroundings, _ printer: ScriptPrinter) throws {
    do {
      let store = surroundings.storeFolder
      if cluster.leads { try LocalFileSystem().makeFolder(store) }
      _ = cluster.companions.gather([])
      let words = try cluster.meet(
        version: Segue.configuration.version, instructions: DomainCommands.instructionSet, directory: surroundings.directory,
        store: LocalFileSystem().info(store)?.inode ?? 0)
      if cluster.leads { for line in words { printer.remark(line) } }
    } catch let error as ClusterError {
      if cluster.leads { throw ValidationError(error.description) }
      sleep(3)
      throw ExitCode(2)
    }
  }
}
