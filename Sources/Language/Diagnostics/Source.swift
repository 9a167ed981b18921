/// A text that ranges point into, and the way from a byte offset to the line that a person sees.
public struct Source: Sendable, Equatable {
  public let text: String
  /// The UTF-8 offset at which each line starts.
  private let lineStarts: [Int]

  public init(_ text: String) {
    var text = text
    // So that an offset is found without counting from the start.
    text.makeContiguousUTF8()
    self.text = text
    var starts = [0]
    for (offset, byte) in text.utf8.enumerated() where byte == UInt8(ascii: "\n") { starts.append(offset + 1) }
    lineStarts = starts
  }

  /// The text in these bytes; a diagnostic that names the line where they are not UTF-8. A byte-order mark at the front is dropped.
  public init(bytes: [UInt8]) throws(Diagnostic) {
    var bytes = bytes[...]
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes = bytes.dropFirst(3) }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      let repaired = String(decoding: bytes, as: UTF8.self)
      let good = zip(bytes, repaired.utf8).prefix { $0 == $1 }
      let line = good.count(where: { $0.0 == UInt8(ascii: "\n") }) + 1
      throw Diagnostic(
        "line \(line) is not UTF-8 text", at: SourceRange(good.count, good.count + 1),
        remedy: "save the file as UTF-8; pictures and models are loaded by commands, not run")
    }
    self.init(text)
  }

  /// The bytes of a range, clipped to the text.
  public subscript(range: SourceRange) -> String {
    let bytes = text.utf8, start = min(max(range.start, 0), bytes.count), end = min(max(range.end, start), bytes.count)
    let first = bytes.index(bytes.startIndex, offsetBy: start)
    return String(decoding: bytes[first..<bytes.index(first, offsetBy: end - start)], as: UTF8.self)
  }

  /// How its lines end: as the first of them does.
  public var lineEnding: String {
    guard let first = text.utf8.firstIndex(of: UInt8(ascii: "\n")) else { return "\n" }
    return text.utf8[..<first].last == UInt8(ascii: "\r") ? "\r\n" : "\n"
  }

  /// The line break behind a range that ends with its line; empty at the end of the text.
  public func lineEnding(after range: SourceRange) -> String {
    let bytes = text.utf8.dropFirst(range.end).prefix(2)
    return bytes.first == UInt8(ascii: "\n") ? "\n" : bytes.elementsEqual("\r\n".utf8) ? "\r\n" : ""
  }

  /// The line that holds an offset.
  public struct Place: Sendable, Equatable {
    /// From 1.
    public var line: Int
    /// UTF-8 offset from the start of the line.
    public var offset: Int
    /// The line without its line break.
    public var text: String

    /// Characters from the start of the line, from 1.
    public var column: Int { String(decoding: Array(text.utf8).prefix(offset), as: UTF8.self).count + 1 }
  }

  /// Where `offset` lies.
  public func place(of offset: Int) -> Place {
    var index = 0, after = lineStarts.count
    while after - index > 1 {
      let middle = (index + after) / 2
      if lineStarts[middle] <= offset { index = middle } else { after = middle }
    }
    let start = lineStarts[index]
    let end = index + 1 < lineStarts.count ? lineStarts[index + 1] - 1 : text.utf8.count
    var line = self[SourceRange(start, end)]
    if line.hasSuffix("\r") { line.removeLast() }
    return Place(line: index + 1, offset: offset - start, text: line)
  }
}
