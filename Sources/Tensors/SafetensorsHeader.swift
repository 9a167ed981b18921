/// The header of a safetensors file as it is written, before it is checked against the data.
///
///     {"__metadata__": {"key": "text"}, "name": {"dtype": "F32", "shape": [2, 3], "data_offsets": [0, 24]}}
struct SafetensorsHeader {
  struct Described {
    var name: String
    var type: String
    var shape: [Int]
    /// The range of bytes, counted from the end of the header.
    var start: Int
    var end: Int
  }

  var tensors: [Described] = []
  var metadata: [String: String] = [:]

  init(_ bytes: ArraySlice<UInt8>) throws(SafetensorsError.Fault) {
    var text = JSONText(bytes)
    var names: Set<String> = []
    var (tensors, metadata): ([Described], [String: String]) = ([], [:])
    // The format lets the header begin with the brace and end with spaces, nothing else.
    guard bytes.first == UInt8(ascii: "{") else { throw text.fault("there is no {") }
    try text.members { (text, name) throws(SafetensorsError.Fault) in
      guard names.insert(name).inserted else { throw .duplicate(name) }
      if name == Safetensors.metadataKey {
        try text.members { (text, key) throws(SafetensorsError.Fault) in
          guard metadata.updateValue(try text.string(), forKey: key) == nil else { throw .duplicate(key) }
        }
      } else {
        tensors.append(try SafetensorsHeader.tensor(named: name, in: &text))
      }
    }
    try text.end()
    (self.tensors, self.metadata) = (tensors, metadata)
  }

  private static func tensor(named name: String, in text: inout JSONText) throws(SafetensorsError.Fault) -> Described {
    var type: String?
    var shape: [Int]?
    var offsets: [Int]?
    try text.members { (text, key) throws(SafetensorsError.Fault) in
      switch key {
      case "dtype" where type == nil: type = try text.string()
      case "shape" where shape == nil: shape = try text.integers()
      case "data_offsets" where offsets == nil: offsets = try text.integers()
      case "dtype", "shape", "data_offsets": throw .duplicate(key)
      default: throw text.fault("'\(key)' of '\(name)' is unknown")
      }
    }
    guard let type, let shape, let offsets, offsets.count == 2 else {
      throw text.fault("'\(name)' lacks its dtype, its shape or its two data_offsets")
    }
    return Described(name: name, type: type, shape: shape, start: offsets[0], end: offsets[1])
  }
}
