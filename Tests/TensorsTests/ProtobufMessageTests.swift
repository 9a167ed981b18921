import Tensors
import TestSupport
import Testing

/// Against the examples of the format's own documentation, and read back.
@Suite struct ProtobufMessageTests {
  static let cases: [(@Sendable (inout ProtobufMessage) -> Void, [UInt8])] = [
    ({ $0.add(1, 150) }, [0x08, 0x96, 0x01]),
    ({ $0.add(2, "testing") }, [0x12, 0x07] + Array("testing".utf8)),
    ({ $0.add(3, inner(1, 150)) }, [0x1A, 0x03, 0x08, 0x96, 0x01]),
    ({ $0.add(1, 0) }, [0x08, 0x00]),
    ({ $0.add(1, -1) }, [0x08] + [UInt8](repeating: 0xFF, count: 9) + [0x01]),
    ({ $0.add(16, 1) }, [0x80, 0x01, 0x01]),
    ({ $0.add(2, Float(1)) }, [0x15, 0, 0, 0x80, 0x3F]),
    ({ $0.add(1, 1.0) }, [0x09, 0, 0, 0, 0, 0, 0, 0xF0, 0x3F]),
    ({ $0.add(9, bytes: []) }, [0x4A, 0x00]),
  ]

  private static func inner(_ field: Int, _ value: Int) -> ProtobufMessage {
    var message = ProtobufMessage()
    message.add(field, value)
    return message
  }

  @Test(arguments: cases.indices) func fieldsAreWrittenAsDocumented(_ index: Int) {
    var message = ProtobufMessage()
    Self.cases[index].0(&message)
    #expect(message.bytes == Self.cases[index].1)
  }

  @Test func whatIsWrittenIsReadBack() {
    var message = ProtobufMessage()
    let integers = [0, 1, 127, 128, 1 << 35, Int.max, Int.min, -5]
    for integer in integers { message.add(7, integer) }
    message.add(2000, "späť")
    message.add(5, bytes: [UInt8](repeating: 9, count: 300))
    let read = ProtobufReader(message.bytes)
    #expect(read.integers(7) == integers && read.texts(2000) == ["späť"] && read.contents(5) == [[UInt8](repeating: 9, count: 300)])
  }
}
