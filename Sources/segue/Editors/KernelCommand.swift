import ArgumentParser
import Commands
import Console
import FoundationEssentials
import Language
import Notebooks
import Rendering
import Storage
import Workbench

struct KernelCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "kernel", abstract: "Serve Jupyter notebooks, or make Segue known to Jupyter (segue kernel install).",
    discussion: "Jupyter starts kernels by itself. It needs libzmq (Debian's package libzmq5).",
    subcommands: [KernelServeCommand.self, KernelInstallCommand.self], defaultSubcommand: KernelServeCommand.self)
}

struct KernelServeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve", abstract: "Serve the front end that wrote a connection file (the default).",
    discussion: """
      Every kernel begins a session, named by its notebook; `segue sessions` lists it, and `segue --session NAME` goes on with it at the prompt.
      With --continue the kernel goes on with the session that was last used at the prompt, with --session with another one.
      """)

  @ArgumentParser.Argument(help: "The connection file.") var file: String
  @Flag(name: .customLong("continue"), help: "Go on with the session that was last used at the prompt in the notebook's directory.") var goesOn = false
  @Option(help: "Go on with the session of this name.") var session: String?
  @Flag(help: "Allow files to be replaced that are not Segue's own.") var force = false

  func validate() throws {
    if goesOn, session != nil { throw ValidationError("--continue goes on with the prompt's session and --session with another one; choose one") }
  }

  func run() throws {
    ControlC.install()
    let interrupt = Interrupt()
    let connection = try ConnectionFile(path: absolute(file, from: try Here.directory()))
    let surroundings = try Here.surroundings(interrupt: interrupt, force: force)
    let service = try KernelService(connection, interrupt: interrupt) { StandardStreams.writeError("segue kernel: \($0.escapedForTerminal())\n") }
    DecodedStore.open(in: surroundings)
    try service.serve { sink in
      let (session, opening) = try Session.open(DomainCommands.catalog, surroundings, choice, sink: sink)
      if case .named = choice, opening.openElsewhere == nil { try session.becomeCurrent() }
      return (session, opening)
    }
  }

  private var choice: Session.Choice {
    if let session { return .named(session) }
    if goesOn { return .last }
    return .new(notebook.map { .notebook(named: $0) } ?? .notebook(nil))
  }

  /// The name of the notebook's file, where the front end says it.
  private var notebook: String? {
    guard let path = ProcessInfo.processInfo.environment["JPY_SESSION_NAME"], let last = path.split(separator: "/").last, last.hasSuffix(".ipynb") else { return nil }
    return String(last.dropLast(6))
  }
}

struct KernelInstallCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "install", abstract: "Make Segue known to Jupyter.",
    discussion: """
      Writes two kernels: "Segue", of which every one begins a session, and "Segue (the prompt's session)", which goes on with the session that
      was last used at the prompt in the notebook's directory. They name this program by its path: install again where it moves.
      """)

  @Flag(help: "For you alone, in your Jupyter data directory; otherwise for everybody, below /usr/local.") var user = false
  @Option(help: "Below this directory, such as that of a virtual environment of Python.", completion: .directory) var prefix: String?

  func validate() throws { if user, prefix != nil { throw ValidationError("--user and --prefix name different places; choose one") } }

  func run() throws {
    let files = LocalFileSystem(), printer = ScriptPrinter(.quiet, interrupt: Interrupt())
    let place = try folder()
    do throws(FileError) {
      for path in try KernelSpec.install(in: place, program: files.resolved("/proc/self/exe"), files) { printer.line("wrote \(path)") }
    } catch {
      throw Diagnostic("\(error)", remedy: user || prefix != nil ? nil : "--user installs for you alone")
    }
  }

  private func folder() throws -> String {
    if let prefix { return absolute(prefix, from: try Here.directory()) + "/share/jupyter/kernels" }
    if !user { return "/usr/local/share/jupyter/kernels" }
    let environment = ProcessInfo.processInfo.environment
    if let data = environment["JUPYTER_DATA_DIR"], !data.isEmpty { return absolute(data, from: try Here.directory()) + "/kernels" }
    if let data = environment["XDG_DATA_HOME"], data.hasPrefix("/") { return data + "/jupyter/kernels" }
    guard let home = personalFolder else { throw ValidationError("HOME names no directory; --prefix names another place") }
    return home + "/.local/share/jupyter/kernels"
  }
}
