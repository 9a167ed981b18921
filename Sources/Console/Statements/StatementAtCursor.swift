internal import Language

/// The statement in which the cursor stands, in a text of many: what completion and help are asked about.
package struct StatementAtCursor {
  /// From the statement's beginning to the end of the cursor's line.
  package let text: String
  /// Where it begins in the whole text, in bytes.
  package let start: Int
  /// The cursor in it, in bytes.
  package let cursor: Int

  /// - Parameter offset: of the cursor, in UTF-8 bytes; one outside of the text or within a character stands at the nearest place that is none.
  package init?(_ whole: String, at offset: Int) {
    let bytes = Array(whole.utf8)
    var offset = min(max(offset, 0), bytes.count)
    while offset > 0, offset < bytes.count, bytes[offset] & 0xC0 == 0x80 { offset -= 1 }
    func lineStart(_ place: Int) -> Int { bytes[..<place].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0 }
    var start = lineStart(offset)
    var end = bytes[offset...].firstIndex(of: 0x0A) ?? bytes.count
    if end > offset, bytes[end - 1] == 0x0D { end -= 1 }
    // Indented lines, and those below a `\`, go on with what stands above them, but prose and empty lines end it.
    while start > 0 {
      let above = lineStart(start - 1)
      var aboveEnd = start - 1
      if aboveEnd > above, bytes[aboveEnd - 1] == 0x0D { aboveEnd -= 1 }
      let line = bytes[above..<aboveEnd]
      let isIndented = start < bytes.count && (bytes[start] == 0x20 || bytes[start] == 0x09)
      guard isIndented || line.last == UInt8(ascii: "\\"), line.first != UInt8(ascii: "#"), line.contains(where: { $0 != 0x20 && $0 != 0x09 }) else { break }
      start = above
    }
    guard start == end || bytes[start] != UInt8(ascii: "#") else { return nil }
    (text, self.start, cursor) = (String(decoding: bytes[start..<end], as: UTF8.self), start, offset - start)
  }
}

extension StatementAtCursor {
  /// What may stand at the cursor; the range counts in the whole text.
  package func completion(_ completer: some Completer) -> Completion {
    var completion = completer.completion(of: text, at: cursor)
    completion.range.start += start
    completion.range.end += start
    return completion
  }
}
