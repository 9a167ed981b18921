import ArgumentParser
import Commands
import Foundation

@main
enum Process {
  static func main() {
    do {
      var command = try Segue.parseAsRoot()
      try command.run()
    } catch where Segue.exitCode(for: error) == .validationFailure {
      // What is wrong with the words of the command line ends with 2, as shells do it.
      try? FileHandle.standardError.write(contentsOf: Data((Segue.fullMessage(for: error) + "\n").utf8))
      Segue.exit(withError: ExitCode(2))
    } catch {
      Segue.exit(withError: error)
    }
  }
}

struct Segue: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "segue",
    abstract: "A workbench for domain-adaptive real-time semantic segmentation.",
    discussion: "Without a subcommand: a prompt that goes on with this directory's last session. `help` there lists the commands.",
    version: "segue with \(DomainCommands.versions), instructions \(DomainCommands.instructionSet)",
    subcommands: [
      PromptCommand.self, RunCommand.self, ReplayCommand.self, StepCommand.self, ExportCommand.self, CheckCommand.self, FormatCommand.self,
      StoreTool.self, BenchmarkCommand.self,
    ],
    defaultSubcommand: PromptCommand.self)
}
