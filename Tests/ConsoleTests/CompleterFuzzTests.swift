import Console
import Language
import TestSupport
import Testing
import Workbench

/// Completion and colours for any line with the cursor anywhere: no crash, no hang, and what is offered fits into the line.
@Suite struct CompleterFuzzTests {
  @Test(arguments: 0..<2) func anyLine(_ part: Int) {
    let (session, _) = toySession(ScriptedTerminal(typing: ""))
    let completer = StatementCompleter(session), highlighter = StatementHighlighter(session)
    Mutation.trying(Mutation.count(usual: 2000, share: 0.3), part: part, of: 2) { number in
      var dice = Mutation.Dice(number)
      let text = Mutation.text(number)
      let line = dice.roll(3) == 0 ? text : text.split(separator: "\n").first.map(String.init) ?? ""
      let length = line.utf8.count
      for highlight in highlighter.highlights(line) { #expect(0 <= highlight.range.start && highlight.range.end <= length, "\(line.debugDescription)") }
      let cursor = line.prefix(dice.roll(line.count + 1)).utf8.count
      let completion = completer.completion(of: line, at: cursor)
      #expect(0 <= completion.range.start && completion.range.start <= completion.range.end && completion.range.end <= length, "\(cursor) in \(line.debugDescription)")
      // What Tab would make of it can be asked again.
      for candidate in completion.candidates.prefix(2) {
        let bytes = Array(line.utf8)
        let mended = String(decoding: bytes[..<completion.range.start] + Array(candidate.text.utf8) + bytes[completion.range.end...], as: UTF8.self)
        _ = completer.completion(of: mended, at: completion.range.start + candidate.text.utf8.count)
      }
    }
  }
}
