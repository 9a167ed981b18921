import ArgumentParser
import Commands
import Console
import FoundationEssentials
import Language
import Rendering
import Workbench

struct ReplayCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay", abstract: "Run a script and check it against the outputs that it recorded.",
    discussion: """
      Close means that only numbers which come out of training are off: a mIoU by at most 3 points, a class's IoU or a share of pixels
      by 10, a loss by a tenth.

      NAME.lock beside the script, which --lock writes, holds what each value was made from, and its digest on each instruction set: it tells
      why an output differs, and --exact holds the values to it. Exit codes: 0 same or close, 1 a statement failed, 3 outputs differ (with
      --strict also where they are close, with --exact also where a bit of a value does), 130 interrupted.
      """)

  @ArgumentParser.Argument(help: "A session script.") var file: String
  @Option(name: .customLong("set"), help: "Another value for a literal binding of the script, as NAME=VALUE; may be given several times.") var set: [String] = []
  @Flag(help: "Ignore what the store has kept.") var fresh = false
  @Flag(help: "Count outputs that are only close as differing.") var strict = false
  @Flag(help: "Values, all made anew, must be those of NAME.lock to the last bit.") var exact = false
  @Flag(help: "Make all values anew and write NAME.lock.") var lock = false
  @Option(help: "Write new outputs into the script: missing (only where none is recorded) or changed.") var update: Update?
  @Option(help: "Compare from the statement on that makes this NAME; what only shows or checks before it is passed over.") var from: String?
  @Flag(help: "Wait for Enter before each statement.") var step = false
  @Flag(help: "One compared statement a line, as JSON.") var json = false
  @Flag(help: "Allow files to be replaced that are not Segue's own.") var force = false

  enum Update: String, ExpressibleByArgument, CaseIterable { case missing, changed }

  private var lockFile: String { ReplayLock.path(of: file) }

  func validate() throws {
    if lock, from != nil || !set.isEmpty { throw ValidationError("--lock needs the whole script as it is, without --from and --set") }
    if update != nil, !set.isEmpty { throw ValidationError("--update writes what the script itself gives, which --set changes; choose one") }
    if step, json { throw ValidationError("--step is for people and --json for programs; choose one") }
  }

  func run() throws {
    ControlC.install()
    let interrupt = Interrupt(), printer = ScriptPrinter(.quiet, interrupt: interrupt)
    if step, !printer.isWatched { throw ValidationError("--step needs a terminal") }
    let surroundings = try Surroundings(
      directory: FileManager.default.currentDirectoryPath, interrupt: interrupt, force: force,
      // What was kept may have been computed with other instructions.
      fresh: fresh || exact || lock, instructionSet: DomainCommands.instructionSet)
    if !fresh { DecodedStore.open(in: surroundings) }
    let session = Session(DomainCommands.catalog, surroundings) { printer.show($0) }
    let script = try Scripts.read(file, session.vocabulary, printer)
    let old = try readLock(printer)
    let replay = try replay(script, in: session, options(old))
    let report = ControlC.stopping(interrupt) {
      replay.run { step ? ask($0, $1, printer, interrupt) : .run } told: { tell($0, printer) }
    }
    if let failure = report.failure { printer.failure(failure, in: script.source, of: file) }
    if report.isInterrupted { printer.remark("interrupted; the same command goes on from here") }
    if let update {
      let text = replay.updated(report, update == .missing ? .missing : .changed)
      if text != script.source.text { try Scripts.write(text, to: file) }
      printer.remark(text == script.source.text ? "\(file) stays as it is" : "\(file): outputs were written")
    }
    if lock {
      guard let new = replay.lock(report) else { throw ValidationError("the script did not run to its end, so \(lockFile) stays as it is") }
      try Scripts.write(String(decoding: new.merged(with: old).bytes, as: UTF8.self), to: lockFile)
    }
    if json { printer.line(JSONRenderer().line(report)) } else { printer.line(ReplayRenderer().line(report)) }
    throw ExitCode(report.exitCode)
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

  /// What lies beside the script. A damaged lock is told, and is no matter where it is not to be held to.
  private func readLock(_ printer: ScriptPrinter) throws -> ReplayLock? {
    guard let data = FileManager.default.contents(atPath: lockFile) else {
      if exact { throw ValidationError("there is no \(lockFile); `segue replay --lock \(file)` writes it") }
      return nil
    }
    do {
      return try ReplayLock(bytes: Array(data), name: lockFile)
    } catch let diagnostic {
      if exact { throw ValidationError(diagnostic.description) }
      printer.remark(diagnostic.description)
      return nil
    }
  }

  private func tell(_ step: Replay.Step, _ printer: ScriptPrinter) {
    if json { return printer.line(JSONRenderer().line(step)) }
    for line in ReplayRenderer().lines(step) { printer.line(line) }
  }

  /// Shows what comes next and waits.
  private func ask(_ prose: [String], _ statement: String, _ printer: ScriptPrinter, _ interrupt: Interrupt) -> Replay.Answer {
    for line in prose { printer.line(StyledText(line, .comment)) }
    printer.line(StyledText("next    ", .dim) + StyledText(statement, .strong) + StyledText("   Enter runs it, q ends", .dim))
    guard let answer = readLine(), !interrupt.isRequested else { return .stop }
    return answer.lowercased().hasPrefix("q") ? .stop : .run
  }
}
