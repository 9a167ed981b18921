import ArgumentParser
import Commands
import Console
import FoundationEssentials
import Imaging
import Rendering
import Workbench

struct PromptCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "prompt", abstract: "Type statements (the default).")

  @Flag(help: "Begin a new session instead of going on with the last one.") var new = false
  @Flag(help: "Allow files to be replaced that are not Segue's own.") var force = false

  func run() throws {
    let environment = ProcessInfo.processInfo.environment
    guard let terminal = EditingTerminal(environment: environment, png: { PNG.encode($0) }) else {
      throw ValidationError("the prompt needs a terminal; `segue run -` reads statements from a pipe")
    }
    ControlC.install()
    let interrupt = Interrupt()
    let surroundings = try Surroundings(directory: FileManager.default.currentDirectoryPath, interrupt: interrupt, force: force, instructionSet: DomainCommands.instructionSet)
    DecodedStore.open(in: surroundings)
    let printer = EventPrinter(terminal: terminal, interrupt: interrupt)
    let (session, opening) = try Session.open(DomainCommands.catalog, surroundings, new: new) { printer.show($0) }
    printer.say(StyledText(greeting(opening), .dim))
    let history = HistoryFile(path: surroundings.directory + "/.segue/history")
    Prompt(
      session: session, terminal: terminal, printer: printer, history: history, unfinished: opening.unfinished,
      editor: { try ExternalEditor.edit($0, environment: environment) }
    ).run()
  }

  private func greeting(_ opening: Session.Opening) -> String {
    var words = "Segue. `help` lists the commands; Tab completes; Ctrl-D leaves."
    if opening.isContinued, opening.names > 0 { words += "\nThe last session goes on: `vars` lists its \(opening.names) names; --new begins afresh." }
    if opening.isOpenElsewhere { words += "\nThe last session is open elsewhere; this is a new one." }
    if let statement = opening.unfinished { words += "\nWas running when Segue ended; Up brings it back and it goes on: \(statement)" }
    for change in opening.changes { words += "\nAnother version of Segue recorded this: \(change). `refresh` makes it anew." }
    if opening.damaged > 0 { words += "\n\(opening.damaged) lines of the session's journal could not be read and were passed over." }
    return words
  }
}
