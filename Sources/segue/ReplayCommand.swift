import ArgumentParser
import Commands
import Console
import FoundationEssentials
import Language
import Workbench

struct ReplayCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay", abstract: "Run a script and check it against the outputs that it recorded.",
    discussion: "Close means that only numbers which come out of training are off: a mIoU by at most 3 points, a class's IoU by 25, a share of pixels by 10, a loss by a tenth (on pseudo-labels by a quarter). Exit codes: 0 same or close, 1 a statement failed, 3 outputs differ (with --strict also where they are close).")

  @ArgumentParser.Argument(help: "A session script.") var file: String
  @Option(name: .customLong("set"), help: "Another value for a literal binding of the script, as NAME=VALUE; may be given several times.") var set: [String] = []
  @Flag(help: "Ignore what the store has kept.") var fresh = false
  @Flag(help: "Count outputs that are only close as differing.") var strict = false
  @Option(help: "Write new outputs into the script: missing (only where none is recorded) or changed.") var update: Update?
  @Flag(help: "Allow files to be replaced that are not Segue's own.") var force = false

  enum Update: String, ExpressibleByArgument, CaseIterable { case missing, changed }

  func run() throws {
    ControlC.install()
    let interrupt = Interrupt(), printer = ScriptPrinter(.quiet, interrupt: interrupt)
    let surroundings = try Surroundings(
      directory: FileManager.default.currentDirectoryPath, interrupt: interrupt, force: force, fresh: fresh)
    DecodedStore.open(in: surroundings.directory)
    let session = Session(DomainCommands.catalog, surroundings) { printer.show($0) }
    let script = try Scripts.read(file, session.vocabulary, printer)
    let options = Replay.Options(overrides: try overrides(), isStrict: strict)
    let replay: Replay
    do {
      replay = try Replay(script, in: session, options)
    } catch {
      printer.failure(error, in: nil)
      throw ExitCode(2)
    }
    let report = ControlC.stopping(interrupt) { replay.run { tell($0, printer) } }
    if let failure = report.failure { printer.failure(failure, in: script.source.text) }
    if report.isInterrupted { printer.remark("interrupted; the same command goes on from here") }
    if let update { try write(replay, report, update, surroundings) }
    let verdict = report.failure != nil ? "failed" : report.isInterrupted ? "interrupted" : report.verdict.rawValue
    printer.line("verdict: \(verdict) (\(report.steps.count) statements, \(report.made) made, \(report.kept) kept from before)")
    throw ExitCode(report.exitCode)
  }

  private func tell(_ step: Replay.Step, _ printer: ScriptPrinter) {
    printer.line("\(step.verdict.map { $0.rawValue } ?? "-")\t\(step.statement)")
    if step.verdict == nil || step.verdict == .same, step.difference.isEmpty {
      for output in step.outputs { printer.line("\t\(output)") }
      return
    }
    if let reason = step.reason { printer.line("\t(\(reason))") }
    for line in step.difference { printer.line("\t\(line)") }
  }

  private func overrides() throws -> [String: String] {
    var overrides: [String: String] = [:]
    for pair in set {
      let parts = pair.split(separator: "=", maxSplits: 1).map(String.init)
      guard parts.count == 2 else { throw ValidationError("--set takes NAME=VALUE, not '\(pair)'") }
      overrides[parts[0]] = parts[1]
    }
    return overrides
  }

  private func write(_ replay: Replay, _ report: Replay.Report, _ update: Update, _ surroundings: Surroundings) throws {
    let text = replay.updated(report, update == .missing ? .missing : .changed)
    let path = file.hasPrefix("/") ? file : surroundings.directory + "/" + file
    try surroundings.fileSystem.write(Array(text.utf8), to: path)
  }
}
