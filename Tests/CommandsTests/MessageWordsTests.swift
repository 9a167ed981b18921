import Foundation
import Commands
import TestSupport
import Testing
import Workbench

/// Which words the messages of each part may hold.
@Suite struct MessageWordsTests {
  static let numericTargets = ["Storage", "Tensors", "Imaging", "Segmentation", "Scenes", "Adaptation"]
  static let parameters = Set(DomainCommands.catalog.commands.flatMap { $0.parameters.map(\.name) })

  /// `crop=`, `role=` and the like, as the prompt writes parameters.
  static func promptSyntax(_ text: String) -> [String] {
    text.split { !($0.isLetter || $0.isNumber || "_=".contains($0)) }.flatMap { word -> [String] in
      guard let sign = word.firstIndex(of: "="), parameters.contains(String(word.prefix(upTo: sign))) else { return [] }
      return [String(word.prefix(upTo: sign)) + "="]
    }
  }

  /// The numeric half is used without the prompt, whose words only Commands knows.
  @Test(arguments: numericTargets) func aNumericTargetDoesNotSpeakThePromptsSyntax(_ target: String) throws {
    let literals = try SwiftLiterals.of(target: target)
    #expect(literals.contains { $0.text.contains(" ") })
    for literal in literals { #expect(Self.promptSyntax(literal.text) == [], "\(literal.file):\(literal.line): \(literal.text)") }
  }

  @Test(arguments: [
    ("choose a crop= that fits, or size=", ["crop=", "size="]), ("add role=source (or role=target)", ["role=", "role="]), ("`batch=1`", ["batch="]),
    ("crop = 3, a==b, of 3 == 4, scope=1", []), ("a crop that fits", []),
  ]) func promptSyntaxIsFound(_ text: String, _ found: [String]) { #expect(Self.promptSyntax(text) == found) }

  /// The table of words that the house writes otherwise, as far as they can be looked for.
  static let avoided = [
    "made anew", "cannot be had", "is told", "are told", "works otherwise", "made otherwise", "is sure to", "are sure to", "judge by", "judged by", "nobody types", "any more",
  ]

  @Test(arguments: numericTargets + ["Language", "Workbench", "Rendering", "Console", "Commands", "segue"]) func messagesAreInPlainWords(_ target: String) throws {
    for literal in try SwiftLiterals.of(target: target) {
      for words in Self.avoided where literal.text.lowercased().contains(words) { Issue.record("'\(words)' in \(literal.file):\(literal.line): \(literal.text)") }
    }
  }

  @Test func literalsAreFound() {
    let source = ##"""
      // "no" literal
      let a = "one \(b ? "two" : "three (") \"four\"" + #"raw \(five) \#(six)"#
      let c = """
        seven "eight" \(nine("ten"))
        """
      """##
    let found = SwiftLiterals.of(source: source)
    #expect(found.map(\.line) == [2, 2, 2, 2, 4, 3])
    #expect(found.map { $0.text.split(separator: "\n").joined().trimmingCharacters(in: .whitespaces) } == [
      "two", "three (", "one … \\\"four\\\"", "raw \\(five) …", "ten", "seven \"eight\" …",
    ])
  }
}
