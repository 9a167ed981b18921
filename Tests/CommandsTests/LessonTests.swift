import Commands
import Foundation
import Language
import Testing
import Workbench

/// The lessons: what they all have, and that their beginnings, which train nothing, give what they record. CI replays them whole.
@Suite struct LessonTests {
  static let folder = SessionFileTests.folder.appendingPathComponent("lessons")
  static let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []).filter { $0.hasSuffix(".segue") }.sorted()

  static func script(_ name: String) throws -> Script {
    try Script(bytes: Array(Data(contentsOf: folder.appendingPathComponent(name))), DomainCommands.catalog.vocabulary)
  }

  @Test func areNumberedWithoutGaps() {
    #expect(Self.names.count >= 8)
    #expect(Self.names.compactMap { Int($0.prefix(2)) } == Array(1...Self.names.count))
  }

  @Test(arguments: names) func canBeReadAndTaught(_ name: String) throws {
    let script = try Self.script(name)
    #expect(script.diagnostics == [])
    let headings = script.items.compactMap { if case .heading(_, let words) = $0.content { words } else { nil } }
    #expect(headings.first?.hasPrefix("Lesson \(Int(name.prefix(2)) ?? 0). ") == true)
    #expect(headings.last == "Exercises")
    let exercises = script.items.drop { if case .heading(_, "Exercises") = $0.content { false } else { true } }
    #expect(exercises.count { if case .prose(let line) = $0.content { line.first?.isNumber == true } else { false } } >= 3)
    #expect(!exercises.contains { $0.statement != nil }, "exercises are for the learner")
    // As statements are recorded, so that learners see what they will get.
    for item in script.items { if let statement = item.statement { #expect(script.source[item.range] == statement.canonical) } }
  }

  /// Each statement that shows something has recorded what, so that a replay compares it.
  @Test(arguments: names) func recordTheirOutputs(_ name: String) throws {
    let items = try Self.script(name).items
    for (index, item) in items.enumerated() {
      guard let call = item.statement?.call, !["seed"].contains(call.command) else { continue }
      guard index + 1 < items.count, case .output = items[index + 1].content else {
        Issue.record("line \(item.line) has no recorded output")
        continue
      }
    }
  }

  @Test(arguments: names) func beginAsTheyRecord(_ name: String) throws {
    let script = try Self.script(name)
    let end = script.items.first { ["train", "features", "predict"].contains($0.statement?.call?.command) }?.range.start
    let beginning = String(decoding: Array(script.source.text.utf8)[..<(end ?? script.source.text.utf8.count)], as: UTF8.self)
    let bench = Bench()
    let session = try bench.open()
    let report = try Replay(Script(beginning, session.vocabulary), in: session).run()
    #expect(report.failure == nil && report.verdict == .same, "\(report.steps.filter { $0.verdict == .differs })")
  }
}
