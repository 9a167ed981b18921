import ArgumentParser
import Commands
import Console
import Language
import Rendering
import Storage
import Watching
import Workbench

struct WatchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "watch", abstract: "Show a script in a browser while you edit it, or a session while it is recorded.",
    discussion: """
      The script is evaluated each time it is saved, and the page that `export` writes follows: statements that did not change come from the store
      at once. Without a script the page follows the session that was last used at the prompt, with --session another one, and evaluates nothing.

      The page is served to this machine alone, at an address that nobody can guess. Ctrl-C ends it as it ends `run`: a training keeps how far it
      came. Exit codes: 1 the port is in use or there is no session, 2 the script cannot be read, 130 interrupted.
      """)

  @ArgumentParser.Argument(help: "A session script.", completion: .file(extensions: ["segue"])) var file: String?
  @Option(help: "Follow the session of this name, which another process may be recording.") var session: String?
  @Option(help: "The port that the page is served on; by default one that is free.") var port: Int = 0
  @Flag(help: "Allow files to be replaced that are not Segue's own.") var force = false

  func validate() throws {
    if file != nil, session != nil { throw ValidationError("a script is evaluated and --session follows a record; choose one") }
    if file == "-" { throw ValidationError("watch needs a file, which can be looked at again") }
    if !(0...65_535).contains(port) { throw ValidationError("--port takes a number from 1 to 65535") }
  }

  func run() throws {
    ControlC.install()
    let interrupt = Interrupt(), printer = ScriptPrinter(.quiet, interrupt: interrupt)
    let surroundings = try Here.surroundings(interrupt: interrupt, force: force)
    let catalog = DomainCommands.catalog
    // The record of a session is followed: evaluating it beside whoever records it would do its work twice.
    if let file, let name = FollowedSession.name(ofScript: file, in: surroundings) { return try follow(name, catalog, surroundings, printer) }
    guard let file else { return try follow(session, catalog, surroundings, printer) }
    _ = try Scripts.read(file, catalog.vocabulary, printer)
    DecodedStore.open(in: surroundings)
    surroundings.removeHalfWritten()
    let name = String(file.split(separator: "/").last ?? "")
    let board = try Board(source: name)
    let server = try PageServer(board, port: port)
    let watch = try ScriptWatch(absolute(file, from: surroundings.directory), name: name, atMost: Scripts.limit, catalog, surroundings, board) { news in
      switch news {
      case .event(let event): printer.show(event)
      case .fault(let fault, let source): printer.failure(fault, in: source, of: file)
      case .words(let words): printer.remark(words)
      }
    }
    greet(name, server, printer)
    if case .interrupted(let goesOn) = watch.run(stopping: { ControlC.stopping($0, $1) }) {
      printer.remark(FreshCommand.interrupted(goesOn: goesOn))
      throw ExitCode(130)
    }
  }

  private func follow(_ name: String?, _ catalog: Catalog, _ surroundings: Surroundings, _ printer: ScriptPrinter) throws {
    let session = try FollowedSession(name, catalog, surroundings)
    let board = try Board(source: session.name + ".segue")
    let server = try PageServer(board, port: port)
    let watch = try SessionWatch(session, catalog, surroundings, board)
    greet("session \(session.name)", server, printer)
    watch.run()
  }

  private func greet(_ what: String, _ server: PageServer, _ printer: ScriptPrinter) {
    printer.line(server.address)
    printer.remark("open this address in a browser to watch \(what); Ctrl-C ends it")
  }
}
