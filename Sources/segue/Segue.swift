import ArgumentParser

@main
struct Segue: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "segue",
    abstract: "A workbench for domain-adaptive real-time semantic segmentation.",
    discussion: "Without a subcommand: a prompt that goes on with this directory's last session. `help` there lists the commands.",
    subcommands: [PromptCommand.self, RunCommand.self, ReplayCommand.self, BenchmarkCommand.self],
    defaultSubcommand: PromptCommand.self)
}
