import Tensors

/// How far means of IoU move with the images that happened to be evaluated: as many images are drawn with replacement, again and again, and the
/// means are taken of each drawing (Efron, *Bootstrap Methods*, 1979; percentile intervals, Efron and Tibshirani, 1993, chapter 13). Every
/// model sees the same drawings, so that differences of models are paired by image.
public struct Bootstrap: Sendable {
  /// The middle 95 per cent, from `low` to `high`.
  public struct Interval: Sendable, Hashable, Codable {
    public let low: Double
    public let high: Double
    public init(low: Double, high: Double) { (self.low, self.high) = (low, high) }
  }

  /// By model, then by drawing; nil where no class of the mean was drawn.
  private let means: [[Double?]]

  /// - Parameters:
  ///   - images: by model, then by image; the same images for each model.
  ///   - drawings: how often the images are drawn.
  ///   - impossible: train ids of classes that the labels do not know.
  ///   - kinds: train ids of the classes that the mean is taken over, as far as they are present.
  public init(_ images: [[ConfusionMatrix]], drawings: Int, seed: UInt64, excluding impossible: Set<Int> = [], over kinds: Set<Int> = Set(0..<ConfusionMatrix.classes)) {
    let counts = images.map { $0.map { ClassCounts($0) } }
    let count = images.first?.count ?? 0
    precondition(images.allSatisfy { $0.count == count }, "models are compared on the same images")
    let kinds = kinds.subtracting(impossible).sorted()
    var means = [[Double?]](repeating: [], count: images.count)
    for drawing in 0..<(count == 0 ? 0 : drawings) {
      var random = RandomStream(seed: seed, purpose: "bootstrap", sample: drawing)
      let drawn = (0..<count).map { _ in random.integer(below: count) }
      for model in counts.indices {
        var sum = ClassCounts()
        for image in drawn { sum.add(counts[model][image]) }
        means[model].append(sum.meanIoU(over: kinds))
      }
    }
    self.means = means
  }

  /// In which a model's mean lies; nil where no drawing has one.
  public func interval(_ model: Int) -> Interval? { Bootstrap.middle(means[model].compactMap(\.self)) }

  /// In which the mean of one model less that of another lies.
  public func difference(_ model: Int, from other: Int) -> Interval? {
    Bootstrap.middle(zip(means[model], means[other]).compactMap { one, two in one.flatMap { one in two.map { one - $0 } } })
  }

  /// From the 2.5th to the 97.5th percentile, between neighbours by their distance.
  private static func middle(_ values: [Double]) -> Interval? {
    guard !values.isEmpty else { return nil }
    let sorted = values.sorted()
    func percentile(_ share: Double) -> Double {
      let place = share * Double(sorted.count - 1), below = Int(place)
      let above = min(below + 1, sorted.count - 1)
      return sorted[below] + (place - Double(below)) * (sorted[above] - sorted[below])
    }
    return Interval(low: percentile(0.025), high: percentile(0.975))
  }
}

/// What IoU needs of a confusion matrix.
private struct ClassCounts {
  /// Correct, labelled and predicted pixels of each class, one after another.
  private var counts = [UInt64](repeating: 0, count: 3 * ConfusionMatrix.classes)

  init() {}

  init(_ matrix: ConfusionMatrix) {
    for kind in 0..<ConfusionMatrix.classes {
      counts[3 * kind] = matrix[kind, kind]
      counts[3 * kind + 1] = matrix.truePixels(of: kind)
      counts[3 * kind + 2] = matrix.predictedPixels(of: kind)
    }
  }

  mutating func add(_ other: ClassCounts) {
    for place in counts.indices { counts[place] += other.counts[place] }
  }

  func meanIoU(over kinds: [Int]) -> Double? {
    let scores = kinds.compactMap { kind -> Double? in
      let correct = counts[3 * kind], union = counts[3 * kind + 1] + counts[3 * kind + 2] - correct
      return union == 0 ? nil : Double(correct) / Double(union)
    }
    return scores.isEmpty ? nil : scores.reduce(0, +) / Double(scores.count)
  }
}
