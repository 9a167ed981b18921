/// The part of JSON that safetensors headers are written in: objects, strings and lists of whole numbers.
///
/// A reader of its own, because a general one forgets the order of members and lets names repeat. Depth is bounded by the callers,
/// memory by the length of the text.
struct JSONText {
  private let bytes: ArraySlice<UInt8>
  private var place: Int

  init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    place = bytes.startIndex
  }

  /// `what` went wrong here.
  func fault(_ what: String) -> SafetensorsError.Fault { .malformedHeader(what, at: place - bytes.startIndex) }

  /// Reads an object; `member` is called after each name and its colon, and reads the value.
  mutating func members(
    _ member: (inout JSONText, String) throws(SafetensorsError.Fault) -> Void
  ) throws(SafetensorsError.Fault) {
    try expect("{")
    if skip("}") { return }
    repeat {
      let name = try string()
      try expect(":")
      try member(&self, name)
    } while skip(",")
    try expect("}")
  }

  /// Reads a list of whole numbers from 0 to `Int.max`.
  mutating func integers() throws(SafetensorsError.Fault) -> [Int] {
    try expect("[")
    if skip("]") { return [] }
    var numbers: [Int] = []
    repeat { numbers.append(try integer()) } while skip(",")
    try expect("]")
    return numbers
  }

  /// Reads a string with its escapes.
  mutating func string() throws(SafetensorsError.Fault) -> String {
    try expect("\"")
    var text: [UInt8] = []
    while true {
      switch next() {
      case UInt8(ascii: "\""):
        guard let string = String(validating: text, as: UTF8.self) else { throw fault("a string that is not UTF-8 ends") }
        return string
      case UInt8(ascii: "\\"): text += Array(String(try escaped()).utf8)
      case let byte? where byte >= 0x20: text.append(byte)
      case nil: throw fault("a string has no end")
      default: throw fault("a string holds a control character")
      }
    }
  }

  /// Nothing but white space may follow.
  mutating func end() throws(SafetensorsError.Fault) {
    skipSpace()
    guard place == bytes.endIndex else { throw fault("there is more than one object") }
  }

  private mutating func integer() throws(SafetensorsError.Fault) -> Int {
    skipSpace()
    let start = place
    var number = 0
    while let byte = peek, UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte {
      let (tens, over) = number.multipliedReportingOverflow(by: 10)
      let (sum, above) = tens.addingReportingOverflow(Int(byte) - 0x30)
      guard !over, !above else { throw fault("a number is too large") }
      number = sum
      place += 1
    }
    guard place > start, place == start + 1 || bytes[start] != UInt8(ascii: "0") else { throw fault("there is no whole number") }
    return number
  }

  private mutating func escaped() throws(SafetensorsError.Fault) -> Unicode.Scalar {
    switch next() {
    case UInt8(ascii: "\""): return "\""
    case UInt8(ascii: "\\"): return "\\"
    case UInt8(ascii: "/"): return "/"
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"):
      let unit = try hexadecimal()
      if let scalar = Unicode.Scalar(unit) { return scalar }
      // A pair of surrogates, high then low, stands for one character beyond the first 65536.
      guard unit < 0xDC00, next() == UInt8(ascii: "\\"), next() == UInt8(ascii: "u") else { throw fault("a surrogate is alone") }
      let low = try hexadecimal()
      guard 0xDC00..<0xE000 ~= low, let scalar = Unicode.Scalar(0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00)) else {
        throw fault("a surrogate is alone")
      }
      return scalar
    default: throw fault("an escape is unknown")
    }
  }

  private mutating func hexadecimal() throws(SafetensorsError.Fault) -> UInt32 {
    var unit: UInt32 = 0
    for _ in 0..<4 {
      guard let byte = next(), let digit = Character(Unicode.Scalar(byte)).hexDigitValue else { throw fault("an escape is cut short") }
      unit = unit << 4 | UInt32(digit)
    }
    return unit
  }

  private var peek: UInt8? { place < bytes.endIndex ? bytes[place] : nil }

  private mutating func next() -> UInt8? {
    guard let byte = peek else { return nil }
    place += 1
    return byte
  }

  private mutating func skipSpace() {
    while let byte = peek, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { place += 1 }
  }

  private mutating func skip(_ sign: Unicode.Scalar) -> Bool {
    skipSpace()
    guard peek == UInt8(ascii: sign) else { return false }
    place += 1
    return true
  }

  private mutating func expect(_ sign: Unicode.Scalar) throws(SafetensorsError.Fault) {
    guard skip(sign) else { throw fault("there is no \(sign)") }
  }

  /// `text` as a JSON string.
  static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\u{0}"..<"\u{20}":
        let digits = String(scalar.value, radix: 16)
        quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}
