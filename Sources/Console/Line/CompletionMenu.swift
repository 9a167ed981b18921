internal import Language
package import Rendering

/// The candidates that are listed below the line until another key is typed; Tab walks through them.
package struct CompletionMenu: Sendable, Equatable {
  /// Where the chosen candidate stands, or will.
  var range: Range<Int>
  let candidates: [Candidate]
  private(set) var chosen: Int?

  init(range: Range<Int>, candidates: [Candidate]) {
    self.range = range
    self.candidates = candidates
  }

  /// Chooses the next candidate, or the one before, round and round, and gives what to write.
  mutating func choose(backwards: Bool) -> Replacement {
    let next = chosen.map { ($0 + (backwards ? candidates.count - 1 : 1)) % candidates.count } ?? (backwards ? candidates.count - 1 : 0)
    chosen = next
    let replacement = Replacement(range: range, text: candidates[next].text)
    range = range.lowerBound..<range.lowerBound + candidates[next].text.unicodeScalars.count
    return replacement
  }

  /// At most `rows` lines: one a candidate with its help, or several beside one another where none has help.
  package func lines(columns: Int, rows: Int) -> [StyledText] {
    let rows = max(rows, 1)
    let width = min(candidates.map { TextWidth.of($0.text) }.max() ?? 0, max(columns - 4, 4))
    let hasHelp = candidates.contains { !$0.help.isEmpty }
    let across = hasHelp ? 1 : max((columns - 2) / (width + 2), 1)
    let down = (candidates.count + across - 1) / across
    let shown = down > rows ? max(rows - 1, 1) : down
    let row = (chosen ?? 0) % max(down, 1)
    let first = min(max(row - shown + 1, 0), max(down - shown, 0))
    var lines = (first..<min(first + shown, down)).map { row in
      var line = StyledText()
      for index in stride(from: row, to: candidates.count, by: down) {
        let candidate = candidates[index]
        let text = StyledText(candidate.text.escapedForTerminal(), index == chosen ? .chosen : .plain).clipped(to: width).padded(to: width)
        line += StyledText("  ") + text
        if !candidate.help.isEmpty { line += StyledText("  " + candidate.help.escapedForTerminal(), .dim) }
      }
      return line.clipped(to: columns - 1)
    }
    let hidden = candidates.count - (down > shown ? min(shown * across, candidates.count) : candidates.count)
    if hidden > 0, rows > 1 { lines.append(StyledText("  … \(hidden) more", .dim)) }
    return lines
  }
}
