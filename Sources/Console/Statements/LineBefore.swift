/// The part of a statement before the cursor, cut into the words that are finished and the one that is being typed.
struct LineBefore {
  /// Finished words: `name`, `=`, `fda`, `beta=0.01`.
  private(set) var words: [String] = []
  /// The word at the cursor; empty after a blank.
  private(set) var current = ""
  /// Where it starts, in bytes.
  private(set) var currentStart = 0
  /// Where each finished word starts, in bytes.
  private(set) var starts: [Int] = []
  /// A text is open at the cursor.
  private(set) var isQuoted = false
  /// The cursor stands in a comment.
  private(set) var isComment = false

  init(_ line: String, cursor: Int) {
    let bytes = Array(line.utf8.prefix(cursor))
    var start = 0
    var at = 0
    func word(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
    while at < bytes.count {
      let byte = bytes[at]
      if isQuoted {
        if byte == UInt8(ascii: "\\") { at += 1 } else if byte == UInt8(ascii: "\"") { isQuoted = false }
      } else if byte == UInt8(ascii: "\"") {
        isQuoted = at == start || bytes[at - 1] == UInt8(ascii: "=")
      } else if byte == UInt8(ascii: "#"), at == start {
        isComment = true
      } else if byte == 0x20 || byte == 0x0A {
        if at > start {
          words.append(word(start..<at))
          starts.append(start)
        }
        start = at + 1
      }
      at += 1
    }
    current = word(min(start, bytes.count)..<bytes.count)
    currentStart = min(start, bytes.count)
  }

  /// Counts the word at the cursor as finished.
  mutating func finish() {
    words.append(current)
    starts.append(currentStart)
    (current, currentStart) = ("", currentStart + current.utf8.count)
  }

  /// The finished words after `explain` and `name =`, and how many were left out.
  func body(prefixes: Set<String>) -> (words: [String], skipped: Int) {
    var skipped = 0
    if let first = words.first, prefixes.contains(first) { skipped = 1 }
    if words.count > skipped + 1, words[skipped + 1] == "=" { skipped += 2 }
    return (Array(words.dropFirst(skipped)), skipped)
  }
}
