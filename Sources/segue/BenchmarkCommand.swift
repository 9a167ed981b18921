import ArgumentParser
import Benchmarks
import Console

/// For `scripts/bench`: does pieces of work on request, one JSON line in, one out.
struct BenchmarkCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "benchmark", abstract: "Time pieces of work, as scripts/bench asks.", shouldDisplay: false)

  func run() throws {
    let worker = BenchmarkWorker()
    while let line = readLine() { StandardStreams.write(worker.answer(line) + "\n") }
  }
}
