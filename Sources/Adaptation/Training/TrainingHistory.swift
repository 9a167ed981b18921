/// What training was like, epoch by epoch.
public struct TrainingHistory: Sendable, Hashable, Codable {
  public struct Epoch: Sendable, Hashable, Codable {
    /// From 1.
    public let epoch: Int
    /// Means over those of the epoch's steps that had labelled pixels; nil where none had.
    public let segmentation: Double?
    public let pseudo: Double?
    public let adversarial: Double?
    public let discriminator: Double?
    /// mIoU on the validation data, 0...1, where there are any with labelled pixels.
    public let meanIoU: Double?

    public init(epoch: Int, segmentation: Double?, pseudo: Double?, adversarial: Double?, discriminator: Double?, meanIoU: Double?) {
      self.epoch = epoch
      self.segmentation = segmentation
      self.pseudo = pseudo
      self.adversarial = adversarial
      self.discriminator = discriminator
      self.meanIoU = meanIoU
    }
  }

  public var epochs: [Epoch] = []
  public init() {}

  /// The epoch with the best mIoU, ties to the earlier; nil without validation.
  public var best: Epoch? {
    epochs.filter { $0.meanIoU != nil }.max { ($0.meanIoU!, -$0.epoch) < ($1.meanIoU!, -$1.epoch) }
  }
}

/// Sums the losses of steps into means.
public struct LossMeans: Sendable, Hashable, Codable {
  private var steps = 0
  private var sums: [Double] = [0, 0, 0, 0]
  private var counts: [Int] = [0, 0, 0, 0]
  public init() {}

  public mutating func add(_ losses: StepLosses) {
    steps += 1
    for (index, loss) in [losses.segmentation, losses.pseudo, losses.adversarial, losses.discriminator].enumerated() {
      guard let loss else { continue }
      sums[index] += loss
      counts[index] += 1
    }
  }

  /// The mean of the segmentation loss so far; nil where no pixel had a label.
  public var segmentation: Double? { mean(0) }

  public func epoch(_ number: Int, meanIoU: Double?) -> TrainingHistory.Epoch {
    .init(
      epoch: number, segmentation: segmentation, pseudo: mean(1), adversarial: mean(2), discriminator: mean(3), meanIoU: meanIoU)
  }

  private func mean(_ index: Int) -> Double? { counts[index] == 0 ? nil : sums[index] / Double(counts[index]) }
}
