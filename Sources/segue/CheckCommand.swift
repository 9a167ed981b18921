import ArgumentParser
import Commands
import Console
import FoundationEssentials
import Language
import Rendering
import Workbench

struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Say what is wrong with scripts, without running them.",
    discussion: """
      Words, names, kinds, ranges, files, memory and disk space are checked as far as possible without doing any work: datasets are looked
      at, nothing is trained or written. Exit codes: 0 nothing is wrong, 1 something is.
      """)

  @ArgumentParser.Argument(help: "Session scripts, or - for standard input.", completion: .file(extensions: ["segue"])) var files: [String]
  @Option(name: .customLong("set"), help: "Another value for a literal binding of the scripts, as NAME=VALUE; may be given several times.") var set: [String] = []
  @Flag(help: "One fault a line, as JSON; and for each script without any, what it reads and writes, and the time and memory it takes.") var json = false
  @Flag(help: "Allow files to be replaced that are not Segue's own, as the other commands do.") var force = false

  func validate() throws { if files.isEmpty { throw ValidationError("check needs a script") } }

  func run() throws {
    let printer = ScriptPrinter(.quiet, interrupt: Interrupt())
    let surroundings = try Here.surroundings(force: force)
    var faults = 0
    for file in files {
      let vocabulary = DomainCommands.catalog.vocabulary
      let script = try Scripts.setting(set, in: Scripts.read(file, vocabulary, printer), vocabulary)
      let found = (Session.check(script, DomainCommands.catalog, surroundings) + script.unseenCharacters).sorted { $0.range?.start ?? 0 < $1.range?.start ?? 0 }
      faults += found.count
      for diagnostic in found { printer.fault(diagnostic, in: script.source, of: file, json: json) }
      guard found.isEmpty else { continue }
      let forecast = Session.forecast(script, DomainCommands.catalog, surroundings)
      if json {
        printer.line(JSONRenderer().line(forecast, file: file))
        continue
      }
      let statements = script.items.count { if case .statement = $0.content { true } else { false } }
      printer.line("\(file): nothing is wrong with its \(counted(statements, "statement"))\(forecast.words.map { "; together they take \($0)" } ?? "")")
    }
    throw ExitCode(faults == 0 ? 0 : 1)
  }
}
