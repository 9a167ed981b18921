import ArgumentParser
import Cluster
import Commands
import Console
import Language
import Workbench

@main
enum Process {
  static func main() {
    StandardStreams.open()
    do {
      let words = try Here.arguments()
      var command = try Segue.parseAsRoot(Subcommands.meant(by: words))
      if !(command is RunCommand || command is ReplayCommand) { try Here.refuseCluster() }
      try command.run()
      Cluster.leave(0)
      StandardStreams.end(0)
    } catch let error as Diagnostic {
      ScriptPrinter(.quiet, interrupt: Interrupt()).failure(error, in: nil)
      Cluster.leave(1)
      StandardStreams.end(1)
    } catch {
      end(error)
    }
  }

  /// Help and versions go to standard output; what is wrong with the words of the command line ends with 2, as shells do it.
  private static func end(_ error: any Error) -> Never {
    let code = Segue.exitCode(for: error), words = Segue.fullMessage(for: error)
    if !words.isEmpty {
      // A completion script is a program for the shell: it stays as it is.
      if code == .success { StandardStreams.write(completingFiles(words) + "\n") } else { StandardStreams.writeError(words.escapedForTerminal(keepingNewlines: true) + "\n") }
    }
    let status = code == .validationFailure ? 2 : code.rawValue
    Cluster.leave(status)
    StandardStreams.end(status)
  }
}

extension Process {
  /// A completion script for bash with files wherever it has nothing of its own to offer: `segue FILE.segue` runs one.
  private static func completingFiles(_ words: String) -> String {
    words.replacing("complete -o filenames -F _segue segue", with: "complete -o filenames -o default -F _segue segue")
  }
}

struct Segue: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "segue",
    abstract: "A workbench for domain-adaptive real-time semantic segmentation.",
    discussion: """
      Without a subcommand: a prompt that goes on with the session that was last used at the prompt in this directory; `help` there lists the
      commands. `segue FILE.segue` runs a script.

      SEGUE_STORE names a folder for the values, which several directories and machines may share; sessions stay in the directory's .segue.
      SEGUE_THREADS, SEGUE_CPU and SEGUE_IMAGES choose the number of threads, the instruction set and how pictures are shown.
      """,
    version: "segue \(Release.number) (\(DomainCommands.versions); instructions \(DomainCommands.instructionSet))",
    subcommands: [
      PromptCommand.self, RunCommand.self, ReplayCommand.self, StepCommand.self, WatchCommand.self, ExportCommand.self, ImportCommand.self, CheckCommand.self, FormatCommand.self,
      InferCommand.self, CollectCommand.self, StoreTool.self, SessionsCommand.self, KernelCommand.self, LanguageServerCommand.self, GrammarCommand.self, BenchmarkCommand.self,
    ],
    defaultSubcommand: PromptCommand.self)
}
