/// Cuts a statement into words: stretches without spaces, in which a quoted text may hold some.
struct Lexer {
  /// The longest statement: longer ones are a file that was given by mistake.
  static let longest = 65_536

  var words: [Word] = []
  /// What ` #` begins, without the mark; several, on continued lines, are joined.
  var comment: Word?
  var diagnostics: [Diagnostic] = []
  /// What ends the line that was looked at last: where it begins, and where the line is over.
  private var ending = 0..<0

  /// The bytes of the whole source, of which `range` is the statement.
  init(_ bytes: [UInt8], in range: SourceRange) {
    guard range.length <= Lexer.longest else {
      diagnostics.append(Diagnostic(
        "this statement is \(range.length) bytes long", at: SourceRange(range.start, range.start + 1), remedy: "at most \(Lexer.longest)"))
      return
    }
    var at = range.start
    while at < range.end {
      if isSpace(bytes, at, range.end) { at += 1; continue }
      if bytes[at] == UInt8(ascii: "#") {
        let end = bytes[at..<range.end].firstIndex(of: UInt8(ascii: "\n")) ?? range.end
        if at + 1 < end, [UInt8(ascii: ">"), UInt8(ascii: "!")].contains(bytes[at + 1]) { refuseRecordedLine(bytes, SourceRange(at, end)) }
        add(comment: Word(String(decoding: bytes[(at + 1)..<end], as: UTF8.self), SourceRange(at, end)))
        at = end
        continue
      }
      let start = at
      at = endOfWord(bytes, from: start, to: range.end)
      let word = Word(String(decoding: bytes[start..<at], as: UTF8.self), SourceRange(start, at))
      if let scalar = word.text.unicodeScalars.first(where: isForbidden) {
        diagnostics.append(Diagnostic(
          "the character U+\(Lexer.hexadecimal(scalar)) is invisible and not allowed here", at: word.range,
          remedy: "in a text it is written \\u{\(String(scalar.value, radix: 16))}"))
      }
      words.append(word)
    }
  }

  /// Spaces, line breaks inside a continued statement, and what ends a line: `\`, several of them too, and a carriage return.
  private mutating func isSpace(_ bytes: [UInt8], _ at: Int, _ end: Int) -> Bool {
    switch bytes[at] {
    case 0x20, 0x09, 0x0A: true
    case 0x0D, UInt8(ascii: "\\"): endsLine(bytes, at, end)
    default: false
    }
  }

  /// Whether only blanks and more of what ends a line follow, up to its end. Each line is looked through once, however much ends it.
  private mutating func endsLine(_ bytes: [UInt8], _ at: Int, _ end: Int) -> Bool {
    if at >= ending.upperBound {
      let over = bytes[at..<end].firstIndex(of: 0x0A) ?? end
      let last = bytes[at..<over].lastIndex { ![UInt8(ascii: "\\"), 0x0D, 0x20, 0x09].contains($0) }
      ending = (last.map { $0 + 1 } ?? at)..<over
    }
    return at >= ending.lowerBound
  }

  /// A quote opens a text at the start of a word and after its `=`; an open one ends with its line.
  private mutating func endOfWord(_ bytes: [UInt8], from start: Int, to end: Int) -> Int {
    var at = start
    var quoted = false
    while at < end {
      let byte = bytes[at]
      if quoted {
        if byte == 0x0A { return at }
        if byte == UInt8(ascii: "\\"), at + 1 < end, bytes[at + 1] != 0x0A { at += 2; continue }
        if byte == UInt8(ascii: "\"") { quoted = false }
      } else if byte == UInt8(ascii: "\"") {
        quoted = at == start || bytes[at - 1] == UInt8(ascii: "=")
      } else if isSpace(bytes, at, end) {
        return at
      }
      at += 1
    }
    return min(at, end)
  }

  /// A recorded output that stands beside a statement, or is indented, would be taken for a comment, and compared with nothing.
  private mutating func refuseRecordedLine(_ bytes: [UInt8], _ range: SourceRange) {
    let mark = String(decoding: bytes[range.start..<(range.start + 2)], as: UTF8.self)
    diagnostics.append(Diagnostic(
      "'\(mark)' marks a recorded \(mark == "#>" ? "output" : "failure"), which is a line of its own that begins with it", at: range,
      remedy: "move it to the next line, without spaces in front; a comment has a space behind its #"))
  }

  private mutating func add(comment new: Word) {
    // By scalars: a mark that joins with the blank before it makes another character of both. A `\` at the end only continues the line.
    var scalars = new.text.unicodeScalars[...]
    while let first = scalars.first, first == " " || first == "\t" { scalars.removeFirst() }
    while let last = scalars.last, last.properties.isWhitespace || last == "\\" { scalars.removeLast() }
    let words = String(scalars)
    guard let old = comment else { comment = Word(words, new.range); return }
    comment = Word([old.text, words].filter { !$0.isEmpty }.joined(separator: " "), old.range.joined(to: new.range))
  }

  static func hexadecimal(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}
