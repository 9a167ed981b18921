package import Language
internal import Rendering

/// A document as editors count in it: lines from 0, and UTF-16 units in a line.
package struct DocumentText: Sendable {
  package struct Position: Decodable, Sendable, Equatable {
    package var line: Int
    package var character: Int

    package init(line: Int, character: Int) { (self.line, self.character) = (line, character) }
  }

  let script: Script
  var text: String { script.source.text }
  private let bytes: [UInt8]
  private let lineStarts: [Int]

  package init(_ text: String, _ vocabulary: Vocabulary) {
    script = Script(text, vocabulary)
    bytes = Array(script.source.text.utf8)
    var starts = [0]
    for (offset, byte) in bytes.enumerated() where byte == 0x0A { starts.append(offset + 1) }
    lineStarts = starts
  }

  /// The UTF-8 offset of a position; one behind the end of its line, or of the text, is that end.
  package func offset(of position: Position) -> Int {
    guard position.line >= 0 else { return 0 }
    guard position.line < lineStarts.count else { return bytes.count }
    let start = lineStarts[position.line]
    var end = position.line + 1 < lineStarts.count ? lineStarts[position.line + 1] - 1 : bytes.count
    if end > start, bytes[end - 1] == 0x0D { end -= 1 }
    var units = 0, offset = start
    for scalar in String(decoding: bytes[start..<end], as: UTF8.self).unicodeScalars {
      let next = units + UTF16.width(scalar)
      if next > position.character { break }
      (units, offset) = (next, offset + UTF8.width(scalar))
    }
    return offset
  }

  package func position(of offset: Int) -> Position {
    let offset = min(max(offset, 0), bytes.count)
    var low = 0, high = lineStarts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if lineStarts[middle] <= offset { low = middle } else { high = middle }
    }
    return Position(line: low, character: String(decoding: bytes[lineStarts[low]..<offset], as: UTF8.self).utf16.count)
  }

  package var end: Position { position(of: bytes.count) }

  func json(_ range: SourceRange) -> JSONText { DocumentText.json(position(of: range.start), position(of: range.end)) }

  static func json(_ start: Position, _ end: Position) -> JSONText { .object([("start", start.json), ("end", end.json)]) }
}

extension DocumentText.Position {
  var json: JSONText { .object([("line", .int(line)), ("character", .int(character))]) }
}

extension DocumentText {
  /// Names that statements above `offset` give, and all that no statement gives by itself: what may be meant there.
  func mayMean(_ name: String, at offset: Int) -> Bool {
    let places = script.items.filter { $0.statement?.name?.text == name }
    return places.isEmpty || places.contains { $0.range.end < offset }
  }

  /// The item of the last statement above `offset` that gives a name, or the first below it; `canonical` finds one without a name of its own.
  func item(naming name: String, canonical: String?, at offset: Int) -> Script.Item? {
    let named = script.items.filter { $0.statement?.name?.text == name }
    let found = named.isEmpty ? script.items.filter { $0.statement.map { $0.name == nil && $0.canonical == canonical } ?? false } : named
    return found.last { $0.range.start <= offset } ?? found.first
  }
}
