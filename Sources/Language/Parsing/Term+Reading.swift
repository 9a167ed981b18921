extension Term {
  /// Reads one value. Faults that a person can mend, such as `0,01` for 0.01, are told with the mended text.
  static func read(_ word: Word) throws(Diagnostic) -> Term {
    let text = word.text
    func literal(_ literal: Literal) -> Term { Term(.literal(literal), text: text, range: word.range) }
    if text.hasPrefix("\"") { return literal(.text(try unquoted(word))) }
    if text.contains("\"") {
      throw Diagnostic("a quote stands inside a word", at: word.range, remedy: "put the whole text between quotes")
    }
    if let value = try number(text, word.range) { return literal(.number(value)) }
    if text.hasSuffix("%"), let value = try number(text.dropLast(), word.range) { return literal(.percent(value)) }
    if let fraction = try fraction(text, word.range) { return literal(fraction) }
    if let size = try size(word) { return literal(size) }
    if let range = try range(word) { return literal(range) }
    try refuseHabits(word)
    if let mended = mended(text) {
      throw Diagnostic("'\(text)' is not a valid number", at: word.range, remedy: "write \(mended)", replacement: mended)
    }
    if let reference = Reference(text) { return Term(.reference(reference), text: text, range: word.range) }
    return Term(.word, text: text, range: word.range)
  }

  /// Digits with at most one point and an exponent; nil for what does not look like a number.
  private static func number(_ text: some StringProtocol, _ range: SourceRange) throws(Diagnostic) -> Double? {
    var rest = text.utf8[...]
    func digits() -> Int {
      let count = rest.prefix { (0x30...0x39).contains($0) }.count
      rest = rest.dropFirst(count)
      return count
    }
    if rest.first == UInt8(ascii: "-") { rest = rest.dropFirst() }
    guard digits() > 0 else { return nil }
    if rest.first == UInt8(ascii: ".") {
      rest = rest.dropFirst()
      guard digits() > 0 else { return nil }
    }
    if rest.first == UInt8(ascii: "e") || rest.first == UInt8(ascii: "E") {
      rest = rest.dropFirst()
      if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") { rest = rest.dropFirst() }
      guard digits() > 0 else { return nil }
    }
    guard rest.isEmpty, let value = Double(String(text)) else { return nil }
    // A whole number that its sixty-four bits cannot hold would silently become another one.
    if text.utf8.allSatisfy({ $0 == UInt8(ascii: "-") || (0x30...0x39).contains($0) }), Int(text).map({ Int(exactly: value) != $0 }) ?? value.isFinite {
      throw Diagnostic(
        "'\(text)' has more digits than can be kept exactly", at: range, remedy: "whole numbers are exact up to 9007199254740992; larger ones are written with an exponent, such as 1e20")
    }
    guard value.isFinite else { throw Diagnostic("'\(text)' is too large a number", at: range, remedy: "the largest is about 1.8e308") }
    return value
  }

  /// Two whole numbers and what is between them. Paths such as `data/1/2` are none, and `2024/11` still serves as one.
  private static func fraction(_ text: String, _ range: SourceRange) throws(Diagnostic) -> Literal? {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let first = parts.first, let above = whole(first.hasPrefix("-") ? first.dropFirst() : first), let below = whole(parts[1]) else { return nil }
    guard below != 0 else { throw Diagnostic("'\(text)' divides by zero", at: range) }
    return .fraction(first.hasPrefix("-") ? -above : above, below)
  }

  /// Digits that a `Double` holds exactly, without zeros in front.
  private static func whole(_ digits: Substring) -> Int? {
    guard (1...15).contains(digits.utf8.count), digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), digits == "0" || digits.first != "0" else { return nil }
    return Int(digits)
  }

  private static func size(_ word: Word) throws(Diagnostic) -> Literal? {
    let parts = word.text.split(separator: "x", omittingEmptySubsequences: false)
    guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }) else { return nil }
    guard let width = Int(parts[0]), let height = Int(parts[1]), (1...1_000_000).contains(width), (1...1_000_000).contains(height) else {
      throw Diagnostic("'\(word.text)' is not a size", at: word.range, remedy: "width x height in pixels, each 1 to 1000000, such as 512x256")
    }
    return .size(width: width, height: height)
  }

  private static func range(_ word: Word) throws(Diagnostic) -> Literal? {
    guard let dots = word.text.firstRange(ofDots: 2) else { return nil }
    let left = word.text[..<dots.lowerBound], right = word.text[dots.upperBound...]
    guard let low = try end(left, word.range), let high = try end(right, word.range) else { return nil }
    guard low <= high else {
      throw Diagnostic("the range '\(word.text)' ends before it starts", at: word.range, remedy: "write \(right)..\(left)", replacement: "\(right)..\(left)")
    }
    return .range(low, high)
  }

  /// One end of a range, which may be a percentage.
  private static func end(_ text: Substring, _ range: SourceRange) throws(Diagnostic) -> Double? {
    if text.hasSuffix("%") { return try number(text.dropLast(), range).map(Literal.hundredth) }
    if let number = try number(text, range) { return number }
    return try fraction(String(text), range)?.number
  }

  /// The spelling that was meant by `0,01`, `.5`, `5.`, `512X256`, `512×256`, `1...2`; nil for other words.
  private static func mended(_ text: String) -> String? {
    guard let first = text.first, text.utf8.count < 64, first.isNumber || first == "." || first == "-" || first == "+" else { return nil }
    var candidate = text
    if candidate.hasPrefix("+") { candidate.removeFirst() }
    for (wrong, right) in [(",", "."), ("X", "x"), ("×", "x"), ("*", "x"), ("...", ".."), ("..<", ".."), ("−", "-")] {
      candidate = candidate.replacing(wrong, with: right)
    }
    if candidate.hasPrefix(".") { candidate = "0" + candidate }
    if candidate.hasPrefix("-.") { candidate = "-0" + candidate.dropFirst() }
    if candidate.hasSuffix("."), !candidate.hasSuffix("..") { candidate.removeLast() }
    guard candidate != text, let term = try? read(Word(candidate, SourceRange(0, 0))), let literal = term.literal else { return nil }
    return literal.description
  }

  private static func unquoted(_ word: Word) throws(Diagnostic) -> String {
    let scalars = Array(word.text.unicodeScalars)
    var out = String.UnicodeScalarView()
    var at = 1
    while at < scalars.count {
      switch scalars[at] {
      case "\"":
        guard at == scalars.count - 1 else {
          throw Diagnostic("something follows the closing quote", at: word.range, remedy: "put a space after it")
        }
        return String(out)
      case "\\":
        let (scalar, length) = try escaped(scalars[(at + 1)...], word.range)
        out.append(scalar)
        at += 1 + length
      default:
        out.append(scalars[at])
        at += 1
      }
    }
    throw Diagnostic("this text never ends", at: word.range, remedy: "add a closing \"")
  }

  /// What stands after a `\`, and how many characters it takes.
  private static func escaped(_ rest: ArraySlice<Unicode.Scalar>, _ range: SourceRange) throws(Diagnostic) -> (Unicode.Scalar, Int) {
    switch rest.first {
    case "\"": return ("\"", 1)
    case "\\": return ("\\", 1)
    case "n": return ("\n", 1)
    case "t": return ("\t", 1)
    case "u":
      let digits = rest.dropFirst(2).prefix { $0 != "}" }
      if rest.dropFirst().first == "{", digits.count <= 6, rest.dropFirst(2 + digits.count).first == "}",
        let value = UInt32(String(String.UnicodeScalarView(digits)), radix: 16), let scalar = Unicode.Scalar(value) {
        return (scalar, digits.count + 3)
      }
      fallthrough
    default:
      throw Diagnostic("a text has an unknown escape after \\", at: range, remedy: "\\\" \\\\ \\n \\t \\u{e9} are known")
    }
  }
}

extension String {
  /// The first run of full stops, where it is exactly `count` long.
  fileprivate func firstRange(ofDots count: Int) -> Range<String.Index>? {
    let dots = String(repeating: ".", count: count)
    guard let range = firstRange(of: dots), !self[range.upperBound...].hasPrefix(".") else { return nil }
    return range
  }
}
