extension Diagnostic {
  /// Plain text with the line and a caret under what is wrong:
  ///
  ///     error: fda has no parameter 'bta'
  ///       fda gta bta=1%
  ///               ^^^ did you mean beta?
  public func rendered(in source: Source) -> String {
    var out = "error: \(message)"
    guard let range, range.start <= source.text.utf8.count else { return remedy.map { "\(out)\n  \($0)" } ?? out }
    let place = source.place(of: range.start)
    let bytes = Array(place.text.utf8)
    let offset = min(place.offset, bytes.count)
    let end = min(offset + max(range.length, 1), max(bytes.count, offset + 1))
    let marked = String(decoding: bytes[offset..<min(end, bytes.count)], as: UTF8.self)
    let before = String(decoding: bytes[..<offset], as: UTF8.self).map { $0 == "\t" ? "\t" as Character : " " }
    if source.text.utf8.contains(UInt8(ascii: "\n")) { out += " (line \(place.line))" }
    out += "\n  \(place.text)\n  \(String(before))" + String(repeating: "^", count: max(1, marked.count))
    return remedy.map { "\(out) \($0)" } ?? out
  }
}
