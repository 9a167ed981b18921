/// Floats with one owner, on a cache line's boundary, freed once.
public final class Buffer {
  public let floats: UnsafeMutableBufferPointer<Float>

  /// `count` zeros.
  public init(count: Int) {
    let bytes = UnsafeMutableRawBufferPointer.allocate(byteCount: max(count, 1) * 4, alignment: 64)
    floats = bytes.bindMemory(to: Float.self).extracting(0..<count)
    floats.initialize(repeating: 0)
  }

  public convenience init(_ values: [Float]) {
    self.init(count: values.count)
    _ = floats.update(fromContentsOf: values)
  }

  deinit { floats.baseAddress?.deallocate() }

  public var start: UnsafeMutablePointer<Float> { floats.baseAddress! }
  public var array: [Float] { Array(floats) }

  /// A map over the whole buffer.
  public func map(_ shape: MapShape) -> FeatureMap {
    precondition(shape.count <= floats.count, "\(shape) does not fit \(floats.count) floats")
    return FeatureMap(self, shape)
  }
}
