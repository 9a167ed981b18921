/// How much of each class's predictions became labels.
public struct PseudoLabelReport: Sendable, Hashable {
  public let thresholds: PseudoLabelThresholds
  /// Pixels predicted as each class, by train id.
  public private(set) var predicted = [UInt64](repeating: 0, count: ConfidenceCounts.classes)
  /// Pixels with the class for their label: of those that were predicted as it, unless thresholds are relative.
  public private(set) var kept = [UInt64](repeating: 0, count: ConfidenceCounts.classes)
  /// All pixels looked at.
  public private(set) var pixels: UInt64 = 0

  public init(_ thresholds: PseudoLabelThresholds) { self.thresholds = thresholds }

  /// Counts an image: its predictions and the labels made from them.
  public mutating func add(predicted: [UInt8], kept labels: [UInt8]) {
    precondition(predicted.count == labels.count, "\(predicted.count) predictions have \(labels.count) labels")
    var counts = [UInt64](repeating: 0, count: 512)
    for i in predicted.indices {
      counts[Int(predicted[i])] += 1
      counts[256 + Int(labels[i])] += 1
    }
    for kind in 0..<ConfidenceCounts.classes {
      self.predicted[kind] += counts[kind]
      kept[kind] += counts[256 + kind]
    }
    pixels += UInt64(predicted.count)
  }

  /// Adds the counts of other images under the same thresholds.
  public static func += (report: inout PseudoLabelReport, other: PseudoLabelReport) {
    precondition(report.thresholds == other.thresholds, "reports of different thresholds do not add up")
    for kind in 0..<ConfidenceCounts.classes {
      report.predicted[kind] += other.predicted[kind]
      report.kept[kind] += other.kept[kind]
    }
    report.pixels += other.pixels
  }

  /// The share of a class's predictions that was kept; nil for a class that was never predicted.
  public func share(of kind: Int) -> Double? { predicted[kind] == 0 ? nil : Double(kept[kind]) / Double(predicted[kind]) }

  /// The share of all pixels that was kept; nil where there were none.
  public var share: Double? { pixels == 0 ? nil : Double(kept.reduce(0, +)) / Double(pixels) }
}
