public import Tensors

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
  /// By train id; for a class that was never predicted 0, or 1 where they are relative.
  public let values: [Float]
  /// Whether a pixel's label is the class with the largest multiple of its threshold, so that all its probabilities are looked at.
  public let areRelative: Bool

  /// These thresholds, one for each of the 19 classes.
  public init(_ values: [Float], areRelative: Bool = false) {
    precondition(values.count == ConfidenceCounts.classes, "there are 19 classes")
    (self.values, self.areRelative) = (values, areRelative)
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
    precondition(!areRelative, "relative thresholds need every probability")
    precondition(predicted.count == confidences.count, "\(predicted.count) predictions have \(confidences.count) confidences")
    return predicted.indices.map { i in
      let kind = predicted[i]
      return kind < ConfidenceCounts.classes && confidences[i] >= values[Int(kind)] ? kind : 255
    }
  }

  /// The labels of an image by relative thresholds: the class with the largest probability over threshold, ties to the smaller class, where that
  /// is 1 or more, else 255.
  ///
  /// - Parameter probabilities: of every class, `[1, H, W, 19]`.
  public func kept(_ probabilities: FeatureMap) -> [UInt8] {
    precondition(areRelative && probabilities.shape.channels == values.count, "relative thresholds of as many classes")
    return (0..<probabilities.shape.pixels).map { pixel in
      let own = probabilities.data + pixel * probabilities.stride
      var best: UInt8 = 255, largest = Float(1).nextDown
      for kind in values.indices where own[kind] / values[kind] > largest { (best, largest) = (UInt8(kind), own[kind] / values[kind]) }
      return best
    }
  }
}
