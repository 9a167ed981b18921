import ArgumentParser
import Console
import Language
import Rendering
import Storage
import Workbench

struct ImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "Write a Jupyter notebook of statements as a session script.",
    discussion: """
      Markdown cells become prose, code cells statements with their outputs. A script that was exported with --to NAME.ipynb comes back as it
      was. Nothing is evaluated; `segue check` and `segue replay` do that. Exit codes: 0 written, 1 this cannot be read or written.
      """)

  @ArgumentParser.Argument(help: "A Jupyter notebook.", completion: .file(extensions: ["ipynb"])) var file: String
  @Option(help: "The script; by default the notebook's name with .segue, in this directory.", completion: .file(extensions: ["segue"])) var to: String?
  @Flag(help: "Allow a file to be replaced.") var force = false

  /// A notebook holds pictures.
  private static let limit = 256 << 20

  func run() throws {
    let printer = ScriptPrinter(.quiet, interrupt: Interrupt())
    let notebook = try ScriptFile(file, atMost: ImportCommand.limit)
    guard let bytes = notebook.bytes else { throw ValidationError(notebook.unread.map { "\(file) was not read: \($0.description)" } ?? "there is no file '\(file)'") }
    do {
      let read = try Notebook(bytes), name = to ?? usualName, script = try ScriptFile(name)
      if script.bytes != nil, !force { throw Diagnostic("'\(name)' is there already", remedy: "write --to=ANOTHER.segue, or --force to replace it") }
      try script.write(read.script)
      for remark in read.remarks { printer.remark(remark) }
      printer.line("written: \(name)")
    } catch let diagnostic as Diagnostic {
      printer.failure(diagnostic, in: nil)
      throw ExitCode(1)
    }
  }

  private var usualName: String {
    let name = String(file.split(separator: "/").last ?? "")
    return (name.hasSuffix(".ipynb") ? String(name.dropLast(6)) : name) + ".segue"
  }
}
