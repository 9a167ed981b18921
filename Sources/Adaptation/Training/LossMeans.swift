/// Sums the losses of steps into means.
public struct LossMeans: Sendable, Hashable, Codable {
  /// By the ids of their terms.
  private var sums: [String: Double] = [:]
  /// Of the steps that had the loss.
  private var counts: [String: Int] = [:]
  public init() {}

  public mutating func add(_ losses: StepLosses) {
    for (id, loss) in losses.values {
      sums[id, default: 0] += loss
      counts[id, default: 0] += 1
    }
  }

  /// The mean so far; nil where no step had the loss.
  public subscript(term: LossTerm) -> Double? { mean(term.id) }

  public func epoch(_ number: Int, meanIoU: Double?) -> TrainingHistory.Epoch {
    .init(epoch: number, losses: Dictionary(uniqueKeysWithValues: sums.keys.compactMap { id in mean(id).map { (id, $0) } }), meanIoU: meanIoU)
  }

  private func mean(_ id: String) -> Double? { sums[id].flatMap { sum in counts[id].map { sum / Double($0) } } }

  private enum Key: String, CodingKey { case sums, counts }

  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: Key.self)
    if let sums = try? values.decode([String: Double].self, forKey: .sums) {
      (self.sums, counts) = (sums, try values.decode([String: Int].self, forKey: .counts))
    } else {
      // A checkpoint from before losses had names.
      let ids = ["segmentation", "pseudo", "adversarial", "discriminator"]
      let sums = try values.decode([Double].self, forKey: .sums), counts = try values.decode([Int].self, forKey: .counts)
      for (id, (sum, count)) in zip(ids, zip(sums, counts)) where count > 0 { (self.sums[id], self.counts[id]) = (sum, count) }
    }
  }
}
