extension StringProtocol {
  /// The text with everything that could steer a terminal or turn its writing direction made visible, as `\u{1b}`: names and
  /// paths come from files, and a file must not be able to move the cursor. Newlines are escaped too unless they are kept.
  public func escapedForTerminal(keepingNewlines: Bool = false) -> String {
    guard unicodeScalars.contains(where: { $0.steersTerminal }) else { return String(self) }
    var out = ""
    for scalar in unicodeScalars {
      switch scalar {
      case "\n" where keepingNewlines: out.unicodeScalars.append(scalar)
      case "\n": out += "\\n"
      case "\t": out += keepingNewlines ? "  " : "\\t"
      case "\r": out += "\\r"
      case _ where scalar.steersTerminal: out += "\\u{\(String(scalar.value, radix: 16))}"
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out
  }
}

extension Unicode.Scalar {
  /// Control characters, and the marks that turn the direction of writing or start a line.
  var steersTerminal: Bool {
    switch value {
    case 0..<0x20, 0x7F..<0xA0, 0x200E...0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF: true
    default: false
    }
  }
}
