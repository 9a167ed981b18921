/// Named tensors as PyTorch keeps a module's `state_dict()`, and the file that `torch.load` reads, also with `weights_only=True`.
///
/// The file is the archive that `torch.save` writes: `data.pkl` names the tensors, `data/0` and on hold their numbers. The same content gives
/// the same bytes.
public struct TorchState: Sendable {
  public enum Content: Sendable {
    case floats(Tensor)
    /// One whole number without a shape, such as how many batches a batch normalisation has seen.
    case counter(Int64)
  }

  public let entries: [(name: String, content: Content)]

  /// - Parameter entries: under names that differ from each other.
  public init(_ entries: [(name: String, content: Content)]) {
    precondition(Set(entries.map(\.name)).count == entries.count, "two tensors of one name")
    self.entries = entries
  }

  public var encoded: [UInt8] {
    let size = entries.reduce(0) { if case .floats(let tensor) = $1.content { $0 + 4 * tensor.count } else { $0 + 8 } }
    var archive = ZipWriter(capacity: size + 512 * (entries.count + 8))
    archive.add("archive/data.pkl") { $0 += pickle }
    archive.add("archive/.format_version") { $0 += Array("1".utf8) }
    archive.add("archive/.storage_alignment") { $0 += Array("64".utf8) }
    archive.add("archive/byteorder") { $0 += Array("little".utf8) }
    for (number, entry) in entries.enumerated() {
      archive.add("archive/data/\(number)") { bytes in
        switch entry.content {
        case .floats(let tensor): ElementType.append(tensor.values, to: &bytes)
        case .counter(let count): withUnsafeBytes(of: count.littleEndian) { bytes.append(contentsOf: $0) }
        }
      }
    }
    archive.add("archive/version") { $0 += Array("3\n".utf8) }
    return archive.finished()
  }

  /// An OrderedDict of what rebuilds each tensor from its storage, in protocol 2.
  private var pickle: [UInt8] {
    var bytes: [UInt8] = [0x80, 2]
    func text(_ text: String) { bytes += [UInt8(ascii: "X")] + little(text.utf8.count) + Array(text.utf8) }
    func name(_ module: String, _ name: String) { bytes += Array("c\(module)\n\(name)\n".utf8) }
    func integer(_ number: Int) { bytes += [UInt8(ascii: "J")] + little(number) }
    func tuple(_ items: () -> Void) {
      bytes.append(UInt8(ascii: "("))
      items()
      bytes.append(UInt8(ascii: "t"))
    }
    func emptyDictionary() {
      name("collections", "OrderedDict")
      bytes += Array(")R".utf8)
    }

    emptyDictionary()
    bytes.append(UInt8(ascii: "("))
    for (number, entry) in entries.enumerated() {
      let (type, shape) = if case .floats(let tensor) = entry.content { ("FloatStorage", tensor.shape) } else { ("LongStorage", []) }
      text(entry.name)
      name("torch._utils", "_rebuild_tensor_v2")
      tuple {
        tuple {
          text("storage")
          name("torch", type)
          text(String(number))
          text("cpu")
          integer(shape.reduce(1, *))
        }
        bytes.append(UInt8(ascii: "Q"))
        integer(0)
        tuple { shape.forEach(integer) }
        tuple { shape.indices.forEach { integer(shape[($0 + 1)...].reduce(1, *)) } }
        bytes.append(0x89)  // needs no gradient
        emptyDictionary()  // has no hooks
      }
      bytes.append(UInt8(ascii: "R"))
    }
    bytes += Array("u.".utf8)
    return bytes
  }

  private func little(_ number: Int) -> [UInt8] {
    precondition(number <= Int32.max, "a tensor of more than 2^31 numbers")
    return (0..<4).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
  }
}
