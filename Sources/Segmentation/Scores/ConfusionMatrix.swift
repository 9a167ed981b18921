import Tensors

/// How often each true class was predicted as each class: the one thing that every score is computed from.
///
/// Counts are whole numbers, so that matrices of parts of a dataset add up to the matrix of the whole in any order.
///
///     var matrix = ConfusionMatrix()
///     matrix.add(truth: label.values, prediction: predicted.values)
///     matrix[13, 0]   // pixels of cars that were taken for road
public struct ConfusionMatrix: Sendable, Hashable {
  /// The 19 classes of Cityscapes by train id.
  public static let classes = 19

  /// `[truth, prediction]` in row-major order, 19 x 19.
  public private(set) var counts: [UInt64]

  public init() {
    counts = [UInt64](repeating: 0, count: ConfusionMatrix.classes * ConfusionMatrix.classes)
  }

  /// A matrix of these counts, `[truth, prediction]`, 19 x 19.
  public init(counts: [UInt64]) {
    precondition(counts.count == ConfusionMatrix.classes * ConfusionMatrix.classes, "a confusion matrix has 19 x 19 counts")
    self.counts = counts
  }

  public subscript(truth: Int, prediction: Int) -> UInt64 { counts[truth * ConfusionMatrix.classes + prediction] }

  /// Counts pixels; the two maps lie over each other. Pixels whose label is no class (19 and above, such as void, 255) are left out,
  /// and so are pixels whose prediction is none, which only pseudo-labels have.
  public mutating func add(truth: [UInt8], prediction: [UInt8]) {
    precondition(truth.count == prediction.count, "\(truth.count) labels cannot judge \(prediction.count) predictions")
    LabelPairs.add(truth, prediction, classes: ConfusionMatrix.classes, to: &counts)
  }

  /// Adds the counts of another part of the data.
  public static func += (matrix: inout ConfusionMatrix, other: ConfusionMatrix) {
    for i in matrix.counts.indices { matrix.counts[i] += other.counts[i] }
  }

  /// Pixels of this true class.
  public func truePixels(of kind: Int) -> UInt64 { (0..<ConfusionMatrix.classes).reduce(0) { $0 + self[kind, $1] } }

  /// Valid pixels that were predicted as this class.
  public func predictedPixels(of kind: Int) -> UInt64 { (0..<ConfusionMatrix.classes).reduce(0) { $0 + self[$1, kind] } }

  /// Pixels that were judged.
  public var pixels: UInt64 { counts.reduce(0, +) }

  /// Pixels that were predicted as what they are.
  public var correctPixels: UInt64 { (0..<ConfusionMatrix.classes).reduce(0) { $0 + self[$1, $1] } }
}
