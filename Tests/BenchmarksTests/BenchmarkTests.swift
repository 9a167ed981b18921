import Benchmarks
import Foundation
import Testing

/// Every piece of work that `scripts/bench` can ask for is done, at small sizes; nothing here looks at how long it takes.
@Suite struct BenchmarkTests {
  private static let folder = FileManager.default.temporaryDirectory.appending(path: "segue-benchmarks-\(ProcessInfo.processInfo.processIdentifier)").path()

  private func answer(_ request: String) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(BenchmarkWorker().answer(request).utf8)) as? [String: Any])
  }

  @Test(arguments: [
    #"{"work":"peak","height":1,"width":1}"#,
    #"{"work":"train","batch":2,"height":32,"width":64}"#,
    #"{"work":"train","batch":2,"height":32,"width":64,"algorithm":"direct"}"#,
    #"{"work":"train","batch":2,"height":32,"width":64,"precision":"bf16"}"#,
    #"{"work":"adversarial","batch":2,"height":32,"width":64}"#,
    #"{"work":"infer","height":32,"width":64}"#,
    #"{"work":"fda","height":32,"width":64,"beta":0.1}"#,
    #"{"work":"confusion","height":32,"width":64}"#,
    #"{"work":"decode","height":32,"width":64,"folder":"FOLDER"}"#,
    #"{"work":"train on files","batch":2,"height":64,"width":128,"folder":"FOLDER"}"#,
  ]) func isTimed(_ request: String) throws {
    let own = Self.folder + "-\(abs(request.hashValue))"
    defer { try? FileManager.default.removeItem(atPath: own) }
    let answer = try answer(request.replacing("FOLDER", with: own))
    #expect(answer["error"] == nil, "\(answer)")
    #expect(try #require(answer["seconds"] as? Double) > 0)
    #expect(try #require(answer["peak_mib"] as? Int) > 0)
  }

  @Test(arguments: ["layers", "layers of the discriminator"]) func layersAreListed(_ work: String) throws {
    let answer = try answer(#"{"work":"\#(work)","batch":1,"height":64,"width":64}"#)
    let rows = try #require(answer["layers"] as? [[String: Any]])
    #expect(rows.contains { ($0["operation"] as? String)?.hasPrefix("convolution") == true && ($0["mmac"] as? Double ?? 0) > 0 })
  }

  @Test func whatIsUnknownIsSaid() throws {
    #expect((try answer(#"{"work":"sing","height":1,"width":1}"#)["error"] as? String)?.contains("no work is named 'sing'") == true)
    #expect(try answer("no JSON")["error"] is String)
    #expect((try answer(#"{"work":"decode","height":1,"width":1}"#)["error"] as? String)?.contains("name a folder") == true)
  }
}
