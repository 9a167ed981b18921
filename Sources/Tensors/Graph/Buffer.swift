internal import Kernels
#if canImport(Glibc)
internal import Glibc
#else
internal import Darwin
#endif

/// Floats with one owner, on a cache line's boundary, freed once.
public final class Buffer {
  public let floats: UnsafeMutableBufferPointer<Float>

  /// `count` zeros.
  public init(count: Int) {
    // Nothing can go on without it: Swift's own allocation ends the process too.
    guard let start = segue_allocate(count) else { fatalError("no memory for \(count) floats") }
    floats = UnsafeMutableBufferPointer(start: start, count: count)
    floats.initialize(repeating: 0)
  }

  public convenience init(_ values: [Float]) {
    self.init(count: values.count)
    _ = floats.update(fromContentsOf: values)
  }

  deinit { free(floats.baseAddress) }

  public var start: UnsafeMutablePointer<Float> { floats.baseAddress! }
  public var array: [Float] { Array(floats) }

  /// A map over the whole buffer.
  public func map(_ shape: MapShape) -> FeatureMap {
    precondition(shape.count <= floats.count, "\(shape) does not fit \(floats.count) floats")
    return FeatureMap(self, shape)
  }
}
