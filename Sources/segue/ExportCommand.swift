import ArgumentParser
import Commands
import Console
import FoundationEssentials
import Language
import Rendering
import Workbench

struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Write a script with its outputs and pictures as one HTML page, as Markdown with its pictures beside it, or as a Jupyter notebook.",
    discussion: "The script is evaluated for its pictures; values in the store are not recomputed. Exit codes: 0 written, 1 a statement failed, 130 interrupted.")

  @ArgumentParser.Argument(help: "A session script.", completion: .file(extensions: ["segue"])) var file: String
  @Option(help: "The document: a file that ends in .html, .md or .ipynb; by default the script's name with .html, in this directory.", completion: .file(extensions: ["html", "md", "ipynb"])) var to: String?
  @Option(name: .customLong("set"), help: "Another value for a literal binding of the script, as NAME=VALUE; may be given several times.") var set: [String] = []
  @Flag(help: "Show the recorded outputs without evaluating anything: no pictures.") var recorded = false
  @Flag(help: "Ignore the values in the store.") var fresh = false
  @Flag(help: "Allow files to be replaced that are not Segue's own.") var force = false

  func run() throws {
    ControlC.install()
    let interrupt = Interrupt(), printer = ScriptPrinter(.quiet, interrupt: interrupt)
    let surroundings = try Here.surroundings(interrupt: interrupt, force: force, fresh: fresh)
    let session = Session(DomainCommands.catalog, surroundings) { printer.show($0) }
    let script = try Scripts.read(file, session.vocabulary, printer)
    do {
      let writer = try DocumentWriter(to: session.location(to ?? usualName), in: session)
      let document = try self.document(script, session, printer)
      surroundings.finishFreshRun()
      printer.line(try writer.write(document))
    } catch let diagnostic as Diagnostic {
      printer.failure(diagnostic, in: nil)
      throw ExitCode(1)
    }
  }

  private func document(_ script: Script, _ session: Session, _ printer: ScriptPrinter) throws -> Document {
    let faults = recorded ? script.diagnostics : Session.check(script, DomainCommands.catalog, session.surroundings)
    for fault in faults { printer.failure(fault, in: script.source, of: file) }
    if !faults.isEmpty { throw ExitCode(1) }
    if recorded { return Document(recorded: script, source: source, session.vocabulary) }
    let (document, report) = try ControlC.stopping(session.surroundings.interrupt) {
      try Document.evaluating(script, source: source, in: session, overrides: try Scripts.overrides(set))
    }
    if report.isInterrupted {
      printer.remark(FreshCommand.interrupted(goesOn: report.goesOn))
      throw ExitCode(130)
    }
    if let failure = report.failure {
      printer.failure(failure, in: script.source, of: file)
      printer.remark("nothing was written")
      session.surroundings.finishFreshRun()
      throw ExitCode(1)
    }
    let differing = report.steps.count { $0.verdict == .differs }
    if differing > 0 { printer.remark(differing == 1 ? "1 output is not what was recorded; it is marked" : "\(differing) outputs are not what was recorded; they are marked") }
    if report.unreached > 0 { printer.remark("`quit` ends the script before its last \(counted(report.unreached, "statement"))") }
    return document
  }

  private var source: String { String(file.split(separator: "/").last ?? "") }

  private var usualName: String { (source.hasSuffix(".segue") ? String(source.dropLast(6)) : source) + ".html" }
}
