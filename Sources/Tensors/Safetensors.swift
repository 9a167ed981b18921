/// Named tensors and a few words about them, in the file format in which weights are exchanged.
///
/// A file is the length of its header (8 bytes, little-endian), the header (JSON: for each tensor its type, shape and range of bytes,
/// and `__metadata__`, text by text), then the numbers. The format is the one of the `safetensors` package of Hugging Face, in both
/// directions; nothing in a file is executed, and nothing in it is believed before it was checked.
///
///     let bytes = Safetensors([("bias", Tensor(shape: [2], values: [1, 2]))], metadata: ["recipe": "91c0d2aa"]).encoded
///     let file = try Safetensors(decoding: bytes, from: "weights.safetensors")
///     file["bias"]?.shape   // [2]
public struct Safetensors: Sendable, Hashable {
  public struct Entry: Sendable, Hashable {
    public let name: String
    public let tensor: Tensor

    public init(name: String, tensor: Tensor) {
      self.name = name
      self.tensor = tensor
    }
  }

  /// The tensors, in the order in which the header names them.
  public let entries: [Entry]
  public let metadata: [String: String]
  /// How the file has the numbers of each entry.
  let types: [ElementType]
  private let places: [String: Int]

  /// The longest header that is read, in bytes: room for some hundred thousand tensors.
  public static let headerLimit = 16 << 20
  static let metadataKey = "__metadata__"

  /// These tensors under names that differ from each other and from `__metadata__`.
  public init(_ tensors: [(name: String, tensor: Tensor)], metadata: [String: String] = [:]) {
    self.init(entries: tensors.map { Entry(name: $0.name, tensor: $0.tensor) }, metadata: metadata)
  }

  /// - Parameter types: F32 by default.
  init(entries: [Entry], metadata: [String: String], types: [ElementType]? = nil) {
    self.entries = entries
    self.types = types ?? entries.map { _ in .float32 }
    self.metadata = metadata
    places = Dictionary(entries.enumerated().map { ($1.name, $0) }) { _, _ in preconditionFailure("two tensors of one name") }
    precondition(places[Safetensors.metadataKey] == nil, "no tensor can be named \(Safetensors.metadataKey)")
  }

  public var names: [String] { entries.map(\.name) }

  /// The tensor of this name.
  public subscript(_ name: String) -> Tensor? { places[name].map { entries[$0].tensor } }

  /// The file: F32 in the order of `entries`, metadata sorted by key, the header padded so that the numbers start at a multiple of 8.
  /// The same content gives the same bytes.
  public var encoded: [UInt8] {
    var json = "{"
    if !metadata.isEmpty {
      let pairs = metadata.sorted { $0.key < $1.key }.map { "\(JSONText.quoted($0.key)):\(JSONText.quoted($0.value))" }
      json += "\"\(Safetensors.metadataKey)\":{\(pairs.joined(separator: ","))}"
    }
    var end = 0
    for entry in entries {
      let start = end
      end += 4 * entry.tensor.count
      let shape = entry.tensor.shape.map(String.init).joined(separator: ",")
      json += json.utf8.count > 1 ? "," : ""
      json += "\(JSONText.quoted(entry.name)):{\"dtype\":\"F32\",\"shape\":[\(shape)],\"data_offsets\":[\(start),\(end)]}"
    }
    json += "}"
    let header = Array(json.utf8) + [UInt8](repeating: 0x20, count: -json.utf8.count & 7)
    precondition(header.count <= Safetensors.headerLimit, "a header of \(header.count) bytes could not be read again")

    var bytes: [UInt8] = []
    bytes.reserveCapacity(8 + header.count + end)
    withUnsafeBytes(of: UInt64(header.count).littleEndian) { bytes.append(contentsOf: $0) }
    bytes.append(contentsOf: header)
    for entry in entries { ElementType.append(entry.tensor.values, to: &bytes) }
    return bytes
  }
}

extension ElementType {
  /// Appends `floats` as F32.
  static func append(_ floats: [Float], to bytes: inout [UInt8]) {
    #if _endian(little)
    floats.withUnsafeBytes { bytes.append(contentsOf: $0) }
    #else
    for float in floats { withUnsafeBytes(of: float.bitPattern.littleEndian) { bytes.append(contentsOf: $0) } }
    #endif
  }
}
