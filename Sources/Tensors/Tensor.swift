/// An immutable array of Float32 in row-major order. Images and feature maps are `[N, H, W, C]`.
///
/// This is the form in which numbers are looked at, kept and exchanged. Networks compute in the arena of a `Plan` instead.
public struct Tensor: Sendable, Hashable {
  public let shape: [Int]
  public let values: [Float]

  /// An array of these values; there must be as many as the shape says.
  public init(shape: [Int], values: [Float]) {
    precondition(shape.allSatisfy { $0 >= 0 } && shape.reduce(1, *) == values.count, "\(values.count) values do not fill \(shape)")
    self.shape = shape
    self.values = values
  }

  public var count: Int { values.count }
}
