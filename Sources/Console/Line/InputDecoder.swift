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

  package init() {}

  package var isEmpty: Bool { bytes.isEmpty && pasted == nil }
  package mutating func feed(_ more: some Sequence<UInt8>) { bytes += more }

  /// Everything that has arrived and was not read, for example after Ctrl-C.
  package mutating func drop() {
    bytes = []
    pasted = nil
  }

  /// The next input; nil where more bytes are needed. When none come (`final`), what is there is taken as it is: an Escape is the key.
  package mutating func next(final: Bool = false) -> Keyed? {
    while true {
      if pasted != nil {
        if let input = nextOfPaste(final: final) { return input }
        return nil
      }
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

  private enum Escape { case unfinished, key, pasteBegins, ignored(Int) }

  private static func sequence(_ bytes: [UInt8], final: Bool) -> Escape {
    if bytes.starts(with: pasteBegin) { return .pasteBegins }
    if bytes.starts(with: pasteEnd) { return .ignored(pasteEnd.count) }
    if !final, pasteBegin.starts(with: bytes) || pasteEnd.starts(with: bytes) { return .unfinished }
    if !final, bytes.count == 2, bytes[1] == 0x5F { return .unfinished }
    // ESC [ ? … c and ESC [ 6 ; … t answer questions about the terminal, ESC _ G … ESC \ kitty's about pictures.
    if bytes.count > 2, bytes[1] == 0x5B, bytes[2] == 0x3F || bytes[2] == 0x36 {
      guard let end = bytes[3...].firstIndex(where: { !(0x30...0x3B).contains($0) }) else { return final ? .key : .unfinished }
      if bytes[2] == 0x3F, bytes[end] == 0x63 { return .ignored(end + 1) }
      if bytes[2] == 0x36, bytes[end] == 0x74 { return .ignored(end + 1) }
      return .key
    }
    if bytes.count > 2, bytes[1] == 0x5F, bytes[2] == 0x47 {
      guard let end = bytes.indices.first(where: { $0 > 2 && bytes[$0] == 0x5C && bytes[$0 - 1] == 0x1B }) else {
        return final ? .key : .unfinished
      }
      return .ignored(end + 1)
    }
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
