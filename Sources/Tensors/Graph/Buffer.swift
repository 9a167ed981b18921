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
    // What work needs is compared with what there is before it begins; where memory goes meanwhile nothing can go on without it. An error
    // would have to pass through every op of a plan that is half done.
    guard let start = segue_allocate(count) else { segue_out_of_memory(count) }
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
