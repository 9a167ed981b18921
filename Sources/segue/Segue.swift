import ArgumentParser

@main
struct Segue: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "segue", abstract: "A workbench for domain-adaptive semantic segmentation.")
}
