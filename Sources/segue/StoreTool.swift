import ArgumentParser
import Commands
import Console
import FoundationEssentials
import Language
import Workbench

/// What `store` does at the prompt, for people who tidy up by a shell script: a session script may list what is kept, and not remove it.
struct StoreTool: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "store", abstract: "List the values that are kept in this directory, or remove those that no running session uses.")

  @Flag(help: "Remove values that no running session uses, and decoded pictures.") var trim = false
  @Option(help: "When trimming, remove only until this much is left, in MB.") var to: Double?
  @Option(help: "When trimming, remove only what was not used for so many days.") var older: Double?
  @Flag(help: "Remove unfinished work; its statements then start from the beginning.") var unfinished = false

  func validate() throws { if !trim, to != nil || older != nil { throw ValidationError("--to and --older say what --trim removes") } }

  func run() throws {
    let printer = ScriptPrinter(.quiet, interrupt: Interrupt())
    let surroundings = try Here.surroundings()
    surroundings.removeHalfWritten()
    let session = Session(DomainCommands.catalog, surroundings)
    var words = ["store"]
    if trim { words.append("trim=yes") }
    if let to { words.append("to=\(Literal.spelled(to))") }
    if let older { words.append("older=\(Literal.spelled(older))") }
    if unfinished { words.append("unfinished=yes") }
    let evaluation = session.evaluate(words.joined(separator: " "))
    if let diagnostic = evaluation.diagnostic {
      printer.failure(diagnostic, in: nil)
      throw ExitCode(1)
    }
    for line in TranscriptLayout.lines(evaluation.display) { printer.line(line.text) }
  }
}
