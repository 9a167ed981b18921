public import Language

extension TextRenderer {
  /// A diagnostic under the statement it is about: the statement, carets under the words meant, what is wrong, what would mend it.
  ///
  ///     fda gta toward=cty
  ///                    ^~~
  ///     error: no value is named 'cty'
  ///     did you mean city?
  ///
  /// - Parameter echoing: whether the statement's line is shown above the carets; without it the carets stand under a line that is
  ///   on the screen already, `indent` columns from the left (the prompt's width).
  public func lines(_ diagnostic: Diagnostic, in statement: String?, echoing: Bool = true, indent: Int = 2) -> [String] {
    var lines: [String] = []
    if let statement, let range = diagnostic.range { lines += marked(statement, range, echoing: echoing, indent: indent) }
    let message = StyledText("error: ", .problem) + StyledText(diagnostic.message.escapedForTerminal(keepingNewlines: true))
    lines += wrapped(message)
    if let remedy = diagnostic.remedy { lines += wrapped(StyledText(remedy.escapedForTerminal(keepingNewlines: true), .remedy)) }
    return lines
  }

  /// The line that a diagnostic is about, and the carets below it; empty where it is about no words.
  public func place(_ diagnostic: Diagnostic, in statement: String) -> [String] {
    diagnostic.range.map { marked(statement, $0, echoing: true, indent: 0) } ?? []
  }

  private func marked(_ statement: String, _ range: SourceRange, echoing: Bool, indent: Int) -> [String] {
    let bytes = Array(statement.utf8)
    let start = min(max(range.start, 0), bytes.count)
    let lineStart = bytes[..<start].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
    var lineEnd = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
    // The other half of a line's end, which is no character of the line.
    if lineEnd > start, bytes[lineEnd - 1] == 0x0D { lineEnd -= 1 }
    let end = min(max(range.end, start), lineEnd)
    func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self).escapedForTerminal() }
    let before = TextWidth.of(text(lineStart..<start))
    let meant = max(TextWidth.of(text(start..<end)), 1)
    // The caret line would be wrapped by a narrow terminal in another place than the statement: then it is left out.
    guard indent + before + meant <= columns, echoing || lineStart == 0 || lineEnd == bytes.count else {
      return echoing ? [String(repeating: " ", count: indent) + excerpt(bytes[lineStart..<lineEnd], about: start)] : []
    }
    let blanks = String(repeating: " ", count: indent)
    let caret = String(repeating: " ", count: before) + palette.paint("^" + String(repeating: "~", count: meant - 1), .problem)
    return (echoing ? [blanks + excerpt(bytes[lineStart..<lineEnd], about: start)] : []) + [blanks + caret]
  }

  /// A line, or, where it would fill the screen, what of it lies about `place`.
  private func excerpt(_ line: ArraySlice<UInt8>, about place: Int) -> String {
    func text(_ bytes: ArraySlice<UInt8>) -> String { String(decoding: bytes, as: UTF8.self).escapedForTerminal() }
    let longest = 8 * columns
    guard line.count > longest else { return text(line) }
    func whole(_ place: Int) -> Int { line[place...].firstIndex { $0 & 0xC0 != 0x80 } ?? line.endIndex }  // never within a character
    let start = whole(max(line.startIndex, min(place - columns, line.endIndex - longest)))
    let end = whole(min(start + longest, line.endIndex))
    return (start > line.startIndex ? "… " : "") + text(line[start..<end]) + (end < line.endIndex ? " …" : "")
  }
}
