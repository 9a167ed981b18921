public import Imaging
public import Scenes
public import Segmentation
import Tensors

/// Labels that models make for images without any, as Fourier adaptation's self-training does (Yang and Soatto, CVPR 2020,
/// section 3.3, by the rule of its code): over the whole set, the least confident predictions of each class are left out.
public enum PseudoLabelling {
  public struct Result: Sendable {
    /// Train ids at the network's input size, 255 where left out; one for each image.
    public let labels: [IndexMap]
    public let report: PseudoLabelReport
  }

  /// Predictions that are kept in memory between passes; beyond it they are computed again.
  public static let memory = 1 << 30

  /// - Parameters:
  ///   - seed: of styles, where the dataset has any.
  ///   - each: is told what share of the work is done; may throw to stop.
  public static func labels(
    by models: [SegmentationModel], on dataset: Dataset, rule: PseudoLabelRule, seed: UInt64, each: (_ share: Double) throws -> Void = { _ in }
  ) throws -> Result {
    let predictions = Predictions(Predictor(models), dataset, seed: seed)
    // Predictions that are kept are made in the first pass alone, and once more where labels need every probability; others in three, or in two
    // where the thresholds need only one.
    let needsAll = rule.way == .portions, passes = predictions.areKept ? (needsAll ? 2 : 1) : 3
    func report(pass: Int, _ position: Int) throws {
      guard pass < passes else { return }
      try each((Double(pass) + Double(position + 1) / Double(dataset.count)) / Double(passes))
    }
    var pass = 0
    let thresholds = try PseudoLabelThresholds(rule) { visit in
      for position in 0..<dataset.count {
        let (classes, confidence, _) = try predictions.at(position)
        try visit(classes, confidence)
        try report(pass: pass, position)
      }
      pass += 1
    }
    var summary = PseudoLabelReport(thresholds), labels: [IndexMap] = []
    for position in 0..<dataset.count {
      let (classes, confidence, size) = try predictions.at(position)
      let kept = try needsAll ? thresholds.kept(predictions.probabilities(position).map) : thresholds.kept(predicted: classes, confidences: confidence)
      summary.add(predicted: classes, kept: kept)
      labels.append(IndexMap(size: size, values: kept))
      try report(pass: max(passes - 1, 1), position)
    }
    return Result(labels: labels, report: summary)
  }
}

/// The most probable class and its probability for each image, remembered where that fits into memory.
private final class Predictions {
  typealias Prediction = (classes: [UInt8], confidence: [Float], size: PixelSize)

  let areKept: Bool
  private let predictor: Predictor
  private let dataset: Dataset
  private let seed: UInt64
  private var kept: [Int: Prediction] = [:]

  init(_ predictor: Predictor, _ dataset: Dataset, seed: UInt64) {
    (self.predictor, self.dataset, self.seed) = (predictor, dataset, seed)
    let pixels = (0..<dataset.count).reduce(0) { $0 + dataset.size(at: $1).area }
    areKept = pixels * 5 <= PseudoLabelling.memory
  }

  func at(_ position: Int) throws -> Prediction {
    if let known = kept[position] { return known }
    let (probabilities, size) = try probabilities(position)
    let (classes, confidence) = UpsampledSoftmax.mostProbable(probabilities)
    let prediction = (classes, confidence, size)
    if areKept { kept[position] = prediction }
    return prediction
  }

  /// Of every class; valid until the next prediction.
  func probabilities(_ position: Int) throws -> (map: FeatureMap, size: PixelSize) {
    let image = try dataset.evaluationSample(position, seed: seed).image, size = image.size
    return (
      predictor.softmax(Normalization.values(of: image), height: size.height, width: size.width, outputHeight: size.height, outputWidth: size.width), size
    )
  }
}
