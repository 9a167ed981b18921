import Storage

/// A number that a value shows, with the precision it is written to and how far a replay may lie from it.
public struct Number: Sendable, Hashable, Codable {
  public var value: Double
  /// Digits after the point.
  public var places: Int
  public var nature: Nature

  public enum Nature: Sendable, Hashable, Codable {
    /// A count or a setting: equal, or the replay differs.
    case exact
    /// Computed without training: agrees to the written precision.
    case rounded
    /// Came out of training, and moves with the arithmetic of the CPU: a replay within the tolerance is *close*.
    case trained(Tolerance)
  }

  public enum Tolerance: Sendable, Hashable, Codable {
    /// At most this much away, in the unit written: mIoU 3 points, a class 10.
    case absolute(Double)
    /// At most this share of the written value away: a loss 0.1.
    case relative(Double)
  }

  public init(_ value: Double, places: Int = 0, _ nature: Nature = .exact) {
    self.value = value
    self.places = places
    self.nature = nature
  }
}
