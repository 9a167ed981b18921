internal import Mustache

/// Words that Markdown must not take for markup.
enum MarkdownText {
  /// With a backslash before every character that could be a mark.
  static func escaped(_ words: String) -> String {
    var out = ""
    for character in words {
      if "\\`*_[]<>#|~&$".contains(character) { out.append("\\") }
      out.append(character)
    }
    return out
  }

  /// At the beginning of a line also `-`, `+`, `=` and the point or bracket behind a number mean something.
  static func escapedAtLineStart(_ words: String) -> String {
    let digits = words.prefix { $0.isASCII && $0.isNumber }
    if let next = words.dropFirst(digits.count).first, digits.isEmpty ? "-+=".contains(next) : ".)".contains(next) {
      return escaped(String(digits)) + "\\" + String(next) + escaped(String(words.dropFirst(digits.count + 1)))
    }
    return escaped(words)
  }

  /// Marks that are longer than any row of them in the text.
  static func fence(of mark: Character, around text: String, atLeast least: Int) -> String {
    var longest = 0, length = 0
    for character in text {
      length = character == mark ? length + 1 : 0
      longest = max(longest, length)
    }
    return String(repeating: mark, count: max(least, longest + 1))
  }

  /// For the round brackets of a link: characters that are not plain are written as `%` and their bytes.
  static func address(_ address: String) -> String { encoded(address, keeping: "-._~/:?#@!$&'*+,;=%") }

  /// The way to a file beside the document: what means something in an address is a part of its name.
  static func path(_ path: String) -> String { encoded(path, keeping: "-._~/@!$&'*+,;=") }

  private static func encoded(_ text: String, keeping marks: String) -> String {
    text.utf8.map { byte in
      let character = Character(UnicodeScalar(byte))
      let isPlain = byte < 0x80 && (character.isLetter || character.isNumber || marks.contains(character))
      let digits = String(byte, radix: 16, uppercase: true)
      return isPlain ? String(character) : "%" + (digits.count == 1 ? "0" : "") + digits
    }.joined()
  }
}

/// For the template library: what `{{name}}` does to words in Markdown.
struct MarkdownContentType: MustacheContentType {
  func escapeText(_ text: String) -> String { MarkdownText.escaped(text) }
}
