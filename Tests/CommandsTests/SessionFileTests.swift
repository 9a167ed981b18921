import Commands
import Foundation
import Language
import Testing
import Workbench

/// The sessions that come with Segue: they can be read, and stand in the form in which statements are recorded.
@Suite struct SessionFileTests {
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../../sessions").standardized
  static let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []).filter { $0.hasSuffix(".segue") }.sorted()

  @Test func thereAreSessions() { #expect(Self.names.contains("tour.segue") && Self.names.contains("paper.segue")) }

  @Test(arguments: names) func canBeRead(_ name: String) throws {
    let script = try Script(bytes: Array(Data(contentsOf: Self.folder.appendingPathComponent(name))), DomainCommands.catalog.vocabulary)
    #expect(script.diagnostics == [])
    #expect(script.items.contains { $0.statement != nil })
    for statement in script.items.compactMap(\.statement) {
      let again = Statement.parse(statement.canonical, DomainCommands.catalog.vocabulary)
      #expect(again.statement?.canonical == statement.canonical)
    }
  }

  /// `segue check` and `segue fmt` have nothing against them; what files are not at hand is told where they are named.
  @Test(arguments: names) func areSoundAndCanonical(_ name: String) throws {
    let text = String(decoding: try Data(contentsOf: Self.folder.appendingPathComponent(name)), as: UTF8.self)
    let script = Script(text, DomainCommands.catalog.vocabulary)
    #expect(script.formatted(DomainCommands.catalog) == text)
    let found = Session.check(script, DomainCommands.catalog, .memory())
    for diagnostic in found { #expect(diagnostic.message.hasPrefix("there is no folder ") && diagnostic.range != nil, "\(diagnostic)") }
    let reads = script.items.contains { ($0.statement?.call?.arguments ?? []).contains { ["gta5", "cityscapes", "camvid", "folder"].contains($0.value.text) } }
    #expect(found.isEmpty == !reads)
  }

  /// Sessions that are replayed by CI have recorded outputs to be held against.
  @Test func theTourRecordsItsOutputs() throws {
    let script = try Script(
      bytes: Array(Data(contentsOf: Self.folder.appendingPathComponent("tour.segue"))), DomainCommands.catalog.vocabulary)
    let outputs = script.items.count { if case .output = $0.content { true } else { false } }
    #expect(outputs > 40)
  }
}
