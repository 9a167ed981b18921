import ArgumentParser
import Glibc
import Language

/// The first word of the command line, where it is no subcommand.
enum Subcommands {
  private static var names: [String] { Segue.configuration.subcommands.filter { $0.configuration.shouldDisplay }.compactMap { $0.configuration.commandName } }

  /// `run FILE` for a script's name alone; an error with what was probably meant for a word that is neither.
  static func meant(by words: [String]) throws -> [String] {
    guard let first = words.first, !first.hasPrefix("-"), !names.contains(first), first != "help", first != "benchmark", first != "grammar" else { return words }
    var status = stat()
    let isFile = stat(first, &status) == 0 && status.st_mode & S_IFMT != S_IFDIR
    if isFile || first.hasSuffix(".segue") { return ["run"] + words }
    let nearest = nearest(first, in: names)
    throw ValidationError(
      "there is no subcommand and no script '\(first)'\(nearest.map { "; did you mean \($0)?" } ?? "; the subcommands are \(names.joined(separator: ", "))")")
  }
}
