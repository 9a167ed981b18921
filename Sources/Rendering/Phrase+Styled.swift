public import Workbench
internal import Glibc

extension Phrase {
  /// The phrase as text in pieces: numbers to their written places, digests as `@91c0d2aa`, control characters visible. Newlines stay.
  public var styled: StyledText {
    StyledText(pieces.map { piece in
      switch piece {
      case .words(let words): .init(words.escapedForTerminal(keepingNewlines: true))
      case .number(let number): .init(number.fixed)
      case .digest(let digest): .init("@" + digest.prefix(8), .digest)
      }
    })
  }

  /// The number, where the phrase is one number and nothing else.
  var soleNumber: Number? {
    if pieces.count == 1, case .number(let number) = pieces[0] { number } else { nil }
  }
}

extension Number {
  /// The value with its `places` after the point, rounded to nearest; never `-0`.
  var fixed: String { fixedPoint(value, places: places) }
}

/// `value` with `places` digits after the point, correctly rounded, whatever the locale; `nan`, `inf`, `-inf` otherwise.
func fixedPoint(_ value: Double, places: Int) -> String {
  guard value.isFinite else { return value.isNaN ? "nan" : value < 0 ? "-inf" : "inf" }
  let text = withUnsafeTemporaryAllocation(of: CChar.self, capacity: 400) { buffer in
    // Integers up to 1.8e308 have 309 digits; more than 60 places are not asked for.
    _ = withVaList([Int32(min(max(places, 0), 60)), value]) { vsnprintf(buffer.baseAddress, buffer.count, "%.*f", $0) }
    return String(cString: buffer.baseAddress!)
  }
  return text.hasPrefix("-") && !text.contains { ("1"..."9").contains($0) } ? String(text.dropFirst()) : text
}
