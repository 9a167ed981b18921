/// A value written out in a statement.
public enum Literal: Sendable, Hashable, Codable {
  case number(Double)
  /// `1%` is `.percent(1)`, and stands for 0.01.
  case percent(Double)
  /// `1/3`: two whole numbers, and stands for the nearest number to their quotient. It is recorded as it is written; a setting, which is
  /// recorded in base units, records that number, whose digits read back as the same bits.
  case fraction(Int, Int)
  /// Width first, always: `512x256`.
  case size(width: Int, height: Int)
  /// Both ends belong to it: `0.75..1.5`.
  case range(Double, Double)
  case text(String)

  /// The number that this stands for: 0.01 for `1%`; nil for what is not a number.
  public var number: Double? {
    switch self {
    case .number(let value): value
    case .percent(let value): Literal.hundredth(value)
    case .fraction(let above, let below): Double(above) / Double(below)
    default: nil
    }
  }

  /// What it is, as messages call it: `a number`.
  public var kindWithArticle: String {
    switch self {
    case .number, .percent, .fraction: "a number"
    case .size: "a size"
    case .range: "a range"
    case .text: "a text"
    }
  }

  /// A hundredth, rounded as the decimal digits would be: 7% is 0.07, not 0.07000000000000001.
  static func hundredth(_ value: Double) -> Double { Double(spelled(value) + "e-2") ?? Double(spelled(value)).map { $0 / 100 } ?? value / 100 }

  /// The shortest text that reads back as the same number: `25`, `0.01`, `2.5e-5`.
  public static func spelled(_ value: Double) -> String {
    if value == 0 { return "0" }
    if value.magnitude < 1e15, value == value.rounded() { return String(Int64(value)) }
    let text = "\(value)"
    guard let e = text.firstIndex(of: "e") else { return text }
    let mantissa = text[..<e].hasSuffix(".0") ? text[..<e].dropLast(2) : text[..<e]
    let exponent = Int(text[text.index(after: e)...]) ?? 0
    return "\(mantissa)e\(exponent)"
  }

  /// `text` between quotes, with what would break the line escaped.
  public static func quoted(_ text: String) -> String {
    var out = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": out += "\\\""
      case "\\": out += "\\\\"
      case "\n": out += "\\n"
      case "\t": out += "\\t"
      case _ where isForbidden(scalar): out += "\\u{" + String(scalar.value, radix: 16) + "}"
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out + "\""
  }
}

extension Literal: CustomStringConvertible {
  /// The canonical spelling.
  public var description: String {
    switch self {
    case .number(let value): Literal.spelled(value)
    case .percent(let value): Literal.spelled(value) + "%"
    case .fraction(let above, let below): "\(above)/\(below)"
    case .size(let width, let height): "\(width)x\(height)"
    case .range(let low, let high): "\(Literal.spelled(low))..\(Literal.spelled(high))"
    case .text(let text): Literal.quoted(text)
    }
  }
}

/// What may not stand in a statement as it is: it could make a line look like another one.
func isForbidden(_ scalar: Unicode.Scalar) -> Bool { scalar.steersTerminal }
