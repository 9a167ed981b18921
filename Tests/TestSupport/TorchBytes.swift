/// Pieces of the files of `torch.save`, to put bad ones together from.
public enum TorchBytes {
  public static func little(_ number: Int, _ count: Int) -> [UInt8] { (0..<count).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) } }

  /// Operations that are written as signs.
  public static func symbols(_ signs: String) -> [UInt8] { Array(signs.utf8) }

  /// The same behind the pickle's protocol.
  public static func ops(_ signs: String) -> [UInt8] { [0x80, 2] + Array(signs.utf8) }

  public struct Entry {
    public var name: String
    var bytes: [UInt8]
    var method: Int
    /// What the directory claims, where it is not so.
    var size: Int?, checksum: Int, flags: Int, start: Int?

    public init(name: String, bytes: [UInt8], method: Int = 0, size: Int? = nil, checksum: Int = 0, flags: Int = 0, start: Int? = nil) {
      (self.name, self.bytes, self.method, self.size, self.checksum, self.flags, self.start) = (name, bytes, method, size, checksum, flags, start)
    }
  }

  /// An entry with its header.
  public static func local(_ entry: Entry) -> [UInt8] {
    little(0x0403_4B50, 4) + [UInt8](repeating: 0, count: 22) + little(entry.name.utf8.count, 2) + [0, 0] + Array(entry.name.utf8) + entry.bytes
  }

  /// A ZIP archive with no checksums.
  public static func zip(_ entries: [Entry], count: Int? = nil) -> [UInt8] {
    var bytes: [UInt8] = [], directory: [UInt8] = []
    for entry in entries {
      let start = entry.start ?? bytes.count, name = Array(entry.name.utf8)
      bytes += local(entry)
      directory += little(0x0201_4B50, 4) + little(20, 2) + little(20, 2) + little(entry.flags, 2) + little(entry.method, 2) + little(0, 4) + little(entry.checksum, 4)
      directory += little(entry.bytes.count, 4) + little(entry.size ?? entry.bytes.count, 4) + little(name.count, 2) + [UInt8](repeating: 0, count: 12) + little(start, 4) + name
    }
    let start = bytes.count, count = count ?? entries.count
    return bytes + directory + little(0x0605_4B50, 4) + little(0, 4) + little(count, 2) + little(count, 2) + little(directory.count, 4) + little(start, 4) + [0, 0]
  }

  /// An archive with this pickle and the storage 0 of so many bytes.
  public static func archive(_ pickle: [UInt8], _ data: [UInt8] = [UInt8](repeating: 0, count: 16)) -> [UInt8] {
    zip([Entry(name: "a/data.pkl", bytes: pickle), Entry(name: "a/data/0", bytes: data), Entry(name: "a/version", bytes: Array("3\n".utf8))])
  }

  public static func text(_ text: String) -> [UInt8] { Array("X".utf8) + little(text.utf8.count, 4) + Array(text.utf8) }
  public static func integer(_ number: Int) -> [UInt8] { [0x8A, 8] + little(number, 8) }
  public static func tuple(_ items: [[UInt8]]) -> [UInt8] { Array("(".utf8) + items.flatMap(\.self) + Array("t".utf8) }

  public static func storage(_ type: String = "FloatStorage", _ count: Int = 4, key: String = "0") -> [UInt8] {
    tuple([text("storage"), Array("ctorch\n\(type)\n".utf8), text(key), text("cpu"), integer(count)]) + Array("Q".utf8)
  }

  public static func tensor(_ shape: [Int] = [4], _ strides: [Int] = [1], offset: Int = 0, of storage: [UInt8] = storage()) -> [UInt8] {
    Array("ctorch._utils\n_rebuild_tensor_v2\n".utf8) + tuple([storage, integer(offset), tuple(shape.map(integer)), tuple(strides.map(integer)), [0x89], Array("}".utf8)]) + Array("R".utf8)
  }

  /// A dictionary, without the pickle around it.
  public static func dictionary(_ items: KeyValuePairs<String, [UInt8]>) -> [UInt8] {
    var bytes = symbols("}(")
    for (key, value) in items { bytes += text(key) + value }
    return bytes + symbols("u")
  }

  /// An archive of this object, whose tensors all look at the same numbers.
  public static func archive(of object: [UInt8], _ numbers: [Float]) -> [UInt8] {
    archive(ops("") + object + symbols("."), numbers.flatMap { little(Int($0.bitPattern), 4) })
  }

  /// A dictionary of one tensor.
  public static func pickle(_ tensor: [UInt8] = tensor(), named name: String = "w") -> [UInt8] { [0x80, 2] + Array("}".utf8) + text(name) + tensor + Array("s.".utf8) }

  public static let magic: [UInt8] = [0x80, 2, 0x8A, 0x0A, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19, 0x2E]

  /// A stream with these pickles for its object and its keys, and what follows.
  public static func stream(_ object: [UInt8], keys: [UInt8] = [0x80, 2] + Array("]".utf8) + text("0") + Array("a.".utf8), _ data: [UInt8] = little(4, 8) + [UInt8](repeating: 0, count: 16)) -> [UInt8] {
    magic + [0x80, 2] + integer(1001) + Array(".".utf8) + [0x80, 2] + Array("}.".utf8) + object + keys + data
  }

  /// A tar archive of these members.
  public static func tar(_ members: [(String, [UInt8])], size: Int? = nil) -> [UInt8] {
    func padded(_ bytes: [UInt8]) -> [UInt8] { bytes + [UInt8](repeating: 0, count: -bytes.count & 511) }
    func octal(_ number: Int, _ count: Int) -> [UInt8] { Array((String(repeating: "0", count: count) + String(number, radix: 8)).suffix(count).utf8) + [0] }
    return members.flatMap { name, bytes in
      var header = Array(name.utf8) + [UInt8](repeating: 0, count: 124 - name.utf8.count) + octal(size ?? bytes.count, 11) + octal(0, 11) + [UInt8](repeating: 0x20, count: 8)
      header = padded(header + Array("0".utf8))
      header.replaceSubrange(148..<155, with: octal(header.reduce(0) { $0 + Int($1) }, 6))
      return header + padded(bytes)
    } + [UInt8](repeating: 0, count: 1024)
  }
}
