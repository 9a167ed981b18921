import FoundationEssentials
import Tensors

/// Does one piece of work for each request and says how long it took. Preparing and warming up are not counted.
///
/// Requests: `{"work":"train","batch":2,"height":512,"width":1024}`; the works are the keys of ``BenchmarkWork/all``, and `layers` and
/// `layers of the discriminator`, which answer with a table, and `curve`, which trains.
public final class BenchmarkWorker {
  private struct Answer: Encodable {
    var seconds: Double?
    var peak_mib: Int?
    /// What a plain implementation computes, 10^9 floating point operations, where that is known.
    var gflop: Double?
    var layers: [LayerBenchmark.Row]?
    var curve: [CurveBenchmark.Epoch]?
    var error: String?
  }

  private var prepared: [BenchmarkRequest: BenchmarkWork] = [:]
  public init() {}

  /// - Parameter line: a request as JSON.
  /// - Returns: `{"seconds":0.61,"peak_mib":900}`, or `{"error":"…"}`.
  public func answer(_ line: String) -> String {
    var answer = Answer()
    do {
      let request = try JSONDecoder().decode(BenchmarkRequest.self, from: Data(line.utf8))
      if let layers = LayerBenchmark(request) {
        answer.layers = layers.rows(rounds: 7)
      } else if request.work == "curve" {
        answer.curve = try CurveBenchmark.epochs(request)
      } else {
        let work = try prepared[request] ?? prepare(request)
        let start = ContinuousClock.now
        try work.run()
        answer.seconds = start.duration(to: .now) / .seconds(1)
        answer.gflop = work.gflop
      }
      answer.peak_mib = BenchmarkWorker.peakMemory
    } catch {
      answer.error = "\(error)"
    }
    return (try? JSONEncoder().encode(answer)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
  }

  private func prepare(_ request: BenchmarkRequest) throws -> BenchmarkWork {
    guard let kind = BenchmarkWork.all[request.work] else {
      throw BenchmarkError(description: "no work is named '\(request.work)'; there is \(BenchmarkWork.all.keys.sorted().joined(separator: ", "))")
    }
    let work = try kind(request)
    try work.run()
    try work.run()
    prepared[request] = work
    return work
  }

  /// The largest resident size of this process so far, MiB.
  private static var peakMemory: Int? {
    guard let status = FileManager.default.contents(atPath: "/proc/self/status") else { return nil }
    let line = String(decoding: status, as: UTF8.self).split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
    return line?.split(separator: " ").dropFirst().first.flatMap { Int($0) }.map { $0 / 1024 }
  }
}

struct BenchmarkError: Error, CustomStringConvertible { let description: String }
