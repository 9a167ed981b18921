import ArgumentParser
import Commands
import Console
import Glibc
import Language
import Rendering
import Workbench

struct SessionsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sessions", abstract: "List the sessions that were recorded in this directory, or remove some.",
    discussion: """
      A star marks the session that `segue` goes on with: the one last used at the prompt. `segue --session NAME` opens another one. Removing
      a session removes its record; files that it wrote and values in the store stay. Neither an open session nor the marked one is removed.
      """)

  @Option(name: .customLong("remove"), parsing: .upToNextOption, help: "Remove these sessions.") var removed: [String] = []
  @Option(help: "Remove the sessions that were not used for this many days.") var older: Int?

  func validate() throws {
    if let older, older < 0 { throw ValidationError("--older takes a number of days") }
    if older != nil, !removed.isEmpty { throw ValidationError("--remove names sessions and --older chooses them by age; choose one") }
  }

  func run() throws {
    let surroundings = try Here.surroundings(), printer = ScriptPrinter(.quiet, interrupt: Interrupt())
    let sessions = Session.list(in: surroundings, DomainCommands.catalog.vocabulary)
    let old = older.map { days in sessions.filter { !$0.isCurrent && !$0.isOpen && $0.seconds < Int64(time(nil)) - Int64(days) * 86_400 } } ?? []
    let going = removed.isEmpty ? old.map(\.name) : removed
    if older == nil, removed.isEmpty {
      if sessions.isEmpty { printer.line("no session was recorded here") }
      for session in sessions { show(session, printer) }
      return
    }
    try Session.remove(going, in: surroundings)
    for session in sessions where going.contains(session.name) { printer.line("removed \(session.name): \(SessionsCommand.words(session))") }
    if going.isEmpty { printer.line("no session that may be removed is older") }
  }

  private func show(_ session: SessionSummary, _ printer: ScriptPrinter) {
    let mark = session.isCurrent ? "*" : " ", open = session.isOpen ? ", open" : ""
    printer.line(StyledText("\(mark) ", .good) + StyledText(session.name, .strong) + StyledText("  \(SessionsCommand.words(session))\(open)", .dim))
    for line in session.firstLines {
      let words = StyledText("    " + line.split(whereSeparator: \.isNewline).joined(separator: " ").escapedForTerminal())
      printer.line(words.clipped(to: printer.columns))
    }
  }

  private static func words(_ session: SessionSummary) -> String { "\(moment(session.seconds)), \(session.kind.words), \(counted(session.statements, "statement"))" }

  /// `2026-11-30 06:15`, local time.
  private static func moment(_ seconds: Int64) -> String {
    var then = time_t(seconds), parts = tm()
    localtime_r(&then, &parts)
    var text = [CChar](repeating: 0, count: 32)
    let count = strftime(&text, text.count, "%Y-%m-%d %H:%M", &parts)
    return String(decoding: text[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
