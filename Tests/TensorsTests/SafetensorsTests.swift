import FoundationEssentials
import Tensors
import Testing

@Suite struct SafetensorsTests {
  @Test func whatIsWrittenIsReadBack() throws {
    let file = Safetensors(
      [
        ("z", Tensor(shape: [2, 3], values: [0, 1, -2, 3.5, 1e-20, .infinity])),
        ("a \"quoted\" \\ name\n\u{1}é🚲", Tensor(shape: [], values: [7])),
        ("empty", Tensor(shape: [0, 4], values: [])),
      ], metadata: ["note": "line\nline \"two\"", "b": ""])
    let read = try Safetensors(decoding: file.encoded)
    #expect(read == file)
    #expect(read.names == ["z", "a \"quoted\" \\ name\n\u{1}é🚲", "empty"])
    #expect(read["empty"]?.shape == [0, 4])
    #expect(read["missing"] == nil)
  }

  @Test func numbersStartAtAMultipleOfEightAndBytesAreStable() throws {
    for length in 1...9 {
      let file = Safetensors([(String(repeating: "n", count: length), Tensor(shape: [1], values: [1]))], metadata: ["b": "2", "a": "1"])
      #expect((file.encoded.count - 4) % 8 == 0)
      #expect(file.encoded == file.encoded)
    }
    #expect(Safetensors([]).encoded == [8, 0, 0, 0, 0, 0, 0, 0] + Array("{}      ".utf8))
    #expect(try Safetensors(decoding: Safetensors([]).encoded) == Safetensors([]))
  }

  @Test func notANumberKeepsItsBits() throws {
    let bits: [UInt32] = [0x7FC0_0001, 0xFF80_0000, 0x8000_0000, 1]
    let file = Safetensors([("x", Tensor(shape: [4], values: bits.map(Float.init(bitPattern:))))])
    let read = try Safetensors(decoding: file.encoded)
    #expect(read["x"]?.values.map(\.bitPattern) == bits)
  }

  /// Made by `serialize` of the Python package `safetensors` 0.8.0, with one tensor of each of its types named below.
  @Test func readsAFileOfThePythonPackage() throws {
    let bytes = try #require(Data(base64Encoded: SafetensorsTests.python.filter { !$0.isWhitespace }))
    let file = try Safetensors(decoding: Array(bytes), from: "python.safetensors")
    #expect(file.names == ["features.0.bn.num_batches_tracked", "double", "empty", "weight", "ints", "brain", "half", "bytes"])
    #expect(file.metadata == ["format": "pt", "note": "a \"quoted\" é\n"])
    #expect(file["features.0.bn.num_batches_tracked"] == Tensor(shape: [], values: [12345]))
    #expect(file["double"] == Tensor(shape: [2], values: [0.1, -1e-3]))
    #expect(file["empty"] == Tensor(shape: [0, 4], values: []))
    #expect(file["weight"] == Tensor(shape: [2, 3], values: [0, 1, -2, 3.5, 1e-20, 7]))
    #expect(file["ints"] == Tensor(shape: [2, 1], values: [-7, 16_777_216]))
    #expect(file["brain"] == Tensor(shape: [3], values: [1, -3.140625, 9.969209968386869e37]))
    #expect(file["half"] == Tensor(shape: [2, 3, 1], values: [1, -2.5, 65504, 5.960464477539063e-08, 6.097555160522461e-05, .infinity]))
    #expect(file["bytes"] == Tensor(shape: [3], values: [0, 128, 255]))
  }

  /// Every half-precision number, against the arithmetic that defines it.
  @Test func halvesAreExact() throws {
    let words = (0...UInt16.max).map { $0 }
    let bytes = words.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
    let file = try Safetensors(decoding: assemble(#"{"h":{"dtype":"F16","shape":[65536],"data_offsets":[0,131072]}}"#, bytes))
    let floats = try #require(file["h"]).values
    for (word, float) in zip(words, floats) {
      let (exponent, fraction) = (Int(word >> 10 & 31), Float(word & 1023))
      let sign: Float = word >> 15 == 0 ? 1 : -1
      switch exponent {
      case 31: #expect(fraction == 0 ? float == sign * .infinity : float.isNaN)
      case 0: #expect(float == sign * fraction * 0x1p-24 && float.sign == (sign < 0 ? .minus : .plus))
      default: #expect(float == sign * Float(sign: .plus, exponent: exponent - 15, significand: 1 + fraction / 1024))
      }
    }
  }

  @Test(arguments: [
    (#"{"x":{"dtype":"I16","shape":[2],"data_offsets":[0,4]}}"#, [0, 128, 255, 127], [-32768, 32767]),
    (#"{"x":{"dtype":"I8","shape":[2],"data_offsets":[0,2]}}"#, [128, 127], [-128, 127]),
    (#"{"x":{"dtype":"F64","shape":[1],"data_offsets":[0,8]}}"#, [255, 255, 255, 255, 255, 255, 239, 127], [.infinity]),
    (#"{"x":{"dtype":"I64","shape":[1],"data_offsets":[0,8]}}"#, [0, 0, 0, 0, 0, 0, 0, 128], [-0x1p63]),
    (#"{ "x" : { "shape" : [ ] , "data_offsets" : [ 0 , 1 ] , "dtype" : "U8" } }   "#, [9], [9]),
  ] as [(String, [UInt8], [Float])])
  func otherTypesConvert(_ header: String, _ data: [UInt8], _ expected: [Float]) throws {
    #expect(try Safetensors(decoding: assemble(header, data))["x"]?.values == expected)
  }

  @Test func escapesInNamesAreRead() throws {
    let header = #"{"\u00e9\ud83d\udeb2\/\t\"":{"dtype":"U8","shape":[0],"data_offsets":[0,0]}}"#
    #expect(try Safetensors(decoding: assemble(header, [])).names == ["é🚲/\t\""])
  }

  private static let python = """
    OAIAAAAAAAB7Il9fbWV0YWRhdGFfXyI6eyJub3RlIjoiYSBcInF1b3RlZFwiIMOpXG4iLCJmb3JtYXQiOiJwdCJ9LCJmZWF0dXJlcy4wLmJuLm51bV9iYXRj
    aGVzX3RyYWNrZWQiOnsiZHR5cGUiOiJJNjQiLCJzaGFwZSI6W10sImRhdGFfb2Zmc2V0cyI6WzAsOF19LCJkb3VibGUiOnsiZHR5cGUiOiJGNjQiLCJzaGFw
    ZSI6WzJdLCJkYXRhX29mZnNldHMiOls4LDI0XX0sImVtcHR5Ijp7ImR0eXBlIjoiRjMyIiwic2hhcGUiOlswLDRdLCJkYXRhX29mZnNldHMiOlsyNCwyNF19
    LCJ3ZWlnaHQiOnsiZHR5cGUiOiJGMzIiLCJzaGFwZSI6WzIsM10sImRhdGFfb2Zmc2V0cyI6WzI0LDQ4XX0sImludHMiOnsiZHR5cGUiOiJJMzIiLCJzaGFw
    ZSI6WzIsMV0sImRhdGFfb2Zmc2V0cyI6WzQ4LDU2XX0sImJyYWluIjp7ImR0eXBlIjoiQkYxNiIsInNoYXBlIjpbM10sImRhdGFfb2Zmc2V0cyI6WzU2LDYy
    XX0sImhhbGYiOnsiZHR5cGUiOiJGMTYiLCJzaGFwZSI6WzIsMywxXSwiZGF0YV9vZmZzZXRzIjpbNjIsNzRdfSwiYnl0ZXMiOnsiZHR5cGUiOiJVOCIsInNo
    YXBlIjpbM10sImRhdGFfb2Zmc2V0cyI6Wzc0LDc3XX19ICAgOTAAAAAAAACamZmZmZm5P/yp8dJNYlC/AAAAAAAAgD8AAADAAABgQAjlPB4AAOBA+f///wEA
    AAGAP0nAln4APADB/3sBAP8DAHwAgP8=
    """
}

/// A file of this header, as long as it says or as it claims to be, and these data.
func assemble(_ header: String, _ data: [UInt8], claiming length: UInt64? = nil) -> [UInt8] {
  withUnsafeBytes(of: (length ?? UInt64(header.utf8.count)).littleEndian) { Array($0) } + Array(header.utf8) + data
}
