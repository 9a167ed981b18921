internal import Kernels

/// A network's numbers while they change: what training reads and writes. One owner, one thread at a time.
public final class Parameters {
  public let layout: ParameterLayout
  public let trained: Buffer
  public let gradients: Buffer
  public let statistics: Buffer
  /// For inference, where weights never change: in the form in which products read them.
  private var packed: [PackedKey: Buffer] = [:]
  let isForInference: Bool

  /// - Parameter withGradients: false for inference, during which nobody may change the weights.
  public init(_ weights: Weights, withGradients: Bool = true) {
    layout = weights.layout
    trained = Buffer(weights.trained)
    statistics = Buffer(weights.statistics)
    gradients = Buffer(count: withGradients ? layout.trainedCount : 0)
    isForInference = !withGradients
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

  /// Weights packed by `fill`: for inference once, in training each time anew in scratch 2 of this thread.
  func packed(_ key: PackedKey, floats: Int, fill: (UnsafeMutablePointer<Float>) -> Void) -> UnsafeMutablePointer<Float> {
    guard isForInference else {
      let scratch = Threads.scratch(2, floats)
      fill(scratch)
      return scratch
    }
    if let kept = packed[key] { return kept.start }
    let buffer = Buffer(count: floats)
    fill(buffer.start)
    packed[key] = buffer
    return buffer.start
  }
}
