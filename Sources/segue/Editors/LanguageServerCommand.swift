import ArgumentParser
import Commands
import Console
import Glibc
import Language
import LanguageServer
import Workbench

struct LanguageServerCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lsp", abstract: "Serve an editor on standard input and output, by the language server protocol.",
    discussion: """
      Faults are shown while you type, as `segue check` finds them; with completion, help on commands, parameters and names, formatting as by
      `segue fmt`, and the way to the statement that gives a name. scripts/editors/vscode is an extension for VS Code. Nothing is trained or written.
      """)

  /// What editors add by habit.
  @Flag(name: .customLong("stdio"), help: .hidden) var isStandard = false

  func run() throws {
    let server = LanguageServer(DomainCommands.catalog, surroundings: { try Here.surroundings(in: $0) }, write: { StandardStreams.write($0) })
    let isDone = try server.serve {
      var part = [UInt8](repeating: 0, count: 65_536)
      while true {
        let count = Glibc.read(0, &part, part.count)
        if count < 0, errno == EINTR { continue }
        return Array(part[..<max(count, 0)])
      }
    }
    throw ExitCode(isDone ? 0 : 1)
  }
}

/// For scripts/editors: the grammar that is committed there is what this prints, which a test sees.
struct GrammarCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "grammar", abstract: "Print the TextMate grammar of scripts.", shouldDisplay: false)

  func run() throws { StandardStreams.write(TextMateGrammar(DomainCommands.catalog).text) }
}
