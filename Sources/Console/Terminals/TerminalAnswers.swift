package import Imaging

/// What a terminal said about itself.
package struct TerminalAnswers: Sendable, Equatable {
  /// It shows pictures by kitty's protocol.
  package private(set) var kitty = false
  /// It shows sixels (attribute 4 of its "primary device attributes").
  package private(set) var sixel = false
  /// Its name and version, as it gives them: `kitty(0.28.1)` (XTVERSION).
  package private(set) var program: String?
  /// A character's size in pixels.
  package private(set) var cell: PixelSize?
  /// The last question was answered.
  package private(set) var isComplete = false
  /// Bytes that are no answers.
  package private(set) var others: [UInt8] = []
  private var unread: [UInt8] = []

  package init() {}

  /// Asks kitty to check a picture of one pixel, which it does not show.
  static let kittyQuestion = "\u{1B}_Gi=31,s=1,v=1,a=q,t=d,f=24;AAAA\u{1B}\\"
  /// The terminal's name and version (XTVERSION).
  static let programQuestion = "\u{1B}[>q"
  /// The size of a character (XTWINOPS 16), then the device attributes, which come last.
  static let questions = "\u{1B}[16t\u{1B}[c"

  package mutating func feed(_ bytes: some Sequence<UInt8>) {
    unread += bytes
    while let first = unread.first {
      guard first == 0x1B else {
        others.append(unread.removeFirst())
        continue
      }
      guard let count = answerLength() else { return }
      let answer = Array(unread.prefix(count))
      unread.removeFirst(count)
      take(answer)
    }
  }

  /// It puts kitty's pictures where characters of a private plane stand, which is the only way to place them inside tmux: kitty since 0.28,
  /// and Ghostty. Others that know kitty's protocol draw those characters as boxes.
  package var placesByCharacters: Bool {
    guard let program = program?.lowercased() else { return false }
    if program.hasPrefix("ghostty") { return true }
    guard program.hasPrefix("kitty(") else { return false }
    let version = program.dropFirst(6).prefix { $0.isNumber || $0 == "." }.split(separator: ".").compactMap { Int($0) }
    return !version.lexicographicallyPrecedes([0, 28])
  }

  /// No more will come: what is left is no answer.
  package mutating func finish() {
    others += unread
    unread = []
  }

  /// The length of the sequence that begins here; nil while it is unfinished.
  private func answerLength() -> Int? {
    guard unread.count > 1 else { return nil }
    switch unread[1] {
    case 0x5B:
      guard let end = unread.dropFirst(2).firstIndex(where: { (0x40...0x7E).contains($0) }) else { return nil }
      return end + 1
    case 0x5F, 0x50, 0x5D:
      guard let end = unread.indices.first(where: { $0 > 2 && unread[$0] == 0x5C && unread[$0 - 1] == 0x1B }) else { return nil }
      return end + 1
    default: return 1
    }
  }

  private mutating func take(_ answer: [UInt8]) {
    let text = String(decoding: answer.dropFirst(), as: UTF8.self)
    if text.hasPrefix("_Gi=31;") {
      kitty = text.hasPrefix("_Gi=31;OK")
    } else if text.hasPrefix("P>|") {
      program = String(text.dropFirst(3).dropLast(2))
    } else if text.hasPrefix("[?"), text.hasSuffix("c") {
      sixel = text.dropFirst(2).dropLast().split(separator: ";").dropFirst().contains("4")
      isComplete = true
    } else if text.hasPrefix("[6;"), text.hasSuffix("t") {
      let numbers = text.dropFirst(3).dropLast().split(separator: ";").compactMap { Int($0) }
      if numbers.count == 2, numbers[0] > 0, numbers[1] > 0 { cell = PixelSize(numbers[1], numbers[0]) }
    } else if text.first != "_", text.first != "P", text.first != "]" {
      others += answer
    }
  }
}
