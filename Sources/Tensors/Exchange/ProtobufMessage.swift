/// A message in the wire format of protocol buffers, written field by field: https://protobuf.dev/programming-guides/encoding.
///
/// ONNX's models and TensorBoard's events take some twenty messages and four kinds of fields; swift-protobuf would compile for longer than all
/// of Segue's numeric half to write them, so that a first build decides for these lines.
///
///     var dimension = ProtobufMessage()
///     dimension.add(1, 19)
///     var shape = ProtobufMessage()
///     shape.add(1, dimension)
public struct ProtobufMessage: Sendable, Hashable {
  public private(set) var bytes: [UInt8] = []

  private enum WireType: UInt64 {
    case varint = 0, eightBytes = 1, delimited = 2, fourBytes = 5
  }

  public init(capacity: Int = 0) { bytes.reserveCapacity(capacity) }

  /// An integer, an enumeration's value or a truth value (1). Negative numbers take ten bytes, as int64 has them.
  public mutating func add(_ field: Int, _ value: Int) {
    addKey(field, .varint)
    addVarint(UInt64(bitPattern: Int64(value)))
  }

  public mutating func add(_ field: Int, _ value: Float) {
    addKey(field, .fourBytes)
    addLittleEndian(value.bitPattern)
  }

  public mutating func add(_ field: Int, _ value: Double) {
    addKey(field, .eightBytes)
    addLittleEndian(value.bitPattern)
  }

  public mutating func add(_ field: Int, _ text: String) { add(field, bytes: Array(text.utf8)) }

  public mutating func add(_ field: Int, _ message: ProtobufMessage) { add(field, bytes: message.bytes) }

  public mutating func add(_ field: Int, bytes content: [UInt8]) {
    addKey(field, .delimited)
    addVarint(UInt64(content.count))
    bytes += content
  }

  private mutating func addKey(_ field: Int, _ type: WireType) {
    precondition(field > 0, "fields are numbered from 1")
    addVarint(UInt64(field) << 3 | type.rawValue)
  }

  private mutating func addVarint(_ value: UInt64) {
    var rest = value
    while rest > 0x7F {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  private mutating func addLittleEndian(_ value: some FixedWidthInteger) {
    withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
  }
}
