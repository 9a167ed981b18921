import ArgumentParser
import Cluster
import Commands
import Console
import FoundationEssentials
import Language
import Rendering
import Storage
import Workbench

struct ReplayCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay", abstract: "Run scripts and check them against the outputs that they recorded.",
    discussion: """
      Close means that only numbers which come out of training are off: a mIoU by at most 3 points, a class's IoU or a share of pixels
      by 10, a loss by a tenth.

      NAME.lock beside the script, which --lock writes, holds what each value was made from, and its digest on each instruction set: it shows
      why an output differs, and that data changed even where the outputs happen to agree. --exact compares the values and every recorded
      number with it. --fresh, --exact and --lock work in a place of their own: interrupted, the same command goes on from there. Exit codes:
      0 same or close, 1 a statement failed or a file could not be written, 3 outputs differ (with --strict also where they are close, with
      --exact also where a bit of a value does), 130 interrupted; of several scripts the worst.
      """)

  @ArgumentParser.Argument(help: "Session scripts.", completion: .file(extensions: ["segue"])) var files: [String]
  @Option(name: .customLong("set"), help: "Another value for a literal binding of the script, as NAME=VALUE; may be given several times.") var set: [String] = []
  @Flag(help: "Ignore the values in the store.") var fresh = false
  @Flag(help: "Count outputs that are only close as differing.") var strict = false
  @Flag(help: "Values, all computed again, must be those of NAME.lock to the last bit, and recorded numbers those that are shown.") var exact = false
  @Flag(help: "Compute all values again and write NAME.lock.") var lock = false
  @Option(help: "Write new outputs into the script: missing (only where none is recorded) or changed.") var update: Update?
  @Option(help: "Compare from the statement that makes NAME; earlier statements that only show or check are skipped.") var from: String?
  @Flag(help: "Wait for Enter before each statement.") var step = false
  @Flag(help: "One compared statement a line, as JSON.") var json = false
  @Flag(help: "Allow files to be replaced that are not Segue's own.") var force = false
  @Option(help: "At the end, write the numbers of all named tables to this file, as JSON; `segue collect` puts many of them together.") var result: String?

  enum Update: String, ExpressibleByArgument, CaseIterable { case missing, changed }

  func validate() throws {
    if files.isEmpty { throw ValidationError("replay needs a script") }
    if lock, from != nil || !set.isEmpty { throw ValidationError("--lock needs the whole script as it is, without --from and --set") }
    if update != nil, !set.isEmpty { throw ValidationError("--update writes what the script itself gives, which --set changes; choose one") }
    if step, json { throw ValidationError("--step is for people and --json for programs; choose one") }
    if files.count > 1, from != nil || step || result != nil { throw ValidationError("--from, --step and --result take one script") }
    try Results.validate(result)
  }

  func run() throws {
    ControlC.install()
    let interrupt = Interrupt(), printer = ScriptPrinter(.quiet, interrupt: interrupt)
    if step, !printer.isWatched { throw ValidationError("--step needs a terminal") }
    // What was kept may have been computed with other instructions, and pictures may have been decoded from other files.
    let isFresh = fresh || exact || lock, cluster = try Here.cluster()
    if cluster != nil, files.count > 1 || from != nil || step { throw ValidationError("several processes replay one script, as a whole") }
    let surroundings = try Here.surroundings(interrupt: interrupt, force: force, fresh: isFresh, cluster: cluster)
    if let cluster { try Here.meet(cluster, surroundings, printer) }
    if let cluster, !cluster.leads { return try Following.run(set, cluster, surroundings) }
    if !isFresh { DecodedStore.open(in: surroundings) }
    surroundings.removeHalfWritten()
    if let result { try Results(file: result).check(surroundings) }
    FreshCommand.tell(surroundings, printer)
    var endings: [ReplayEnding] = []
    for file in files {
      if files.count > 1, !json { printer.line(file.escapedForTerminal()) }
      endings.append(try ending(of: file, surroundings, printer, cluster))
      if endings.last == .interrupted { break }
    }
    if endings.last != .interrupted { surroundings.finishFreshRun() }
    if files.count > 1, !json { printer.line(ReplayEnding.summary(endings, of: files.count)) }
    throw ExitCode(endings.max()?.exitCode ?? 0)
  }

  /// Of several scripts each is replayed, whatever is wrong with one.
  private func ending(of file: String, _ surroundings: Surroundings, _ printer: ScriptPrinter, _ cluster: Cluster?) throws -> ReplayEnding {
    do {
      return try replay(file, surroundings, printer, cluster)
    } catch where files.count > 1 {
      if !(error is ExitCode) { printer.remark("\(error)") }
      return error is ScriptFile.Unwritten ? .failed : .unusable
    }
  }

  private func replay(_ file: String, _ surroundings: Surroundings, _ printer: ScriptPrinter, _ cluster: Cluster?) throws -> ReplayEnding {
    let session = Session(DomainCommands.catalog, surroundings) { printer.show($0) }
    let before = try ScriptFile(file), lockFile = try ScriptFile(ReplayLock.path(of: file), atMost: FileLimit.record)
    let script = try Scripts.read(file, session.vocabulary, printer)
    if let cluster { Following.send(script, cluster) }
    let old = try readLock(lockFile, of: file, printer)
    let replay = try replay(script, in: session, options(old ?? Session.recordedRecipes(of: file, in: surroundings)))
    let interrupt = surroundings.interrupt
    let report = ControlC.stopping(interrupt) {
      replay.run { step ? ask($0, $1, printer, interrupt) : .run } told: { tell($0, of: file, printer) }
    }
    if let failure = report.failure { printer.failure(failure, in: script.source, of: file) }
    // Ctrl-C at the question between two statements, where nothing was running.
    if report.isStopped, interrupt.isRequested { throw ExitCode(130) }
    if report.isInterrupted { printer.remark(FreshCommand.interrupted(goesOn: report.goesOn)) }
    if json { printer.line(JSONRenderer().line(report, of: files.count > 1 ? file : nil)) } else { printer.line(ReplayRenderer().line(report)) }
    if let update {
      let text = replay.updated(report, update == .missing ? .missing : .changed)
      if text != script.source.text { try before.write(text) }
      printer.remark(text == script.source.text ? "\(file) stays as it is" : "\(file): outputs were written")
    }
    if let result {
      if report.failure == nil, !report.isStopped, !report.isInterrupted {
        try Results(file: result).write(session, of: file, settings: Scripts.overrides(set), printer)
      } else {
        printer.remark("the script did not run to its end, so \(result) was not written")
      }
    }
    if lock, let new = replay.lock(report) {
      try lockFile.write(String(decoding: new.merged(with: old).bytes, as: UTF8.self))
    } else if lock {
      printer.remark("the script did not run to its end, so \(lockFile.name) stays as it is")
    }
    return ReplayEnding(report)
  }

  private func replay(_ script: Script, in session: Session, _ options: Replay.Options) throws -> Replay {
    do throws(Diagnostic) {
      return try Replay(script, in: session, options)
    } catch {
      throw ValidationError(error.description)
    }
  }

  private func options(_ old: ReplayLock?) throws -> Replay.Options {
    var options = Replay.Options(overrides: try Scripts.overrides(set), isStrict: strict)
    (options.isExact, options.lock, options.start) = (exact, old, from)
    options.takesContents = lock
    options.instructionSet = DomainCommands.instructionSet
    return options
  }

  /// What lies beside the script. A file of that name that is no lock is somebody else's: it is told, and replaced only where that is
  /// allowed.
  private func readLock(_ file: ScriptFile, of script: String, _ printer: ScriptPrinter) throws -> ReplayLock? {
    if lock, file.isDangling, !force { throw ValidationError("\(file.name) is a link that leads nowhere; --force writes to where it leads") }
    guard let bytes = file.bytes else {
      if let unread = file.unread {
        if exact || lock { throw ValidationError(unread.description) }
        printer.remark(unread.description)
        return nil
      }
      if exact { throw ValidationError("there is no \(file.name); `segue replay --lock \(script)` writes it") }
      return nil
    }
    do {
      return try ReplayLock(bytes: bytes, name: file.name)
    } catch let diagnostic {
      if exact || (lock && !force) { throw ValidationError(diagnostic.description) }
      printer.remark(diagnostic.message)
      return nil
    }
  }

  private func tell(_ step: Replay.Step, of file: String, _ printer: ScriptPrinter) {
    if json { return printer.line(JSONRenderer().line(step, of: files.count > 1 ? file : nil)) }
    for line in ReplayRenderer().lines(step) { printer.line(line) }
  }

  /// Shows what comes next and waits.
  private func ask(_ prose: [String], _ statement: String, _ printer: ScriptPrinter, _ interrupt: Interrupt) -> Replay.Answer {
    for line in prose { printer.line(StyledText(line, .comment)) }
    printer.line(StyledText("next    ", .dim) + StyledText(statement, .strong) + StyledText("   Enter runs it, q ends", .dim))
    switch Question.answer() {
    case .line(let answer): return answer.lowercased().hasPrefix("q") ? .stop : .run
    case .end: return .stop
    case .interrupted:
      interrupt.request()
      return .stop
    }
  }
}
