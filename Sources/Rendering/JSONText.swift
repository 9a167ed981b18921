internal import Language

/// JSON that keeps the order in which its keys were written and every digit of its numbers.
package indirect enum JSONText: Sendable, Equatable {
  case null
  case bool(Bool)
  case int(Int)
  /// Written so that reading it gives the same bits; a number that JSON has no way to write (not finite) becomes null.
  case number(Double)
  case string(String)
  case array([JSONText])
  case object([(String, JSONText)])

  package static func == (a: JSONText, b: JSONText) -> Bool { a.text == b.text }

  /// One line.
  package var text: String {
    var out = ""
    write(to: &out)
    return out
  }

  /// A line for each member, indented by one blank a level, as notebooks are written.
  package var indented: String {
    var out = ""
    write(to: &out, level: 0)
    return out
  }

  private func write(to out: inout String, level: Int) {
    let inner = "\n" + String(repeating: " ", count: level + 1), outer = "\n" + String(repeating: " ", count: level)
    switch self {
    case .array(let values) where !values.isEmpty:
      for (index, value) in values.enumerated() {
        out += (index == 0 ? "[" : ",") + inner
        value.write(to: &out, level: level + 1)
      }
      out += outer + "]"
    case .object(let members) where !members.isEmpty:
      for (index, member) in members.enumerated() {
        out += (index == 0 ? "{" : ",") + inner
        Self.quote(member.0, to: &out)
        out += ": "
        member.1.write(to: &out, level: level + 1)
      }
      out += outer + "}"
    default: write(to: &out)
    }
  }

  private func write(to out: inout String) {
    switch self {
    case .null: out += "null"
    case .bool(let value): out += value ? "true" : "false"
    case .int(let value): out += String(value)
    case .number(let value): out += Self.digits(value)
    case .string(let value): Self.quote(value, to: &out)
    case .array(let values):
      out += "["
      for (index, value) in values.enumerated() {
        if index > 0 { out += "," }
        value.write(to: &out)
      }
      out += "]"
    case .object(let members):
      out += "{"
      for (index, member) in members.enumerated() {
        if index > 0 { out += "," }
        Self.quote(member.0, to: &out)
        out += ":"
        member.1.write(to: &out)
      }
      out += "}"
    }
  }

  private static func digits(_ value: Double) -> String {
    guard value.isFinite else { return "null" }
    if value == value.rounded(), abs(value) < 1e15 { return String(Int64(value)) }
    return "\(value)"
  }

  private static func quote(_ value: String, to out: inout String) {
    out += "\""
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\"": out += "\\\""
      case "\\": out += "\\\\"
      case "\n": out += "\\n"
      case "\r": out += "\\r"
      case "\t": out += "\\t"
      case _ where scalar.steersTerminal:
        let digits = String(scalar.value, radix: 16)
        out += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: out.unicodeScalars.append(scalar)
      }
    }
    out += "\""
  }
}
