/// Why bytes are not a safetensors file that can be read.
public struct SafetensorsError: Error, Equatable, CustomStringConvertible {
  /// What was read: the name of a file, or a few words.
  public let source: String
  public let fault: Fault

  package init(source: String, fault: Fault) {
    self.source = source
    self.fault = fault
  }

  public enum Fault: Error, Equatable {
    /// Fewer bytes than the length of the header takes, or than the header itself.
    case truncated(bytes: Int, needed: UInt64)
    /// A header longer than `Safetensors.headerLimit`.
    case headerTooLong(UInt64)
    /// The header is not the JSON that the format asks for; `at` counts its bytes.
    case malformedHeader(String, at: Int)
    /// One name for two tensors, or one key for two pieces of metadata.
    case duplicate(String)
    /// A number type that Segue does not read.
    case unknownType(String, of: String)
    /// A shape whose number of bytes no machine could address.
    case shapeTooLarge(of: String)
    /// A tensor's range of bytes that does not lie in the file.
    case outOfRange(of: String, start: Int, end: Int, available: Int)
    /// A tensor's range of bytes is not as long as its shape and type say.
    case wrongLength(of: String, bytes: Int, expected: Int)
    /// Two tensors that share bytes.
    case overlap(of: String, at: Int)
    /// Bytes that belong to no tensor.
    case hole(from: Int, to: Int)
    /// A file of another program, by its first bytes.
    case foreign(ForeignWeights)
  }

  /// What would help; nil where only another file would.
  public var remedy: String? { if case .foreign(let kind) = fault { kind.remedy } else { nil } }

  public var description: String {
    switch fault {
    case .truncated(let bytes, let needed):
      "\(source) is cut short: it has \(bytes) bytes and its header alone needs \(needed)"
    case .headerTooLong(let length):
      "\(source) is not a safetensors file: it announces a header of \(length) bytes, and at most \(Safetensors.headerLimit) are read"
    case .malformedHeader(let what, let at):
      "\(source) is not a safetensors file: \(what) at byte \(at) of its header"
    case .duplicate(let name):
      "\(source) names '\(name)' twice in its header"
    case .unknownType(let type, let name):
      "\(source) holds '\(name)' as \(type); readable types are \(ElementType.names)"
    case .shapeTooLarge(let name):
      "\(source) gives '\(name)' a shape too large for any memory"
    case .outOfRange(let name, let start, let end, let available):
      "\(source) places '\(name)' at bytes \(start) to \(end) of its data, which has \(available): is the file cut short?"
    case .wrongLength(let name, let bytes, let expected):
      "\(source) gives '\(name)' \(bytes) bytes where its shape and type need \(expected)"
    case .overlap(let name, let at):
      "\(source) places '\(name)' at byte \(at) of its data, which another tensor holds"
    case .hole(let from, let to):
      "\(source) has bytes \(from) to \(to) of its data that belong to no tensor"
    case .foreign(let kind):
      "\(source) is \(kind.name), not a safetensors file"
    }
  }
}
