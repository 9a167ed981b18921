/// How long each of many like pieces of work took.
public struct Latencies: Sendable {
  private var seconds: [Double] = []
  public init() {}

  public mutating func add(_ seconds: Double) { self.seconds.append(seconds) }

  public var count: Int { seconds.count }

  /// The least time that so many per cent of them took at most; nil where there are none.
  public func percentile(_ percent: Double) -> Double? {
    guard !seconds.isEmpty else { return nil }
    let rank = Int((percent / 100 * Double(count)).rounded(.up))
    return seconds.sorted()[min(max(rank, 1), count) - 1]
  }
}
