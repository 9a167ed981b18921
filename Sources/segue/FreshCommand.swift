import Commands
import Console
import Storage
import Workbench

/// What commands with --fresh have in common, and what is said where one is interrupted.
enum FreshCommand {
  /// What tells this command from others: its words, the program and the instructions it computes with. Only the same command goes on
  /// from what an interrupted one left.
  static var key: String {
    let files = LocalFileSystem(), program = files.info(files.resolved("/proc/self/exe"))
    let identity = program.map { "\($0.size) \($0.changed) \($0.inode)" } ?? "unknown"
    return ([identity, DomainCommands.instructionSet] + CommandLine.arguments.dropFirst()).map { "\($0.utf8.count):\($0)" }.joined()
  }

  /// Says where a fresh run goes on with what the same command computed before it was interrupted.
  static func tell(_ surroundings: Surroundings, _ printer: ScriptPrinter) {
    let count = surroundings.resumedFreshValues
    if count > 0 { printer.remark("this command was interrupted before: \(count) \(count == 1 ? "value that it has" : "values that it has") computed since are used") }
  }

  static func interrupted(goesOn: Bool) -> String {
    goesOn
      ? "interrupted; the same command goes on from the step at which it stopped"
      : "interrupted; the same command uses what was kept so far, and starts a statement that was not done at its beginning"
  }
}
