import ArgumentParser
import Commands
import Console
import FoundationEssentials
import Language
import Rendering
import Storage
import Workbench

struct CollectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "collect", abstract: "Put the results of many runs into one table: mean, interval and range over their seeds.",
    discussion: """
      The files are those that `segue run --result` wrote. Runs that differ by one setting alone, which --over names, are repetitions; those that
      differ by others stand in lines of their own, in the order of the files, and are compared with the first.

        for s in 1 2 3; do segue run study.segue --set s=$s --result results/$s.json; done
        segue collect results/*.json --over s
      """)

  @ArgumentParser.Argument(help: "Files of results.", completion: .file(extensions: ["json"])) var files: [String]
  @Option(help: "The setting that tells repetitions apart.") var over = "seed"
  @Option(help: "The name of the table; needed where the runs have several.") var table: String?
  @Option(help: "The row that is shown; by default the mean IoU.") var row: String?
  @Option(name: .customLong("to"), help: "Also write every number of the table to this file, as comma-separated values.") var file: String?
  @Flag(help: "Allow a file to be replaced that is not Segue's own.") var force = false

  func validate() throws { if files.isEmpty { throw ValidationError("collect needs files of results") } }

  func run() throws {
    let printer = ScriptPrinter(.quiet, interrupt: Interrupt()), disk = LocalFileSystem(), directory = try Here.directory()
    let results = try files.map { name in
      do throws(FileError) {
        return (name, try disk.read(absolute(name, from: directory), atMost: FileLimit.record))
      } catch {
        throw Diagnostic("cannot read \(name): \(error.reason)")
      }
    }.map { (name: $0.0, file: try ResultFile(bytes: $0.1, name: $0.0)) }
    let collected = try CollectedResults(results, table: table, row: row, over: over)
    for line in TextRenderer(columns: printer.columns).lines(collected.display) { printer.line(line) }
    guard let file else { return }
    let session = Session(DomainCommands.catalog, try Here.surroundings(force: force))
    try session.write(Array(collected.commaSeparated.utf8), to: session.location(file))
    printer.remark("written: \(file)")
  }
}
