import ArgumentParser
import Commands
import Console
import FoundationEssentials
import Language
import Rendering
import Workbench

struct PromptCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "prompt", abstract: "Type statements (the default).")

  @Flag(help: "Begin a new session instead of going on with the last one.") var new = false
  @Option(help: "Go on with the session of this name; `segue sessions` lists them.") var session: String?
  @Flag(help: "Allow files to be replaced that are not Segue's own.") var force = false

  func validate() throws {
    if new, session != nil { throw ValidationError("--new begins a session and --session goes on with one; choose one") }
  }

  func run() throws {
    let environment = ProcessInfo.processInfo.environment
    let terminal = try Here.terminal(orElse: "the prompt needs a terminal; `segue run -` reads statements from a pipe")
    ControlC.install()
    let interrupt = Interrupt()
    let surroundings = try Here.surroundings(interrupt: interrupt, force: force)
    DecodedStore.open(in: surroundings)
    let printer = EventPrinter(terminal: terminal, interrupt: interrupt)
    let choice = session.map { Session.Choice.named($0) } ?? (new ? .new(.prompt) : .last)
    let (session, opening) = try Session.open(DomainCommands.catalog, surroundings, choice) { printer.show($0) }
    if case .named = choice, opening.openElsewhere == nil { try session.becomeCurrent() }
    printer.say(StyledText(greeting(opening), .dim))
    let history = HistoryFile(path: surroundings.directory + "/.segue/history")
    Prompt(
      session: session, terminal: terminal, printer: printer, history: history, unfinished: opening.unfinished,
      editor: { try ExternalEditor.edit($0, environment: environment) }
    ).run()
  }

  private func greeting(_ opening: Session.Opening) -> String {
    var words = "Segue \(Release.number). `help` lists the commands; Tab completes; Ctrl-D leaves."
    if opening.isContinued, opening.names > 0 {
      words += "\nSession \(opening.name) goes on: `vars` lists its \(counted(opening.names, "name")); --new begins afresh."
    }
    if let other = opening.openElsewhere { words += "\nSession \(other) is open elsewhere; this is a new one, \(opening.name)." }
    if let statement = opening.unfinished { words += "\nWas still running when Segue ended; press Up, then Enter, and it continues: \(statement)" }
    for change in opening.changes { words += "\nAnother version of Segue recorded this: \(change). `refresh` recomputes it." }
    for remark in opening.remarks { words += "\n" + remark }
    return words
  }
}
