import ArgumentParser
import Commands
import Console
import FoundationEssentials
import Language
import Workbench

struct FormatCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fmt", abstract: "Print scripts in their canonical form.",
    discussion: """
      Single spaces, numbers at their shortest and in base units, arguments in their declared order, paths between quotes. Prose, comments
      and recorded outputs stay as they are. A script with words that cannot be understood is left alone. Exit codes: 0 good, 1 with --check
      where a script is not in canonical form, or where one cannot be understood.
      """)

  @ArgumentParser.Argument(help: "Session scripts, or - for standard input.", completion: .file(extensions: ["segue"])) var files: [String]
  @Flag(help: "Write the canonical form into the files.") var write = false
  @Flag(help: "Only name the files that are not in canonical form.") var check = false

  func validate() throws {
    if files.isEmpty { throw ValidationError("fmt needs a script") }
    if write, check { throw ValidationError("--write changes files and --check changes none; choose one") }
    if write, files.contains("-") { throw ValidationError("standard input cannot be written to") }
  }

  func run() throws {
    let printer = ScriptPrinter(.quiet, interrupt: Interrupt()), catalog = DomainCommands.catalog
    var isGood = true
    for file in files {
      let before = try ScriptFile(file)
      let script = try Scripts.read(file, catalog.vocabulary, printer)
      guard script.diagnostics.isEmpty else {
        for diagnostic in script.diagnostics { printer.failure(diagnostic, in: script.source, of: file) }
        isGood = false
        continue
      }
      let formatted = script.formatted(catalog), isCanonical = formatted == script.source.text
      if check {
        if !isCanonical { printer.line(file) }
        isGood = isGood && isCanonical
      } else if write {
        if !isCanonical { try before.write(formatted) }
      } else {
        printer.text(formatted)
      }
    }
    throw ExitCode(isGood ? 0 : 1)
  }
}
