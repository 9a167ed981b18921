extension Safetensors {
  /// Reads a whole file. Every number type of `ElementType` becomes `Float`.
  ///
  /// The header may not be longer than `headerLimit`; names may not repeat; the tensors' ranges must lie in the file, be as long as
  /// shape and type say, and together cover the data without overlap or hole, as the format demands. No memory is set aside for
  /// anything that the file only announces.
  ///
  /// - Parameter source: how errors call the bytes, for instance the name of the file.
  public init(decoding bytes: [UInt8], from source: String = "the safetensors data") throws(SafetensorsError) {
    do {
      self = try Safetensors.decoded(bytes)
    } catch {
      throw Safetensors.error(error, source, bytes)
    }
  }

  /// How many of a file's first bytes say whether it can be read: all of its header.
  ///
  /// - Parameter start: the first bytes of the file, at least `startLength` where it has so many.
  public static func headLength(_ start: [UInt8], of size: Int, from source: String) throws(SafetensorsError) -> Int {
    do {
      return 8 + (try headerLength(start, of: size))
    } catch {
      throw Safetensors.error(error, source, start)
    }
  }

  /// Fails where the rest of a file cannot be what its head says, before it is read.
  ///
  /// - Parameter head: its first `headLength` bytes.
  public static func check(head: [UInt8], of size: Int, from source: String) throws(SafetensorsError) {
    do {
      _ = try SafetensorsHeader(head[8...]).checked(against: size - head.count)
    } catch {
      throw Safetensors.error(error, source, head)
    }
  }

  /// The bytes that `headLength(_:of:from:)` looks at.
  public static let startLength = ForeignWeights.head

  /// Files of other programs are named for what they are, as far as their first bytes tell; what safetensors could be is taken for that.
  private static func error(_ fault: SafetensorsError.Fault, _ source: String, _ bytes: [UInt8]) -> SafetensorsError {
    SafetensorsError(source: source, fault: ForeignWeights(bytes).map { .foreign($0) } ?? fault)
  }

  private static func headerLength(_ bytes: [UInt8], of size: Int) throws(SafetensorsError.Fault) -> Int {
    guard bytes.count >= 8 else { throw .truncated(bytes: size, needed: 8) }
    let length: UInt64 = bytes[..<8].reversed().reduce(0) { $0 << 8 | UInt64($1) }
    guard length <= UInt64(headerLimit) else { throw .headerTooLong(length) }
    guard length <= UInt64(size - 8) else { throw .truncated(bytes: size, needed: 8 + length) }
    return Int(length)
  }

  private static func decoded(_ bytes: [UInt8]) throws(SafetensorsError.Fault) -> Safetensors {
    let dataStart = 8 + (try headerLength(bytes, of: bytes.count))
    let header = try SafetensorsHeader(bytes[8..<dataStart])
    let types = try header.checked(against: bytes.count - dataStart)

    let entries = bytes.withUnsafeBytes { all in
      zip(header.tensors, types).map { described, type in
        let range = UnsafeRawBufferPointer(rebasing: all[(dataStart + described.start)..<(dataStart + described.end)])
        return Entry(name: described.name, tensor: Tensor(shape: described.shape, values: type.floats(in: range)))
      }
    }
    return Safetensors(entries: entries, metadata: header.metadata, types: types)
  }
}

extension SafetensorsHeader {
  /// The tensors' types, when all of them lie where `available` bytes of data allow.
  func checked(against available: Int) throws(SafetensorsError.Fault) -> [ElementType] {
    var types: [ElementType] = []
    for tensor in tensors {
      guard let type = ElementType(rawValue: tensor.type) else { throw .unknownType(tensor.type, of: tensor.name) }
      types.append(type)
      guard tensor.start <= tensor.end, tensor.end <= available else {
        throw .outOfRange(of: tensor.name, start: tensor.start, end: tensor.end, available: available)
      }
      var expected = type.size
      for side in tensor.shape {
        let (product, overflow) = expected.multipliedReportingOverflow(by: side)
        guard !overflow else { throw .shapeTooLarge(of: tensor.name) }
        expected = product
      }
      guard expected == tensor.end - tensor.start else {
        throw .wrongLength(of: tensor.name, bytes: tensor.end - tensor.start, expected: expected)
      }
    }
    var covered = 0
    for tensor in tensors.sorted(by: { ($0.start, $0.end) < ($1.start, $1.end) }) {
      guard tensor.start >= covered else { throw .overlap(of: tensor.name, at: tensor.start) }
      guard tensor.start == covered else { throw .hole(from: covered, to: tensor.start) }
      covered = tensor.end
    }
    guard covered == available else { throw .hole(from: covered, to: available) }
    return types
  }
}
