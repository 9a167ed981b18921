import ArgumentParser
import Cluster
import Commands
import Console
import FoundationEssentials
import Glibc
import Language
import Storage
import Workbench

struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "run", abstract: "Run a script and print its transcript; stop at the first failure.")

  @ArgumentParser.Argument(help: "A session script, or - for standard input.", completion: .file(extensions: ["segue"])) var file: String
  @Option(name: .customLong("set"), help: "Another value for a literal binding of the script, as NAME=VALUE; may be given several times.") var set: [String] = []
  @Flag(help: "One event a line, as JSON.") var json = false
  @Flag(help: "Ignore the values in the store.") var fresh = false
  @Flag(help: "Allow files to be replaced that are not Segue's own.") var force = false
  @Option(help: "At the end, write the numbers of all named tables to this file, as JSON; `segue collect` puts many of them together.") var result: String?
  @Option(
    help: ArgumentHelp(
      "Compute one of several shares of what `repeat` and `sweep` compute, such as 3/8, on one store.", discussion: "Afterwards the whole script takes everything from there.")
  ) var part: Part?

  func validate() throws {
    try Results.validate(result)
    if part != nil, fresh { throw ValidationError("--part takes what other parts have computed from the store, which --fresh ignores; choose one") }
  }

  func run() throws {
    ControlC.install()
    let interrupt = Interrupt(), printer = ScriptPrinter(json ? .json : .transcript, interrupt: interrupt)
    let cluster = try Here.cluster()
    if cluster != nil, part != nil { throw ValidationError("processes that mpirun starts compute a script as a whole: leave --part out") }
    var surroundings = try Here.surroundings(interrupt: interrupt, force: force, fresh: fresh, cluster: cluster)
    surroundings.part = part
    if let cluster { try Here.meet(cluster, surroundings, printer) }
    if let cluster, !cluster.leads { return try Following.run(set, cluster, surroundings) }
    if !fresh { DecodedStore.open(in: surroundings) }
    FreshCommand.tell(surroundings, printer)
    // Before the session begins: a script that cannot be read, or is refused, leaves none behind.
    let vocabulary = DomainCommands.catalog.vocabulary
    let read = try Scripts.read(file, vocabulary, printer)
    if let cluster { Following.send(read, cluster) }
    let script = try Scripts.setting(set, in: read, vocabulary)
    try refuse(script, surroundings, printer)
    if let result { try Results(file: result).check(surroundings) }
    let (session, _) = try Session.open(DomainCommands.catalog, surroundings, .new(.run)) { printer.show($0) }
    var left = LeftStatements(DomainCommands.catalog)
    for (index, item) in script.items.enumerated() {
      if case .statement(let statement?, _) = item.content, try leaves(statement, of: script, &left, printer) { continue }
      let evaluation = ControlC.stopping(interrupt) { session.evaluate(item, of: script) }
      if evaluation.isLeftToOthers, let canonical = evaluation.canonical {
        left.leave(canonical)
        continue
      }
      switch evaluation.outcome {
      case .done:
        if !json, item.isWords { printer.line(item.text(in: script.source)) }
        if !json, case .statement(nil, let comment?) = item.content { printer.line("# \(comment)") }
        // Ctrl-C during a statement that had no step left to stop at.
        if interrupt.isRequested {
          printer.remark("interrupted after a statement that was done")
          throw ExitCode(130)
        }
      case .quit:
        let rest = script.items.dropFirst(index + 1).count { if case .statement = $0.content { true } else { false } }
        if rest > 0 { printer.remark("`quit` in line \(item.line) ends the script before its last \(counted(rest, "statement"))") }
        return try finish(session, left, printer)
      case .interrupted:
        printer.remark(FreshCommand.interrupted(goesOn: evaluation.goesOn))
        throw ExitCode(130)
      case .failed(let diagnostic):
        if script.expectsFailure(after: index), !session.isOutOfStep {
          // A statement that was understood has been printed as it began.
          if !json, evaluation.canonical == nil { printer.line(item.text(in: script.source)) }
          if !json { printer.line("#! \(diagnostic)") }
          continue
        }
        if !json { printer.failure(diagnostic, in: script.source, of: file) }
        surroundings.finishFreshRun()
        throw ExitCode(1)
      }
    }
    try finish(session, left, printer)
  }

  private func leaves(_ statement: Statement, of script: Script, _ left: inout LeftStatements, _ printer: ScriptPrinter) throws -> Bool {
    do throws(Diagnostic) {
      return try left.leaves(statement)
    } catch {
      printer.failure(error, in: script.source, of: file)
      throw ExitCode(1)
    }
  }

  private func finish(_ session: Session, _ left: LeftStatements, _ printer: ScriptPrinter) throws {
    session.surroundings.finishFreshRun()
    if left.count > 0 {
      printer.remark("\(counted(left.count, "statement")) \(left.count == 1 ? "waits" : "wait") for other parts\(result == nil ? "" : ", and \(result!) was not written")")
    } else if let result {
      try Results(file: result).write(session, of: file, settings: Scripts.overrides(set), printer)
    }
    try checkRecorded(session, printer)
  }

  /// A run whose session is not on the disk has not done what it was to do.
  private func checkRecorded(_ session: Session, _ printer: ScriptPrinter) throws {
    guard let fault = session.recordingFault() else { return }
    printer.failure(fault, in: nil)
    throw ExitCode(1)
  }

  /// What can be told to be wrong is told before anything runs, so that a slip of the pen in the last line costs no hours.
  private func refuse(_ script: Script, _ surroundings: Surroundings, _ printer: ScriptPrinter) throws {
    let faults = Session.check(script, DomainCommands.catalog, surroundings)
    for fault in faults { if json { printer.show(.failed(fault)) } else { printer.failure(fault, in: script.source, of: file) } }
    if !faults.isEmpty { throw ExitCode(1) }
  }
}

/// Scripts from files and pipes.
enum Scripts {
  /// The longest that is read, in bytes: far more than anybody writes.
  static let limit = 16 << 20

  /// What `--set NAME=VALUE` says.
  static func overrides(_ set: [String]) throws -> [String: String] {
    var overrides: [String: String] = [:]
    for pair in set {
      let parts = pair.split(separator: "=", maxSplits: 1).map(String.init)
      guard parts.count == 2 else { throw ValidationError("--set takes NAME=VALUE, not '\(pair)'") }
      overrides[parts[0]] = parts[1]
    }
    return overrides
  }

  /// A script with what `--set` says in it.
  static func setting(_ set: [String], in script: Script, _ vocabulary: Vocabulary) throws -> Script {
    let overrides = try overrides(set)
    do { return try script.setting(overrides, vocabulary) } catch { throw ValidationError(error.description) }
  }

  static func read(_ file: String, _ vocabulary: Vocabulary, _ printer: ScriptPrinter) throws -> Script {
    do {
      return try Script(bytes: bytes(file), vocabulary)
    } catch let diagnostic as Diagnostic {
      printer.failure(diagnostic, in: nil)
    } catch let error as FileError {
      printer.failure(error.diagnostic, in: nil)
    }
    throw ExitCode(2)
  }

  /// Standard input for `-`, else a file; a pipe, such as a shell's `<(...)`, serves as well.
  private static func bytes(_ file: String) throws -> [UInt8] {
    let descriptor = file == "-" ? 0 : open(file, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileError("read", file, errno) }
    defer { if descriptor > 0 { close(descriptor) } }
    var bytes: [UInt8] = []
    var part = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = Glibc.read(descriptor, &part, part.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw FileError("read", file, errno) }
      if count == 0 { return bytes }
      bytes += part[..<count]
      guard bytes.count <= limit else { throw Diagnostic("\(file) is longer than the \(limit >> 20) MiB that a script may have", remedy: "is it a script?") }
    }
  }
}
