/// A pasted text as lines to run.
package enum Paste {
  /// The lines of a text, an indented line joined to the one above as in a session file, tabs as blanks, control characters gone.
  /// The last line is what stays to be edited: it is empty where the text ended in a newline.
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
}
