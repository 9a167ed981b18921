extension TorchTensor {
  /// PyTorch's own limit.
  static let mostDimensions = 64

  /// What is wrong with the description, in words that follow the tensor's name; nil where every element lies in its storage.
  ///
  /// - Parameter capacity: of the file; a tensor that repeats its numbers so that there are more is refused.
  func fault(capacity: Int) -> String? {
    guard shape.count <= TorchTensor.mostDimensions, shape.count == strides.count else { return "whose shape and strides do not go together" }
    guard offset >= 0, shape.allSatisfy({ $0 >= 0 }), strides.allSatisfy({ $0 >= 0 }) else { return "with a negative size, stride or offset" }
    var (count, last) = (1, offset)
    for (side, stride) in zip(shape, strides) where side > 0 {
      let (product, tooMany) = count.multipliedReportingOverflow(by: side)
      let (reach, tooFar) = (side - 1).multipliedReportingOverflow(by: stride)
      let (sum, beyond) = last.addingReportingOverflow(reach)
      guard !tooMany, !tooFar, !beyond else { return "with a shape too large for any memory" }
      (count, last) = (product, sum)
    }
    if shape.contains(0) { return nil }
    guard last < storage.size / type.size else { return "that reaches beyond its storage" }
    return count <= capacity ? nil : "that repeats its numbers more often than any weight does"
  }

  /// The numbers in row-major order, from the bytes of its storage. The description was found without fault, and the type is readable.
  func values(in bytes: ArraySlice<UInt8>) -> [Float] {
    guard let element = type.element else { preconditionFailure("\(type.name) is not readable") }
    let count = shape.reduce(1, *), size = type.size
    guard count > 0 else { return [] }
    return bytes.withUnsafeBytes { all in
      if isContiguous, !storage.isBigEndian {
        return element.floats(in: UnsafeRawBufferPointer(rebasing: all[(offset * size)..<((offset + count) * size)]))
      }
      let gathered = gathered(all, count, size)
      return gathered.withUnsafeBytes { element.floats(in: $0) }
    }
  }

  var isContiguous: Bool {
    var expected = 1
    for (side, stride) in zip(shape, strides).reversed() where side != 1 {
      guard stride == expected else { return false }
      expected *= side
    }
    return true
  }

  /// The bytes of its elements one after another, little-endian.
  private func gathered(_ all: UnsafeRawBufferPointer, _ count: Int, _ size: Int) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: count * size) { into, initialized in
      var index = [Int](repeating: 0, count: shape.count), from = offset
      for number in 0..<count {
        for byte in 0..<size { into[number * size + byte] = all[from * size + (storage.isBigEndian ? size - 1 - byte : byte)] }
        for axis in shape.indices.reversed() {
          index[axis] += 1
          from += strides[axis]
          if index[axis] < shape[axis] { break }
          from -= index[axis] * strides[axis]
          index[axis] = 0
        }
      }
      initialized = count * size
    }
  }
}
