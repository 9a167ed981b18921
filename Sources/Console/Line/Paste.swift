/// A pasted text as lines to run.
package enum Paste {
  package static let prompt = "segue> "
  package static let continuation = "     > "

  /// The lines of a text, an indented line joined to the one above as in a session file, tabs as blanks, control characters gone.
  /// The last line is what stays to be edited: it is empty where the text ended in a newline. Of a text that was copied from a screen,
  /// with its prompts, only what was typed behind them is taken.
  package static func lines(_ text: String) -> [String] {
    var lines: [String] = [""]
    var wasReturn = false
    for scalar in text.unicodeScalars {
      let isReturn = scalar == "\r"
      switch scalar {
      case "\n" where wasReturn: break
      case "\n", "\r": lines.append("")
      case "\t": lines[lines.count - 1] += "  "
      case _ where scalar.value < 0x20 || (0x7F..<0xA0).contains(scalar.value): break
      default: lines[lines.count - 1].unicodeScalars.append(scalar)
      }
      wasReturn = isReturn
    }
    if lines.contains(where: { $0.hasPrefix(prompt) }) { lines = typed(lines) }
    var joined: [String] = []
    for (index, line) in lines.enumerated() {
      let isLast = index == lines.count - 1
      if index > 0, line.first == " ", let above = joined.last, !above.isEmpty, above.first != "#", line.contains(where: { $0 != " " }) {
        joined[joined.count - 1] += " " + line.drop { $0 == " " }
      } else if !line.allSatisfy({ $0 == " " }) || isLast {
        joined.append(line)
      }
    }
    // A continuation on the last line, which is not yet ended, stays to be edited.
    return joined
  }

  /// What stands behind the prompts of a screen, lines that a backslash continues joined; the last line where it has no prompt ends the text.
  private static func typed(_ lines: [String]) -> [String] {
    var typed: [String] = []
    for line in lines {
      if line.hasPrefix(prompt) {
        typed.append(String(line.dropFirst(prompt.count)))
      } else if line.hasPrefix(continuation), let above = typed.last, above.hasSuffix("\\") {
        typed[typed.count - 1] = String(above.dropLast()) + String(line.dropFirst(continuation.count))
      }
    }
    return lines.last?.hasPrefix(prompt) ?? false ? typed : typed + [""]
  }
}
