/// What comes from the keyboard.
package enum Keyed: Sendable, Equatable {
  case scalar(Unicode.Scalar)
  /// A text that was pasted, between the marks of bracketed paste.
  case paste(String)
}

/// Bytes of a terminal as characters and pasted texts. Answers of the terminal to questions that nobody waits for any more are dropped.
package struct InputDecoder: Sendable {
  /// Sequences of keys that are one character for the editor.
  package var folding: [[UInt8]: Unicode.Scalar] = [:]
  private var bytes: [UInt8] = []
  private var pasted: [UInt8]?
  /// The rest of an answer is still to come.
  private var isWithinAnswer = false

  package init() {}

  package var isEmpty: Bool { bytes.isEmpty && pasted == nil }
  package mutating func feed(_ more: some Sequence<UInt8>) { bytes += more }

  /// Everything that has arrived and was not read, for example after Ctrl-C.
  package mutating func drop() {
    bytes = []
    pasted = nil
    isWithinAnswer = false
  }

  /// Drops bytes up to the end of an answer that came in parts; a key that no answer holds ends it as well.
  private mutating func dropAnswer() {
    while let byte = bytes.first {
      bytes.removeFirst()
      if byte == 0x07 || byte == 0x5C || byte < 0x20 && byte != 0x1B {
        isWithinAnswer = false
        if byte < 0x20, byte != 0x07 { bytes.insert(byte, at: 0) }
        return
      }
    }
  }

  /// The next input; nil where more bytes are needed. When none come (`final`), what is there is taken as it is: an Escape is the key.
  package mutating func next(final: Bool = false) -> Keyed? {
    while true {
      if pasted != nil {
        if let input = nextOfPaste(final: final) { return input }
        return nil
      }
      if isWithinAnswer { dropAnswer() }
      guard let first = bytes.first else { return nil }
      guard first == 0x1B else { return nextScalar(first, final: final) }
      if let (sequence, scalar) = folding.first(where: { bytes.starts(with: $0.key) }) {
        bytes.removeFirst(sequence.count)
        return .scalar(scalar)
      }
      if !final, folding.keys.contains(where: { $0.starts(with: bytes) }) { return nil }
      switch Self.sequence(bytes, final: final) {
      case .unfinished: return nil
      case .key:
        bytes.removeFirst()
        return .scalar("\u{1B}")
      case .pasteBegins: pasted = []
        bytes.removeFirst(Self.pasteBegin.count)
      case .ignored(let count): bytes.removeFirst(count)
      case .unended:
        bytes = []
        isWithinAnswer = true
      }
    }
  }

  /// Takes the answer to a question for the cursor's position, `ESC [ row ; column R`, out of what has arrived; counted from 0.
  package mutating func takePosition() -> (row: Int, column: Int)? {
    for start in bytes.indices where bytes[start] == 0x1B && start + 1 < bytes.count && bytes[start + 1] == 0x5B {
      guard let end = bytes[(start + 2)...].firstIndex(where: { !(0x30...0x39).contains($0) && $0 != 0x3B }), bytes[end] == 0x52 else { continue }
      let numbers = String(decoding: bytes[start + 2..<end], as: UTF8.self).split(separator: ";").compactMap { Int($0) }
      guard numbers.count == 2, numbers[0] > 0, numbers[1] > 0 else { continue }
      bytes.removeSubrange(start...end)
      return (numbers[0] - 1, numbers[1] - 1)
    }
    return nil
  }

  private static let pasteBegin = Array("\u{1B}[200~".utf8)
  private static let pasteEnd = Array("\u{1B}[201~".utf8)

  private enum Escape { case unfinished, key, pasteBegins, ignored(Int), unended }

  private static func sequence(_ bytes: [UInt8], final: Bool) -> Escape {
    if bytes.starts(with: pasteBegin) { return .pasteBegins }
    if bytes.starts(with: pasteEnd) { return .ignored(pasteEnd.count) }
    if !final, pasteBegin.starts(with: bytes) || pasteEnd.starts(with: bytes) { return .unfinished }
    if bytes.count > 2, bytes[1] == 0x5B { return report(bytes, final: final) }
    // ESC P > | … ESC \ is a terminal's name, ESC P 1 $ r … what it was asked for, ESC ] 1 … a colour, ESC _ G … kitty's about pictures.
    if bytes.count > 2, let marks = strings[bytes[1]], marks.contains(bytes[2]) {
      return bytes.indices.first { $0 > 2 && endsString(bytes, $0) }.map { .ignored($0 + 1) } ?? (final ? .unended : .unfinished)
    }
    if !final, bytes.count == 2, strings[bytes[1]] != nil { return .unfinished }
    return .key
  }

  /// What strings of answers begin with, after ESC and their first letter.
  private static let strings: [UInt8: [UInt8]] = [0x50: Array(">01".utf8), 0x5D: Array("0123456789".utf8), 0x5F: Array("G".utf8)]

  private static func endsString(_ bytes: [UInt8], _ index: Int) -> Bool { bytes[index] == 0x07 || bytes[index] == 0x5C && bytes[index - 1] == 0x1B }

  /// ESC [ ? … and ESC [ > … answer questions about the terminal, ESC [ 6 ; … t is a character's size, ESC [ row ; column R a cursor that
  /// nobody waits for any more.
  private static func report(_ bytes: [UInt8], final: Bool) -> Escape {
    let isPrivate = bytes[2] == 0x3F || bytes[2] == 0x3E
    guard isPrivate || (0x30...0x39).contains(bytes[2]) else { return .key }
    guard let end = bytes[3...].firstIndex(where: { !(0x20...0x3B).contains($0) }) else { return final ? .key : .unfinished }
    if isPrivate { return "cnuyRSxt".utf8.contains(bytes[end]) ? .ignored(end + 1) : .key }
    let numbers = bytes[2..<end].split(separator: 0x3B).count
    if numbers >= 2, bytes[end] == 0x74 && (bytes[2] == 0x36 || bytes[2] == 0x34 || bytes[2] == 0x38) { return .ignored(end + 1) }
    // F3 with a modifier is ESC [ 1 ; 2 R.
    if numbers == 2, bytes[end] == 0x52, bytes[2] != 0x31 || bytes[3] != 0x3B { return .ignored(end + 1) }
    return .key
  }

  private mutating func nextOfPaste(final: Bool) -> Keyed? {
    while let byte = bytes.first {
      if byte == 0x1B {
        if bytes.starts(with: Self.pasteEnd) {
          bytes.removeFirst(Self.pasteEnd.count)
          return takePaste()
        }
        if !final, Self.pasteEnd.starts(with: bytes) { return nil }
      }
      pasted?.append(byte)
      bytes.removeFirst()
    }
    return final ? takePaste() : nil
  }

  private mutating func takePaste() -> Keyed {
    let text = String(decoding: pasted ?? [], as: UTF8.self)
    pasted = nil
    return .paste(text)
  }

  private mutating func nextScalar(_ first: UInt8, final: Bool) -> Keyed? {
    let length = first < 0x80 ? 1 : first < 0xC0 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
    guard bytes.count >= length || final else { return nil }
    let text = String(decoding: bytes.prefix(length), as: UTF8.self)
    let scalar = text.unicodeScalars.first ?? "\u{FFFD}"
    bytes.removeFirst(scalar == "\u{FFFD}" ? 1 : length)
    return .scalar(scalar)
  }
}
