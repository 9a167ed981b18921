import Synchronization

/// The samples of a dataset in order, as they are judged, each decoded on a background thread while the one before is worked on.
///
///     let samples = EvaluationReader(try streets.val, seed: 7)
///     while let sample = try samples.next() { ... }
public final class EvaluationReader: Sendable {
  /// How many samples there are.
  public let count: Int
  private let taken = Mutex(0)
  private let ahead: Prefetcher<EvaluationSample>

  /// - Parameters:
  ///   - seed: of styles that draw at random.
  ///   - positions: of the samples to read; of all by default.
  public init(_ dataset: Dataset, seed: UInt64, positions: [Int]? = nil, ahead depth: Int = 2) {
    let count = positions?.count ?? dataset.count
    self.count = count
    ahead = Prefetcher(depth: depth, count: count) { try dataset.evaluationSample(positions?[$0] ?? $0, seed: seed) }
  }

  /// The next sample; nil after the last.
  ///
  /// - Throws: what went wrong with this sample, naming the file; then the same again at every call.
  public func next() throws -> EvaluationSample? {
    let isOver = taken.withLock { taken in
      guard taken < count else { return true }
      taken += 1
      return false
    }
    return isOver ? nil : try ahead.next()
  }
}
