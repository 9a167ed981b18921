internal import Language
package import Rendering

/// Everything the line editor does beyond editing: colour, hints, completion. It knows no terminal and no libedit, which only move
/// characters; so all of it can be tested.
package struct LineAssistant {
  package var prompt: StyledText
  package var aids: LineAids
  private var menu: CompletionMenu?
  /// The line as the last Tab left it: any other line closes the list.
  private var lineOfMenu: EditedLine?

  package init(prompt: StyledText, aids: LineAids) {
    self.prompt = prompt
    self.aids = aids
  }

  /// What Tab writes; nil where it writes nothing (it may have opened the list).
  package mutating func tab(_ line: EditedLine, backwards: Bool = false) -> Replacement? {
    if menu != nil, line == lineOfMenu { return choose(line, backwards: backwards) }
    menu = nil
    guard let completer = aids.completer else { return nil }
    let completion = completer.completion(of: line.text, at: line.byteOffset(line.cursor))
    let start = min(line.place(ofByte: completion.range.start), line.cursor)
    let range = start..<line.cursor
    guard let first = completion.candidates.first else { return nil }
    if completion.candidates.count == 1 {
      // The ending is not typed twice: not the blank where the line goes on with one.
      let next = line.cursor < line.scalars.count ? String(line.scalars[line.cursor]) : ""
      return Replacement(range: range, text: first.text + (first.ending == next ? "" : first.ending))
    }
    menu = CompletionMenu(range: range, candidates: completion.candidates)
    lineOfMenu = line
    let shared = Self.sharedPrefix(completion.candidates.map(\.text))
    guard shared.unicodeScalars.count > range.count || (shared.unicodeScalars.count == range.count && shared != text(line, range)) else {
      return nil
    }
    let replacement = Replacement(range: range, text: shared)
    remember(line, replacement)
    menu?.range = range.lowerBound..<range.lowerBound + shared.unicodeScalars.count
    return replacement
  }

  private mutating func choose(_ line: EditedLine, backwards: Bool) -> Replacement? {
    guard let replacement = menu?.choose(backwards: backwards) else { return nil }
    remember(line, replacement)
    return replacement
  }

  private mutating func remember(_ line: EditedLine, _ replacement: Replacement) {
    var changed = line
    changed.apply(replacement)
    lineOfMenu = changed
  }

  /// The rest of the line that is shown dim, where there is one.
  package func hint(_ line: EditedLine) -> String? {
    guard line.atEnd, !line.scalars.contains("\n"), let hint = aids.hint(line.text), !hint.isEmpty else { return nil }
    return hint
  }

  /// What to show for a line. A line that is not the one Tab left closes the list.
  package mutating func view(_ line: EditedLine, size: TerminalSize) -> LineView {
    if line != lineOfMenu {
      menu = nil
      lineOfMenu = nil
    }
    let rows = min(12, size.rows - 2)
    return LineView(
      prompt: prompt, text: coloured(line), cursor: line.cursor, hint: menu == nil ? hint(line) ?? "" : "",
      below: menu?.lines(columns: size.columns, rows: rows) ?? [])
  }

  /// The line in its styles; what libedit adds to it behind a newline while it asks for something (`\nsearch: …`) is plain.
  private func coloured(_ line: EditedLine) -> StyledText {
    let bytes = Array(line.text.utf8)
    let end = bytes.firstIndex(of: 0x0A) ?? bytes.count
    func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
    var styled = StyledText()
    var at = 0
    for highlight in aids.highlight(text(0..<end)) {
      let start = min(max(highlight.range.start, at), end)
      let stop = min(max(highlight.range.end, start), end)
      styled += StyledText(text(at..<start)) + StyledText(text(start..<stop), highlight.style)
      at = stop
    }
    return styled + StyledText(text(at..<bytes.count))
  }

  private func text(_ line: EditedLine, _ range: Range<Int>) -> String { EditedLine.text(line.scalars[range]) }

  private static func sharedPrefix(_ texts: [String]) -> String {
    guard var shared = texts.first.map({ Array($0.unicodeScalars) }) else { return "" }
    for text in texts.dropFirst() {
      let common = zip(shared, text.unicodeScalars).prefix { $0 == $1 }.count
      shared.removeLast(shared.count - common)
    }
    return EditedLine.text(shared[...])
  }
}
