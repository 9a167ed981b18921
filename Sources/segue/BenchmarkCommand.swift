import ArgumentParser
import Commands
import Foundation

/// For `scripts/bench`: does pieces of work on request, one JSON line in, one out.
struct BenchmarkCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "benchmark", abstract: "Time pieces of work, as scripts/bench asks.", shouldDisplay: false)

  func run() throws {
    let worker = BenchmarkWorker()
    while let line = readLine() { FileHandle.standardOutput.write(Data((worker.answer(line) + "\n").utf8)) }
  }
}
