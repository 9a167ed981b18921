import Language
import TestSupport
import Testing

/// Mutated sessions: reading never crashes or hangs, ranges lie in the text, what is offered as a correction fits, and the formatter is a
/// fixed point. scripts/fuzz tries many more.
@Suite struct FuzzTests {
  @Test(arguments: 0..<4) func mutatedSessions(_ part: Int) {
    Mutation.trying(Mutation.count(usual: 4000, share: 0.5), part: part, of: 4) { number in
      let text = Mutation.text(number)
      let script = Script(text, .toy)
      let length = text.utf8.count
      for diagnostic in script.diagnostics {
        guard let range = diagnostic.range else { continue }
        #expect(0 <= range.start && range.start <= range.end && range.end <= length, "\(number): \(text.debugDescription)")
        _ = diagnostic.rendered(in: script.source)
        if diagnostic.replacement != nil { #expect(diagnostic.corrected(text) != nil, "\(number): \(text.debugDescription)") }
      }
      #expect(script.tokens.allSatisfy { $0.range.start <= $0.range.end && $0.range.end <= length })
      let once = script.formatted
      let twice = Script(once, .toy).formatted
      #expect(once == twice, "\(number): \(text.debugDescription)")
      let sound = script.items.compactMap(\.statement).map(\.canonical)
      if script.diagnostics.isEmpty { #expect(Script(once, .toy).items.compactMap(\.statement).map(\.canonical) == sound, "\(number): \(text.debugDescription)") }
    }
  }

  @Test func anyBytes() {
    Mutation.trying(Mutation.count(usual: 1000, share: 0.1), part: 0, of: 1) { number in
      if let script = try? Script(bytes: Mutation.bytes(number, of: Array(Mutation.sessions[number % Mutation.sessions.count].utf8.prefix(400))), .toy) {
        _ = script.formatted
      }
    }
  }
}
