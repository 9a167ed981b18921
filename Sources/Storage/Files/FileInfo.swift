/// Which state of a file was seen: another after any change of its bytes, also one that keeps its size and sets its time back.
public struct FileInfo: Sendable, Hashable, Codable {
  /// Bytes; of a folder 0.
  public var size: Int64
  public var isFolder: Bool
  /// Nanoseconds since 1970; a program may set it to anything.
  public var changed: Int64
  public var inode: UInt64
  /// When the system last saw a change of bytes, names or rights, which no program can set; nanoseconds since 1970.
  public var statusChanged: Int64
  public var device: UInt64

  public init(size: Int64, isFolder: Bool, changed: Int64, inode: UInt64, statusChanged: Int64? = nil, device: UInt64 = 0) {
    self.size = size
    self.isFolder = isFolder
    self.changed = changed
    self.inode = inode
    self.statusChanged = statusChanged ?? changed
    self.device = device
  }
}

/// The bytes of a file as they were read at once.
public struct FileSnapshot: Sendable {
  public var bytes: [UInt8]
  /// The state that they belong to; nil where the file changed while it was read.
  public var info: FileInfo?

  public init(bytes: [UInt8], info: FileInfo?) { (self.bytes, self.info) = (bytes, info) }

  /// Whether there are fewer bytes than the file has by its state: a disk or a network that gave up half way.
  public var isCut: Bool { info.map { bytes.count < $0.size } ?? false }
}

/// A name in a folder as the system has it, which need not be text.
public struct FileName: Sendable, Hashable {
  public let bytes: [UInt8]

  public init(bytes: [UInt8]) { self.bytes = bytes }
  public init(_ text: String) { bytes = Array(text.utf8) }

  /// Nil where it is not UTF-8.
  public var text: String? { String(validating: bytes, as: UTF8.self) }

  /// What is not UTF-8 in it replaced.
  public var repaired: String { String(decoding: bytes, as: UTF8.self) }

  /// With bytes that are no text as `\xE9`.
  public var escaped: String {
    var out = "", rest = bytes[...]
    while let first = rest.first {
      let length = (1...4).first { rest.count >= $0 && String(validating: rest.prefix($0), as: UTF8.self) != nil }
      if let length, let part = String(validating: rest.prefix(length), as: UTF8.self) { out += part }
      if length == nil { out += (first < 16 ? "\\x0" : "\\x") + String(first, radix: 16, uppercase: true) }
      rest = rest.dropFirst(length ?? 1)
    }
    return out
  }
}
