import Foundation
import Tensors
import Testing

/// How long each op takes, from the cases that its tests run: for people, not for CI. Nothing is checked.
///
///     SEGUE_BENCHMARK=1 scripts/test --filter OpBenchmark
@Suite(.serialized, .enabled(if: ProcessInfo.processInfo.environment["SEGUE_BENCHMARK"] != nil, "set SEGUE_BENCHMARK=1 to time ops"))
struct OpBenchmark {
  @Test(arguments: OpCase.all.map { $0.enlarged(by: 16) }) func time(_ testCase: OpCase) {
    let bench = OpTests.Bench(testCase), plan = bench.plan
    let forward = fastest { plan.forward(bench.parameters) }
    // Backward may use the memory of what forward made, so each round has its own.
    let backward = fastest({
      plan.forward(bench.parameters)
      plan.gradient(bench.node).set(bench.arriving)
    }) { plan.backward(bench.parameters, from: [bench.node]) }
    let sizes = testCase.inputs.map(\.description).joined(separator: ", ")
    print("| \(testCase.name) | \(sizes) | \(microseconds(forward)) | \(microseconds(backward)) |")
  }

  /// The shortest of many rounds: what the op takes where nothing else disturbs it.
  private func fastest(_ prepare: () -> Void = {}, _ work: () -> Void) -> Duration {
    let clock = ContinuousClock()
    let rounds = (0..<21).map { _ in
      prepare()
      return clock.measure(work)
    }
    return rounds.dropFirst().min() ?? .zero
  }

  private func microseconds(_ duration: Duration) -> String { "\(Int(duration / .microseconds(1))) us" }
}
