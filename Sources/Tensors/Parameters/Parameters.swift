internal import Kernels

/// A network's numbers while they change: what training reads and writes. One owner, one thread at a time.
public final class Parameters {
  public let layout: ParameterLayout
  public let trained: Buffer
  public let gradients: Buffer
  public let statistics: Buffer
  /// Weights in the form in which products read them, which are kept where they are read often between changes.
  private var packed: [PackedKey: (floats: Buffer, isValid: Bool)] = [:]
  private let keepsPacked: Bool

  /// - Parameters:
  ///   - withGradients: false for inference.
  ///   - keepsPacked: whether packed weights are kept until the next change, which takes memory; by default for inference.
  public init(_ weights: Weights, withGradients: Bool = true, keepsPacked: Bool? = nil) {
    layout = weights.layout
    trained = Buffer(weights.trained)
    statistics = Buffer(weights.statistics)
    gradients = Buffer(count: withGradients ? layout.trainedCount : 0)
    self.keepsPacked = keepsPacked ?? !withGradients
  }

  /// An immutable copy.
  public var weights: Weights { Weights(layout: layout, trained: trained.array, statistics: statistics.array) }

  public func clearGradients() { segue_fill(gradients.map(MapShape(1, 1, 1, gradients.floats.count)).kernel, 0) }

  func value(_ id: ParameterID) -> UnsafeMutablePointer<Float> {
    (id.kind.isTrained ? trained : statistics).start + id.offset
  }

  func gradient(_ id: ParameterID) -> UnsafeMutablePointer<Float> {
    precondition(id.kind.isTrained && gradients.floats.count > 0, "this parameter has no gradient")
    return gradients.start + id.offset
  }

  /// Weights packed by `fill`: those of last time if nothing has changed, else in scratch 2 of this thread.
  func packed(_ key: PackedKey, floats: Int, fill: (UnsafeMutablePointer<Float>) -> Void) -> UnsafeMutablePointer<Float> {
    guard keepsPacked else {
      let scratch = Threads.scratch(2, floats)
      fill(scratch)
      return scratch
    }
    let kept = packed[key], buffer = kept?.floats ?? Buffer(count: floats)
    if kept?.isValid != true { fill(buffer.start) }
    packed[key] = (buffer, true)
    return buffer.start
  }

  /// To be called by whoever changes `trained`.
  func trainedHaveChanged() {
    for key in packed.keys { packed[key]!.isValid = false }
  }
}
