/// Reads the wire format of protocol buffers back, for tests of what writes it. It believes what it reads, and traps where that is wrong.
public struct ProtobufReader {
  public enum Field {
    case varint(UInt64)
    case fourBytes(UInt32)
    case eightBytes(UInt64)
    case delimited([UInt8])
  }

  public let fields: [(number: Int, field: Field)]

  public init(_ bytes: [UInt8]) {
    var rest = bytes[...], fields: [(Int, Field)] = []
    func varint() -> UInt64 {
      var value: UInt64 = 0, shift = 0
      while let byte = rest.popFirst() {
        value |= UInt64(byte & 0x7F) << shift
        shift += 7
        if byte < 0x80 { break }
      }
      return value
    }
    func little(_ count: Int) -> UInt64 {
      defer { rest = rest.dropFirst(count) }
      return rest.prefix(count).enumerated().reduce(0) { $0 | UInt64($1.element) << (8 * $1.offset) }
    }
    while !rest.isEmpty {
      let key = varint()
      let field: Field
      switch key & 7 {
      case 0: field = .varint(varint())
      case 1: field = .eightBytes(little(8))
      case 2:
        let count = Int(varint())
        field = .delimited(Array(rest.prefix(count)))
        rest = rest.dropFirst(count)
      case 5: field = .fourBytes(UInt32(little(4)))
      default: preconditionFailure("wire type \(key & 7)")
      }
      fields.append((Int(key >> 3), field))
    }
    self.fields = fields
  }

  public func messages(_ number: Int) -> [ProtobufReader] { contents(number).map(ProtobufReader.init) }
  public func texts(_ number: Int) -> [String] { contents(number).map { String(decoding: $0, as: UTF8.self) } }
  public func contents(_ number: Int) -> [[UInt8]] { all(number).compactMap { if case .delimited(let bytes) = $0 { bytes } else { nil } } }
  public func integers(_ number: Int) -> [Int] { all(number).compactMap { if case .varint(let value) = $0 { Int(Int64(bitPattern: value)) } else { nil } } }
  public func floats(_ number: Int) -> [Float] { all(number).compactMap { if case .fourBytes(let bits) = $0 { Float(bitPattern: bits) } else { nil } } }
  public func doubles(_ number: Int) -> [Double] { all(number).compactMap { if case .eightBytes(let bits) = $0 { Double(bitPattern: bits) } else { nil } } }

  private func all(_ number: Int) -> [Field] { fields.filter { $0.number == number }.map(\.field) }
}
