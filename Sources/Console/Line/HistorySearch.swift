internal import Rendering

/// The search that Ctrl-R begins: letters narrow it, Ctrl-R goes to older lines, Enter runs the line found, an arrow or Tab takes it into the
/// line to be edited, Escape, Ctrl-G or Ctrl-C give the line back as it was.
package struct HistorySearch: Sendable {
  package enum Outcome: Sendable, Equatable {
    case searching
    case run(String)
    case edit(String)
    case cancelled
  }

  /// Newest first, each once.
  private let lines: [String]
  package private(set) var pattern = ""
  private var place = 0

  /// - Parameter lines: oldest first.
  package init(_ lines: [String], pattern: String = "") {
    var seen: Set<String> = []
    self.lines = lines.reversed().filter { seen.insert($0).inserted }
    self.pattern = pattern
    place = firstMatch(from: 0) ?? 0
  }

  /// The line found; nil where none holds the pattern.
  package var found: String? { place < lines.count && matches(lines[place]) ? lines[place] : nil }

  package mutating func take(_ scalar: Unicode.Scalar) -> Outcome {
    switch scalar {
    case "\u{12}":
      if let next = firstMatch(from: place + 1) { place = next }
    case "\r", "\n": return found.map { .run($0) } ?? .cancelled
    case "\u{07}", "\u{1B}": return .cancelled
    case "\u{7F}", "\u{08}":
      if !pattern.isEmpty { pattern.unicodeScalars.removeLast() }
      place = firstMatch(from: 0) ?? 0
    case "\u{15}":
      pattern = ""
      place = 0
    case _ where scalar.value < 0x20: return found.map { .edit($0) } ?? .cancelled
    default:
      pattern.unicodeScalars.append(scalar)
      place = firstMatch(from: place) ?? firstMatch(from: 0) ?? 0
    }
    return .searching
  }

  package func view() -> LineView {
    let prompt = StyledText(found == nil && !pattern.isEmpty ? "no line with " : "search ", .dim)
    let query = StyledText(pattern)
    guard let found else { return LineView(prompt: prompt, text: query, cursor: pattern.unicodeScalars.count) }
    return LineView(prompt: prompt, text: query + StyledText("  ") + marked(found), cursor: pattern.unicodeScalars.count)
  }

  private func marked(_ line: String) -> StyledText {
    guard let range = Self.range(of: pattern, in: line) else { return StyledText(line) }
    return StyledText(String(line[..<range.lowerBound])) + StyledText(String(line[range]), .found) + StyledText(String(line[range.upperBound...]))
  }

  private func matches(_ line: String) -> Bool { pattern.isEmpty || Self.range(of: pattern, in: line) != nil }

  private func firstMatch(from start: Int) -> Int? { lines.indices.first { $0 >= start && matches(lines[$0]) } }

  /// Where the pattern stands, the case of letters aside unless the pattern has capitals.
  private static func range(of pattern: String, in line: String) -> Range<String.Index>? {
    guard !pattern.isEmpty else { return nil }
    let exact = pattern != pattern.lowercased()
    var start = line.startIndex
    while start < line.endIndex {
      let rest = line[start...]
      if exact ? rest.hasPrefix(pattern) : rest.lowercased().hasPrefix(pattern),
        let end = line.index(start, offsetBy: pattern.count, limitedBy: line.endIndex)
      {
        return start..<end
      }
      start = line.index(after: start)
    }
    return nil
  }
}
