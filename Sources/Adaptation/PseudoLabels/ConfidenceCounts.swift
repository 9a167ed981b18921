/// Why confidences cannot be ranked.
public enum ConfidenceError: Error, Equatable, CustomStringConvertible {
  /// A confidence that is not a number, or negative, or 2 and more.
  case notAProbability(Float)
  /// The second pass over the target set saw other confidences than the first.
  case changed

  public var description: String {
    switch self {
    case .notAProbability(let value): "a confidence of \(value) is no probability: has the training of the model diverged?"
    case .changed: "the predictions changed between the two passes over the images, so their thresholds are not known"
    }
  }
}

/// The first pass over a target set: how many pixels of each class have a confidence in each of 16384 small ranges.
///
/// Positive floats are in the order of their bits, so the upper half of the bits names a range and the lower half a place in it. Two
/// passes, one for each half, find any ranked confidence exactly in memory that does not grow with the set: 2.5 MB for this pass.
/// Confidences up to 2 are accepted, since a mean of probabilities may exceed 1 by rounding.
public struct ConfidenceCounts: Sendable {
  static let classes = 19
  static let ranges = 1 << 14

  /// `[class, range]`.
  private(set) var counts = [UInt64](repeating: 0, count: classes * ranges)

  public init() {}

  /// Counts pixels: the predicted class of each and the probability it was predicted with. Predictions that are no class are left out.
  public mutating func add(predicted: [UInt8], confidences: [Float]) throws(ConfidenceError) {
    precondition(predicted.count == confidences.count, "\(predicted.count) predictions have \(confidences.count) confidences")
    for i in predicted.indices where predicted[i] < ConfidenceCounts.classes {
      let bits = try ConfidenceCounts.bits(confidences[i])
      counts[Int(predicted[i]) * ConfidenceCounts.ranges + Int(bits >> 16)] += 1
    }
  }

  /// Adds the counts of other images.
  public static func += (counts: inout ConfidenceCounts, other: ConfidenceCounts) {
    for i in counts.counts.indices { counts.counts[i] += other.counts[i] }
  }

  /// Pixels predicted as this class.
  public func pixels(of kind: Int) -> UInt64 { counts[kind * ConfidenceCounts.ranges..<(kind + 1) * ConfidenceCounts.ranges].reduce(0, +) }

  /// The range in which the confidence of this rank lies, and its rank among those there.
  func range(of kind: Int, rank: UInt64) -> (range: Int, rank: UInt64) {
    var below: UInt64 = 0
    for range in 0..<ConfidenceCounts.ranges {
      let here = counts[kind * ConfidenceCounts.ranges + range]
      if rank < below + here { return (range, rank - below) }
      below += here
    }
    preconditionFailure("there are fewer than \(rank) confidences")
  }

  static func bits(_ confidence: Float) throws(ConfidenceError) -> UInt32 {
    guard confidence >= 0, confidence < 2 else { throw .notAProbability(confidence) }
    return (confidence + 0).bitPattern  // -0 is 0
  }
}
