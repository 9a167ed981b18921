/// The share of the published channel counts that a network has: smaller ones for smaller machines and for lessons.
public enum NetworkWidth: String, Sendable, CaseIterable {
  case full = "1"
  case half = "1/2"
  case quarter = "1/4"
  case eighth = "1/8"

  public var divisor: Int {
    switch self {
    case .full: 1
    case .half: 2
    case .quarter: 4
    case .eighth: 8
    }
  }

  /// A channel count of the published network at this width.
  public func of(_ channels: Int) -> Int { channels / divisor }
}
