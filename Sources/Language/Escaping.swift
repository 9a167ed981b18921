extension StringProtocol {
  /// The text with everything that could steer a terminal or turn its writing direction made visible, as `\u{1b}`: names, paths, prose and
  /// labels come from files, and a file must not be able to move the cursor. Newlines are escaped too unless they are kept.
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
  public var steersTerminal: Bool {
    switch value {
    case 0..<0x20, 0x7F..<0xA0, 0x61C, 0x200E...0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF: true
    default: false
    }
  }

  /// Those of them that no text needs: all but tabs, line ends, and the marks that Arabic and Hebrew are written with.
  var isOutOfPlace: Bool {
    switch value {
    case 0x09, 0x0A, 0x0D, 0x61C, 0x200E...0x200F: false
    default: steersTerminal
    }
  }
}

extension Script {
  /// Control characters, escape sequences and overrides of the writing direction in prose, comments and recorded outputs, where reading
  /// finds no fault: one diagnostic a line. A screen shows them escaped; a text without them says what it seems to say everywhere.
  public var unseenCharacters: [Diagnostic] {
    items.compactMap { item in
      let text = source[item.range]
      // Statements are read strictly; only what stands behind their ` #` may hold anything.
      if case .statement(_, comment: nil) = item.content { return nil }
      guard let index = text.unicodeScalars.firstIndex(where: \.isOutOfPlace) else { return nil }
      let start = item.range.start + text.utf8.distance(from: text.startIndex, to: index)
      let scalar = text.unicodeScalars[index], name = Lexer.hexadecimal(scalar)
      let range = SourceRange(start, start + String(scalar).utf8.count)
      if diagnostics.contains(where: { $0.range.map { $0.start <= start && start < $0.end } ?? false }) { return nil }
      return Diagnostic("the character U+\(name) is invisible and controls the screen", at: range, remedy: "remove it; screens show it as \\u{\(String(scalar.value, radix: 16))}")
    }
  }
}
