/// A network's numbers while they change: what training reads and writes. One owner, one thread at a time.
public final class Parameters {
  public let layout: ParameterLayout
  public let trained: Buffer
  public let gradients: Buffer
  public let statistics: Buffer

  public init(_ weights: Weights, withGradients: Bool = true) {
    layout = weights.layout
    trained = Buffer(weights.trained)
    statistics = Buffer(weights.statistics)
    gradients = Buffer(count: withGradients ? layout.trainedCount : 0)
  }

  /// An immutable copy.
  public var weights: Weights { Weights(layout: layout, trained: trained.array, statistics: statistics.array) }

  public func clearGradients() { gradients.floats.update(repeating: 0) }

  func value(_ id: ParameterID) -> UnsafeMutablePointer<Float> {
    (id.kind.isTrained ? trained : statistics).start + id.offset
  }

  func gradient(_ id: ParameterID) -> UnsafeMutablePointer<Float> {
    precondition(id.kind.isTrained && gradients.floats.count > 0, "this parameter has no gradient")
    return gradients.start + id.offset
  }
}
