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
    // What a statement needs is compared with what there is before it runs; where memory goes meanwhile nothing can go on without it.
    guard let start = segue_allocate(count) else { Buffer.fail(count) }
    floats = UnsafeMutableBufferPointer(start: start, count: count)
    floats.initialize(repeating: 0)
  }

  /// Ends the process in words: everything that was finished lies in the store and in the session's script.
  private static func fail(_ count: Int) -> Never {
    let words = Array("segue: no memory for \(count) numbers; values that were finished are kept\n".utf8)
    _ = write(STDERR_FILENO, words, words.count)
    _exit(1)
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
