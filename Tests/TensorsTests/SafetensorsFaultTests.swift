import Tensors
import Testing

@Suite struct SafetensorsFaultTests {
  typealias Fault = SafetensorsError.Fault

  @Test(arguments: [
    ([], Fault.truncated(bytes: 0, needed: 8)),
    ([1, 2, 3], .truncated(bytes: 3, needed: 8)),
    (assemble("{}", [], claiming: 3), .truncated(bytes: 10, needed: 11)),
    (assemble("{}", [], claiming: .max), .headerTooLong(.max)),
    (assemble("{}", [], claiming: 16 << 20 + 1), .headerTooLong(16 << 20 + 1)),
    (Array("PK\u{3}\u{4}archive/data.pkl and more".utf8), .foreign(.torchArchive)),
  ])
  func lengthsAreChecked(_ bytes: [UInt8], _ fault: Fault) {
    #expect(throws: SafetensorsError(source: "it", fault: fault)) { try Safetensors(decoding: bytes, from: "it") }
  }

  /// One tensor's description, and the fault of a file that has it and four bytes of data.
  @Test(arguments: [
    (#""dtype":"F32","shape":[1],"data_offsets":[0,8]"#, Fault.outOfRange(of: "x", start: 0, end: 8, available: 4)),
    (#""dtype":"F32","shape":[1],"data_offsets":[4,0]"#, .outOfRange(of: "x", start: 4, end: 0, available: 4)),
    (#""dtype":"F32","shape":[2],"data_offsets":[0,4]"#, .wrongLength(of: "x", bytes: 4, expected: 8)),
    (#""dtype":"F32","shape":[0],"data_offsets":[0,4]"#, .wrongLength(of: "x", bytes: 4, expected: 0)),
    (#""dtype":"F16","shape":[1],"data_offsets":[0,2]"#, .hole(from: 2, to: 4)),
    (#""dtype":"F16","shape":[1],"data_offsets":[2,4]"#, .hole(from: 0, to: 2)),
    (#""dtype":"F8_E4M3","shape":[4],"data_offsets":[0,4]"#, .unknownType("F8_E4M3", of: "x")),
    (#""dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,4]"#, .shapeTooLarge(of: "x")),
    (#""dtype":"F32","shape":[9223372036854775807,9223372036854775807,0],"data_offsets":[0,0]"#, .shapeTooLarge(of: "x")),
    (#""dtype":"U8","dtype":"U8","shape":[4],"data_offsets":[0,4]"#, .duplicate("dtype")),
  ])
  func tensorsAreCheckedAgainstTheData(_ description: String, _ fault: Fault) {
    #expect(throws: SafetensorsError(source: "it", fault: fault)) {
      try Safetensors(decoding: assemble("{\"x\":{\(description)}}", [0, 0, 0, 0]), from: "it")
    }
  }

  @Test(arguments: [
    (#"{"a":{"dtype":"U8","shape":[3],"data_offsets":[0,3]},"b":{"dtype":"U8","shape":[2],"data_offsets":[2,4]}}"#, Fault.overlap(of: "b", at: 2)),
    (#"{"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},"b":{"dtype":"U8","shape":[4],"data_offsets":[0,4]}}"#, .overlap(of: "b", at: 0)),
    (#"{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"b":{"dtype":"U8","shape":[2],"data_offsets":[2,4]}}"#, .hole(from: 1, to: 2)),
    (#"{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"a":{"dtype":"U8","shape":[2],"data_offsets":[2,4]}}"#, .duplicate("a")),
    (#"{"__metadata__":{"k":"1","k":"2"}}"#, .duplicate("k")),
    (#"{"__metadata__":{},"__metadata__":{}}"#, .duplicate("__metadata__")),
  ])
  func tensorsDoNotShareOrSkipBytes(_ header: String, _ fault: Fault) {
    #expect(throws: SafetensorsError(source: "it", fault: fault)) {
      try Safetensors(decoding: assemble(header, [0, 0, 0, 0]), from: "it")
    }
  }

  @Test(arguments: [
    "", " {}", "[]", "{", "{}{}", "{} x", "{\"x\"}", "{\"x\":}", "{\"x\":1}", "{\"x\":{}}", "{\"x\":{},}", "{\"x", "{\"\\q\":{}}", "{\"\\u12\":{}}",
    "{\"\\ud800\":{}}", "{\"\\ud800\\u0041\":{}}", "{\"\\udc00\":{}}", "{\"a\nb\":{}}", "{\"__metadata__\":{\"k\":1}}", "{\"__metadata__\":null}",
    #"{"x":{"dtype":"U8","shape":[-1],"data_offsets":[0,0]}}"#, #"{"x":{"dtype":"U8","shape":[1.0],"data_offsets":[0,1]}}"#,
    #"{"x":{"dtype":"U8","shape":[01],"data_offsets":[0,1]}}"#, #"{"x":{"dtype":"U8","shape":[1,],"data_offsets":[0,1]}}"#,
    #"{"x":{"dtype":"U8","shape":[1],"data_offsets":[0]}}"#, #"{"x":{"dtype":"U8","shape":[1],"data_offsets":[0,1,2]}}"#,
    #"{"x":{"dtype":"U8","shape":[99999999999999999999],"data_offsets":[0,1]}}"#, #"{"x":{"dtype":"U8","shape":[1],"data_offsets":[0,1],"y":1}}"#,
    #"{"x":{"dtype":"U8","shape":[1]}}"#, #"{"x":{"dtype":8,"shape":[1],"data_offsets":[0,1]}}"#,
    String(repeating: "{\"a\":", count: 100_000), "{\"x\":" + String(repeating: "[", count: 100_000),
  ])
  func headersMustBeTheJSONOfTheFormat(_ header: String) {
    #expect {
      try Safetensors(decoding: assemble(header, [0]))
    } throws: { error in
      if case .malformedHeader = (error as? SafetensorsError)?.fault { true } else { false }
    }
  }

  /// What is wrong with a header is said.
  @Test(arguments: [
    ("{\"x", "a string has no end"), ("{\"a\nb\":{}}", "a string holds a control character"), ("{}{}", "there is more than one object"),
    (#"{"x":{"dtype":"U8","shape":[99999999999999999999],"data_offsets":[0,1]}}"#, "a number is too large"),
    (#"{"x":{"dtype":"U8","shape":[-1],"data_offsets":[0,0]}}"#, "there is no whole number"),
    ("{\"\\ud800\":{}}", "a surrogate is alone"), ("{\"\\ud800\\u0041\":{}}", "a surrogate is alone"), ("{\"\\q\":{}}", "an escape is unknown"),
    ("{\"\\u12\":{}}", "an escape is cut short"), (#"{"x":{"dtype":"U8","shape":[1],"data_offsets":[0,1],"y":1}}"#, "'y' of 'x' is unknown"),
    (#"{"x":{"dtype":"U8","shape":[1]}}"#, "'x' lacks its dtype, its shape or its two data_offsets"),
  ])
  func whatIsWrongWithAHeaderIsSaid(_ header: String, _ words: String) {
    let error = #expect(throws: SafetensorsError.self) { try Safetensors(decoding: assemble(header, [0]), from: "it") }
    #expect(error.map { "\($0)" }?.contains(words) == true, "\(String(describing: error))")
  }

  @Test func namesMustBeUTF8() {
    var bytes = assemble(#"{"x":{"dtype":"U8","shape":[0],"data_offsets":[0,0]}}"#, [])
    bytes[10] = 0xFF
    let error = #expect(throws: SafetensorsError.self) { try Safetensors(decoding: bytes) }
    #expect(error.map { "\($0)" }?.contains("a string that is not UTF-8 ends") == true)
  }

  /// A file cut anywhere, or with any one byte changed, is read or refused, and never ends the process.
  @Test func damagedFilesAreRefusedOrRead() throws {
    let whole = Safetensors([("a", Tensor(shape: [2], values: [1, 2])), ("b", Tensor(shape: [1, 1], values: [3]))], metadata: ["k": "v"]).encoded
    for count in 0..<whole.count {
      #expect(throws: SafetensorsError.self) { try Safetensors(decoding: Array(whole[..<count])) }
    }
    for place in 0..<whole.count {
      for byte in [0, 0x20, 0x22, 0x2C, 0x30, 0x39, 0x5B, 0x7B, 0x7D, 0xFF] as [UInt8] {
        var damaged = whole
        damaged[place] = byte
        _ = try? Safetensors(decoding: damaged)
      }
    }
  }

  @Test func errorsNameTheFileAndTheValue() {
    let error = SafetensorsError(source: "stdc.safetensors", fault: .unknownType("F8_E4M3", of: "fc.weight"))
    #expect("\(error)" == "stdc.safetensors holds 'fc.weight' as F8_E4M3; readable types are F64, F32, F16, BF16, I64, I32, I16, I8, U8")
  }
}
