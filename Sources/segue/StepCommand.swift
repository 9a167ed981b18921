import ArgumentParser
import Commands
import Console
import FoundationEssentials
import Imaging
import Language
import Rendering
import Workbench

struct StepCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "step", abstract: "Walk through a lesson, statement by statement; without a lesson, list them.",
    discussion: "Enter runs a statement, e changes it first, ? explains it, q leaves. What you do is recorded in a session of your own, which `segue` goes on with.")

  @ArgumentParser.Argument(help: "A lesson's number, such as 3, or a session file.") var lesson: String?
  @Flag(help: "Allow files to be replaced that are not Segue's own.") var force = false

  func run() throws {
    let files = LocalFileSystem()
    let directory = FileManager.default.currentDirectoryPath
    let lessons = Lesson.all(near: [directory, files.resolved(CommandLine.arguments[0]), files.resolved("/proc/self/exe")], files)
    guard let words = lesson else {
      if lessons.isEmpty { throw ValidationError("no lessons were found; name a session file") }
      for lesson in lessons { print("\(lesson.name.prefix { $0.isNumber })  \(lesson.title(files))") }
      return
    }
    let found: Lesson
    do { found = try Lesson.meant(by: words, among: lessons, in: directory, files) } catch { throw ValidationError("\(error)") }
    try walk(found, files, directory)
  }

  private func walk(_ lesson: Lesson, _ files: LocalFileSystem, _ directory: String) throws {
    guard let terminal = EditingTerminal(environment: ProcessInfo.processInfo.environment, png: { PNG.encode($0) }) else {
      throw ValidationError("walking needs a terminal; `segue run \(lesson.path)` prints the whole lesson")
    }
    ControlC.install()
    let interrupt = Interrupt()
    let surroundings = try Surroundings(directory: directory, interrupt: interrupt, force: force, instructionSet: DomainCommands.instructionSet)
    let printer = EventPrinter(terminal: terminal, interrupt: interrupt)
    let (session, opening) = try Session.open(DomainCommands.catalog, surroundings, new: true) { printer.show($0) }
    let script = try Script(bytes: files.read(lesson.path), session.vocabulary)
    printer.say(StyledText("Your session is \(opening.script).", .dim))
    guard LessonWalk(script, in: session, terminal: terminal, printer: printer).run() == .finished else {
      printer.say(StyledText("`segue` goes on where you are.", .dim))
      return
    }
    printer.say(StyledText("The lesson is over; its names are yours. Try its exercises here; Ctrl-D leaves.", .dim))
    Prompt(session: session, terminal: terminal, printer: printer, history: HistoryFile(path: surroundings.directory + "/.segue/history")).run()
  }
}
