import ArgumentParser
import Commands
import Console
import FoundationEssentials
import Language
import Workbench

struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "run", abstract: "Run a script and print its transcript; stop at the first failure.")

  @ArgumentParser.Argument(help: "A session script, or - for standard input.") var file: String
  @Flag(help: "One event a line, as JSON.") var json = false
  @Flag(help: "Ignore what the store has kept.") var fresh = false
  @Flag(help: "Allow files to be replaced that are not Segue's own.") var force = false

  func run() throws {
    ControlC.install()
    let interrupt = Interrupt(), printer = ScriptPrinter(json ? .json : .transcript, interrupt: interrupt)
    let surroundings = try Surroundings(
      directory: FileManager.default.currentDirectoryPath, interrupt: interrupt, force: force, fresh: fresh)
    let (session, _) = try Session.open(DomainCommands.catalog, surroundings, new: true) { printer.show($0) }
    let script = try Scripts.read(file, session.vocabulary, printer)
    for item in script.items {
      let outcome = ControlC.stopping(interrupt) { session.evaluate(item, of: script) }
      switch outcome {
      case .done:
        if !json, case .prose = item.content { printer.line(item.text(in: script.source)) }
        if !json, case .heading = item.content { printer.line(item.text(in: script.source)) }
      case .quit: return
      case .interrupted: throw ExitCode(130)
      case .failed(let diagnostic):
        if !json { printer.failure(diagnostic, in: script.source.text) }
        throw ExitCode(1)
      }
    }
  }
}

/// Scripts from files and pipes.
enum Scripts {
  static func read(_ file: String, _ vocabulary: Vocabulary, _ printer: ScriptPrinter) throws -> Script {
    do {
      return try Script(bytes: bytes(file), vocabulary)
    } catch let diagnostic as Diagnostic {
      printer.failure(diagnostic, in: nil)
      throw ExitCode(2)
    }
  }

  private static func bytes(_ file: String) throws -> [UInt8] {
    if file == "-" {
      var bytes: [UInt8] = []
      while let line = readLine(strippingNewline: false) { bytes += Array(line.utf8) }
      return bytes
    }
    guard let data = FileManager.default.contents(atPath: file) else { throw ValidationError("there is no file '\(file)'") }
    return Array(data)
  }
}
