/// The confidence that each class's pixels need to be kept as labels.
///
///     let thresholds = try PseudoLabelThresholds(PseudoLabelRule()) { visit in
///       for image in images {                        // gone through once or twice
///         let (classes, confidences) = model.predict(image)
///         try visit(classes, confidences)
///       }
///     }
///     let labels = thresholds.kept(predicted: classes, confidences: confidences)   // 255 where the model is not sure enough
public struct PseudoLabelThresholds: Sendable, Hashable {
  /// By train id; 0 for a class that was never predicted.
  public let values: [Float]

  /// These thresholds, one for each of the 19 classes.
  public init(_ values: [Float]) {
    precondition(values.count == ConfidenceCounts.classes, "there are 19 classes")
    self.values = values
  }

  /// The exact thresholds of `rule` over a whole target set.
  ///
  /// - Parameter scan: visits the predictions of every image, its pixels' classes and their probabilities. It is called once, and once
  ///   more where the first pass does not settle every class; both times it must visit the same pixels, in any order.
  public init(
    _ rule: PseudoLabelRule, scan: (_ visit: (_ predicted: [UInt8], _ confidences: [Float]) throws -> Void) throws -> Void
  ) throws {
    var counts = ConfidenceCounts()
    try scan { predicted, confidences in try counts.add(predicted: predicted, confidences: confidences) }
    var ranks = ConfidenceRanks(counts, rule: rule)
    if ranks.isNeeded { try scan { predicted, confidences in try ranks.add(predicted: predicted, confidences: confidences) } }
    self = try ranks.thresholds()
  }

  /// The labels of an image: the predicted class where its confidence reaches the class's threshold (ties are kept), else 255.
  public func kept(predicted: [UInt8], confidences: [Float]) -> [UInt8] {
    precondition(predicted.count == confidences.count, "\(predicted.count) predictions have \(confidences.count) confidences")
    return predicted.indices.map { i in
      let kind = predicted[i]
      return kind < ConfidenceCounts.classes && confidences[i] >= values[Int(kind)] ? kind : 255
    }
  }
}
