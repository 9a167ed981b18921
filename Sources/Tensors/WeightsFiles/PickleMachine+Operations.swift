extension PickleMachine {
  /// Follows one operation; false where it was the last.
  mutating func step() throws -> Bool {
    let operation = try cursor.byte()
    switch operation {
    case UInt8(ascii: "."): return false
    case 0x80: _ = try cursor.byte()  // protocol
    case 0x95: _ = try cursor.take(8)  // frame
    // Stack and memo.
    case UInt8(ascii: "("): try mark()
    case UInt8(ascii: "0"): _ = isMarkOnTop ? try popMarked() : [try pop()]
    case UInt8(ascii: "1"): _ = try popMarked()
    case UInt8(ascii: "2"): try push(top())
    case UInt8(ascii: "p"): try put(decimal())
    case UInt8(ascii: "q"): try put(Int(cursor.byte()))
    case UInt8(ascii: "r"): try put(cursor.count(UInt32.self))
    case UInt8(ascii: "g"): try get(decimal())
    case UInt8(ascii: "h"): try get(Int(cursor.byte()))
    case UInt8(ascii: "j"): try get(cursor.count(UInt32.self))
    case 0x94: try memoize()
    // Objects.
    case UInt8(ascii: "c"): try push(name(cursor.line(), cursor.line()))
    case 0x93:
      let names = try pop(2)
      guard case .text(let module) = names[0], case .text(let name) = names[1] else { throw PickleMachine.damaged }
      try push(.name(module, name))
    case 0x82: try push(.name("extension", String(cursor.byte())))
    case 0x83: try push(.name("extension", String(cursor.number(UInt16.self))))
    case 0x84: try push(.name("extension", String(cursor.number(UInt32.self))))
    case UInt8(ascii: "R"), 0x81: try reduce()
    case 0x92: try reduce(2)
    case UInt8(ascii: "o"): try instance(of: nil)
    case UInt8(ascii: "i"):
      try push(name(cursor.line(), cursor.line()))
      try instance(of: pop())
    case UInt8(ascii: "b"): try build()
    case UInt8(ascii: "P"):
      let id = text(try cursor.line())
      try push(.persistent(id))
    case UInt8(ascii: "Q"): try push(.persistent(pop()))
    // Containers.
    case UInt8(ascii: ")"): try push(.tuple)
    case UInt8(ascii: "t"): try push(.tuple, popMarked())
    case 0x85, 0x86, 0x87: try push(.tuple, pop(Int(operation) - 0x84))
    case UInt8(ascii: "]"): try push(.list)
    case UInt8(ascii: "l"): try push(.list, popMarked())
    case UInt8(ascii: "a"): try extend([pop()], pairs: false)
    case UInt8(ascii: "e"), 0x90: try extend(popMarked(), pairs: false)
    case UInt8(ascii: "}"): try push(.dictionary)
    case UInt8(ascii: "d"):
      let pairs = try popMarked()
      guard pairs.count.isMultiple(of: 2) else { throw PickleMachine.damaged }
      try push(.dictionary, pairs)
    case UInt8(ascii: "s"): try extend(pop(2), pairs: true)
    case UInt8(ascii: "u"): try extend(popMarked(), pairs: true)
    case 0x8F: try push(.set)
    case 0x91: try push(.set, popMarked())
    default: try push(scalar(operation))
    }
    return true
  }

  private mutating func scalar(_ operation: UInt8) throws -> PickleValue {
    switch operation {
    case UInt8(ascii: "N"): return .none
    case 0x88: return .flag(true)
    case 0x89: return .flag(false)
    case UInt8(ascii: "K"): return .integer(Int(try cursor.byte()))
    case UInt8(ascii: "M"): return .integer(Int(try cursor.number(UInt16.self)))
    case UInt8(ascii: "J"): return .integer(Int(Int32(bitPattern: try cursor.number(UInt32.self))))
    case UInt8(ascii: "I"):
      let line = String(decoding: try cursor.line(), as: UTF8.self)
      if line == "00" || line == "01" { return .flag(line == "01") }
      return Int(line).map(PickleValue.integer) ?? .large([])
    case UInt8(ascii: "L"):
      let line = String(decoding: try cursor.line(), as: UTF8.self)
      return Int(line.hasSuffix("L") ? String(line.dropLast()) : line).map(PickleValue.integer) ?? .large([])
    case 0x8A: return whole(try cursor.take(Int(cursor.byte())))
    case 0x8B: return whole(try cursor.take(cursor.count(UInt32.self)))
    case UInt8(ascii: "F"):
      guard let number = Double(String(decoding: try cursor.line(), as: UTF8.self)) else { throw PickleMachine.damaged }
      return .real(number)
    case UInt8(ascii: "G"): return .real(Double(bitPattern: try cursor.number(UInt64.self).byteSwapped))
    case UInt8(ascii: "V"): return text(try cursor.line())
    case UInt8(ascii: "S"):
      let line = try cursor.line()
      guard line.count >= 2, let quote = line.first, quote == 0x22 || quote == 0x27, line.last == quote else { throw PickleMachine.damaged }
      return text(line.dropFirst().dropLast())
    case UInt8(ascii: "X"), UInt8(ascii: "T"): return text(try cursor.take(cursor.count(UInt32.self)))
    case UInt8(ascii: "U"), 0x8C: return text(try cursor.take(Int(cursor.byte())))
    case 0x8D: return text(try cursor.take(cursor.count(UInt64.self)))
    case UInt8(ascii: "B"): return try skipped(cursor.take(cursor.count(UInt32.self)))
    case UInt8(ascii: "C"): return try skipped(cursor.take(Int(cursor.byte())))
    case 0x8E, 0x96: return try skipped(cursor.take(cursor.count(UInt64.self)))
    default: throw ReadingFault.malformed("its pickle holds the unknown operation \(operation)")
    }
  }

  /// Bytes are passed over: no weight lies in them.
  private func skipped(_ bytes: ArraySlice<UInt8>) throws -> PickleValue { .bytes }

  /// UTF-8, as Python 3 writes it; a byte string of Python 2 that is none keeps its bytes as Latin-1.
  private func text(_ bytes: ArraySlice<UInt8>) -> PickleValue {
    if let text = String(validating: bytes, as: UTF8.self) { return .text(text) }
    var scalars = String.UnicodeScalarView()
    scalars.append(contentsOf: bytes.map { Unicode.Scalar($0) })
    return .text(String(scalars))
  }

  private func whole(_ bytes: ArraySlice<UInt8>) -> PickleValue {
    guard bytes.count <= 8 else { return .large(bytes.count <= 32 ? Array(bytes) : []) }
    let filled = bytes.last.map { $0 & 0x80 != 0 } == true ? UInt64.max : 0
    return .integer(Int(Int64(bitPattern: bytes.reversed().reduce(filled) { $0 << 8 | UInt64($1) })))
  }

  private func name(_ module: ArraySlice<UInt8>, _ name: ArraySlice<UInt8>) -> PickleObject.Form {
    .name(String(decoding: module, as: UTF8.self), String(decoding: name, as: UTF8.self))
  }

  private mutating func decimal() throws -> Int {
    guard let number = Int(String(decoding: try cursor.line(), as: UTF8.self)), number >= 0 else { throw PickleMachine.damaged }
    return number
  }
}
