import ArgumentParser
import Commands
import Console
import Language
import Workbench

/// The file that `--result` names.
struct Results {
  let file: String

  /// What it must be called.
  static func validate(_ file: String?) throws {
    if let file, !file.hasSuffix(".json") { throw ValidationError("--result writes JSON: end '\(file)' in .json") }
  }

  /// Hours of work must not end at a name that cannot be written to.
  func check(_ surroundings: Surroundings) throws {
    let session = Session(DomainCommands.catalog, surroundings)
    try session.checkWritable(session.location(file))
  }

  /// - Throws: `ExitCode` after it has said why nothing was written.
  func write(_ session: Session, of script: String, settings: [String: String], _ printer: ScriptPrinter) throws {
    do {
      try session.write(session.results(of: script, settings: settings).bytes(), to: session.location(file))
    } catch let diagnostic as Diagnostic {
      printer.failure(diagnostic, in: nil)
      throw ExitCode(1)
    }
    printer.remark("written: \(file)")
  }
}
