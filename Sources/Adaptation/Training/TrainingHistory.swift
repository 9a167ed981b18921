/// What training was like, epoch by epoch.
public struct TrainingHistory: Sendable, Hashable, Codable {
  public struct Epoch: Sendable, Hashable {
    /// From 1.
    public let epoch: Int
    /// Means over those of the epoch's steps that had the loss, by the ids of their terms.
    public let losses: [String: Double]
    /// On the validation images, 0...1; nil where none was asked for or no pixel has a label.
    public let meanIoU: Double?

    public init(epoch: Int, losses: [String: Double], meanIoU: Double?) { (self.epoch, self.losses, self.meanIoU) = (epoch, losses, meanIoU) }

    public subscript(term: LossTerm) -> Double? { losses[term.id] }
  }

  public var epochs: [Epoch] = []
  public init() {}

  /// The epoch with the best mIoU, ties to the earlier; nil without validation.
  public var best: Epoch? {
    epochs.filter { $0.meanIoU != nil }.max { ($0.meanIoU!, -$0.epoch) < ($1.meanIoU!, -$1.epoch) }
  }
}

/// The figures lie side by side: `{"epoch": 1, "segmentation": 2.3, "meanIoU": 0.2}`.
extension TrainingHistory.Epoch: Codable {
  private struct Key: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init(_ name: String) { stringValue = name }
    init?(stringValue: String) { self.init(stringValue) }
    init?(intValue: Int) { nil }

    static let epoch = Key("epoch"), meanIoU = Key("meanIoU")
  }

  public init(from decoder: any Decoder) throws {
    let figures = try decoder.container(keyedBy: Key.self)
    var losses: [String: Double] = [:]
    for key in figures.allKeys where ![Key.epoch.stringValue, Key.meanIoU.stringValue].contains(key.stringValue) {
      losses[key.stringValue] = try figures.decodeIfPresent(Double.self, forKey: key)
    }
    self.init(epoch: try figures.decode(Int.self, forKey: .epoch), losses: losses, meanIoU: try figures.decodeIfPresent(Double.self, forKey: .meanIoU))
  }

  public func encode(to encoder: any Encoder) throws {
    var figures = encoder.container(keyedBy: Key.self)
    try figures.encode(epoch, forKey: .epoch)
    for (id, loss) in losses { try figures.encode(loss, forKey: Key(id)) }
    try figures.encodeIfPresent(meanIoU, forKey: .meanIoU)
  }
}
