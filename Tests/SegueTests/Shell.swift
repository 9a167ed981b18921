import Foundation

/// The built program, run by a shell in a directory of its own, which is gone afterwards.
final class Shell {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.path + "/segue-process-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }
  deinit { try? FileManager.default.removeItem(atPath: path) }

  struct Ended {
    var code: Int32
    var output: String
    var errors: String
  }

  /// The program beside this test's own.
  static let program: String = {
    let folder = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent().path
    let candidates = [folder, URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent().path] + Bundle.allBundles.map { $0.bundleURL.deletingLastPathComponent().path }
    return candidates.map { $0 + "/segue" }.first { FileManager.default.isExecutableFile(atPath: $0) } ?? "segue"
  }()

  func write(_ text: String, _ name: String) throws { try Data(text.utf8).write(to: URL(fileURLWithPath: path + "/" + name)) }

  /// Runs a line of bash, in which `segue` is the program, and `$program` its path. A process that hangs is killed, which is code 137.
  func run(_ line: String) throws -> Ended {
    let process = Process(), output = path + "/.stdout", errors = path + "/.stderr"
    process.executableURL = URL(fileURLWithPath: "/bin/bash")
    process.arguments = ["-c", "program=\"\(Shell.program)\"; segue() { timeout -s KILL 60 \"\(Shell.program)\" \"$@\"; }; cd \"\(path)\" || exit 99; { \(line)\n}"]
    for file in [output, errors] { _ = FileManager.default.createFile(atPath: file, contents: nil) }
    process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: output))
    process.standardError = try FileHandle(forWritingTo: URL(fileURLWithPath: errors))
    process.standardInput = FileHandle.nullDevice
    process.environment = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("SEGUE_") }
    try process.run()
    process.waitUntilExit()
    func text(_ file: String) -> String { String(decoding: FileManager.default.contents(atPath: file) ?? Data(), as: UTF8.self) }
    return Ended(code: process.terminationReason == .exit ? process.terminationStatus : 128 + process.terminationStatus, output: text(output), errors: text(errors))
  }
}
