import ArgumentParser
import Commands
import Console
import FoundationEssentials
import Language
import Rendering
import Storage
import Workbench

struct StepCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "step", abstract: "Walk through a lesson, statement by statement; without a lesson, list them.",
    discussion: """
      Enter runs a statement, e changes it first, ? explains it, s skips it, q leaves. What you do is recorded in a session of the lesson's own;
      the same command goes on where you stopped, and --new begins the lesson again.
      """)

  @ArgumentParser.Argument(help: "A lesson's number, such as 3, or a session file.", completion: .file(extensions: ["segue"])) var lesson: String?
  @Option(name: .customLong("set"), help: "Another value for a literal binding of the lesson, as NAME=VALUE; may be given several times.") var set: [String] = []
  @Flag(help: "Begin the lesson again instead of going on where you stopped.") var new = false
  @Flag(help: "Allow files to be replaced that are not Segue's own.") var force = false

  func run() throws {
    let files = LocalFileSystem()
    let directory = try Here.directory()
    let lessons = Lesson.all(near: [directory, files.resolved(CommandLine.arguments[0]), files.resolved("/proc/self/exe")], files)
    guard let words = lesson else {
      if lessons.isEmpty { throw ValidationError("no lessons were found; name a session file") }
      let printer = ScriptPrinter(.quiet, interrupt: Interrupt())
      for lesson in lessons { printer.line("\(lesson.name.prefix { $0.isNumber })  \(lesson.title(files))") }
      return
    }
    let found: Lesson
    do { found = try Lesson.meant(by: words, among: lessons, in: directory, files) } catch { throw ValidationError("\(error)") }
    try walk(found, files)
  }

  private func walk(_ lesson: Lesson, _ files: LocalFileSystem) throws {
    let terminal = try Here.terminal(orElse: "walking needs a terminal; `segue run \(lesson.path)` prints the whole lesson")
    ControlC.install()
    let interrupt = Interrupt()
    let surroundings = try Here.surroundings(interrupt: interrupt, force: force)
    DecodedStore.open(in: surroundings)
    let printer = EventPrinter(terminal: terminal, interrupt: interrupt), vocabulary = DomainCommands.catalog.vocabulary
    let script = try Scripts.read(lesson.path, vocabulary, ScriptPrinter(.quiet, interrupt: interrupt))
    let shown = try Scripts.setting(set, in: script, vocabulary)
    let stopped = new ? nil : Session.unfinished(lesson: lesson.name, script, in: surroundings)
    let choice = stopped.map { Session.Choice.named($0.session) } ?? .new(.walk(lesson.name))
    let (session, opening) = try Session.open(DomainCommands.catalog, surroundings, choice) { printer.show($0) }
    // Somebody may have opened it meanwhile.
    let done = opening.isContinued ? stopped?.place.statements ?? 0 : 0
    printer.say(StyledText(
      done > 0 ? "The lesson goes on where you stopped, in your session \(opening.name); --new begins it again." : "Your session is \(opening.name).", .dim))
    let walk = LessonWalk(shown, in: session, terminal: terminal, printer: printer, after: done) { session.keep(place: LessonPlace($0, of: script)) }
    guard walk.run() == .finished else {
      printer.say(StyledText("`segue step \(self.lesson ?? lesson.name)` goes on where you are.", .dim))
      return
    }
    session.keep(place: nil)
    printer.say(StyledText("The lesson is over; its names are yours. Try its exercises here; Ctrl-D leaves.", .dim))
    Prompt(session: session, terminal: terminal, printer: printer, history: HistoryFile(path: surroundings.directory + "/.segue/history")).run()
  }
}
