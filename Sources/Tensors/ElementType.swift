/// The number types of safetensors files that can be read, each converted to `Float`.
///
/// F16, BF16, I16, I8 and U8 convert exactly; F64, I64 and I32 round to the nearest `Float` where it cannot hold them (whole numbers
/// up to 2^24 are exact), and F64 beyond the range of `Float` becomes infinite.
enum ElementType: String, CaseIterable {
  case float64 = "F64", float32 = "F32", float16 = "F16", brain16 = "BF16"
  case int64 = "I64", int32 = "I32", int16 = "I16", int8 = "I8", uint8 = "U8"

  static var names: String { allCases.map(\.rawValue).joined(separator: ", ") }

  /// Bytes for one number.
  var size: Int {
    switch self {
    case .float64, .int64: 8
    case .float32, .int32: 4
    case .float16, .brain16, .int16: 2
    case .int8, .uint8: 1
    }
  }

  /// The numbers in little-endian `bytes`, whose count is a multiple of `size`; no alignment is needed.
  func floats(in bytes: UnsafeRawBufferPointer) -> [Float] {
    switch self {
    case .float64: read(bytes, as: UInt64.self) { Float(Double(bitPattern: $0)) }
    case .float32: read(bytes, as: UInt32.self) { Float(bitPattern: $0) }
    case .float16: read(bytes, as: UInt16.self) { ElementType.float(half: $0) }
    case .brain16: read(bytes, as: UInt16.self) { Float(bitPattern: UInt32($0) << 16) }
    case .int64: read(bytes, as: Int64.self) { Float($0) }
    case .int32: read(bytes, as: Int32.self) { Float($0) }
    case .int16: read(bytes, as: Int16.self) { Float($0) }
    case .int8: read(bytes, as: Int8.self) { Float($0) }
    case .uint8: read(bytes, as: UInt8.self) { Float($0) }
    }
  }

  private func read<Word: FixedWidthInteger & BitwiseCopyable>(
    _ bytes: UnsafeRawBufferPointer, as word: Word.Type, _ convert: (Word) -> Float
  ) -> [Float] {
    let count = bytes.count / size
    return [Float](unsafeUninitializedCapacity: count) { floats, initialized in
      for i in 0..<count {
        floats[i] = convert(Word(littleEndian: bytes.loadUnaligned(fromByteOffset: i * size, as: Word.self)))
      }
      initialized = count
    }
  }

  /// IEEE half precision, widened exactly. (`Float16` is not there on every platform of Swift.)
  static func float(half bits: UInt16) -> Float {
    let sign = UInt32(bits & 0x8000) << 16
    let exponent = UInt32(bits >> 10 & 0x1F)
    let fraction = UInt32(bits & 0x3FF)
    switch exponent {
    case 0:  // zero and subnormal: fraction * 2^-24
      let magnitude = Float(fraction) * 0x1p-24
      return Float(bitPattern: magnitude.bitPattern | sign)
    case 31:  // infinity and not-a-number
      return Float(bitPattern: sign | 0x7F80_0000 | fraction << 13)
    default:
      return Float(bitPattern: sign | (exponent + 112) << 23 | fraction << 13)
    }
  }
}
