/// The second pass over a target set: the places within the ranges where the thresholds lie. At most 10 MB.
public struct ConfidenceRanks: Sendable {
  private struct Wanted {
    /// The upper half of the threshold's bits.
    var range: UInt32
    /// Its rank among the confidences of this range.
    var rank: UInt64
    /// How many confidences the first pass saw here.
    var expected: UInt64
    /// By the lower half of the bits.
    var counts = [UInt64](repeating: 0, count: 1 << 16)
  }

  private let rule: PseudoLabelRule
  private let pixels: [UInt64]
  /// By class; nil where the first pass settled the threshold.
  private var wanted: [Wanted?]

  /// Looks for the thresholds of `rule` among the confidences that `counts` counted.
  public init(_ counts: ConfidenceCounts, rule: PseudoLabelRule) {
    self.rule = rule
    pixels = (0..<ConfidenceCounts.classes).map(counts.pixels)
    wanted = pixels.enumerated().map { kind, pixels in
      guard pixels > 0, let place = rule.place(among: pixels) else { return nil }
      let (range, rank) = counts.range(of: kind, rank: place)
      guard range <= Int(rule.cap.bitPattern >> 16) else { return nil }  // surer than the cap, which is then the threshold
      return Wanted(range: UInt32(range), rank: rank, expected: counts.counts[kind * ConfidenceCounts.ranges + range])
    }
  }

  /// Whether there is anything to look for: where not, the second pass may be left out.
  public var isNeeded: Bool { wanted.contains { $0 != nil } }

  /// Looks at pixels, the same ones in any order as in the first pass.
  public mutating func add(predicted: [UInt8], confidences: [Float]) throws(ConfidenceError) {
    precondition(predicted.count == confidences.count, "\(predicted.count) predictions have \(confidences.count) confidences")
    for i in predicted.indices where predicted[i] < ConfidenceCounts.classes {
      let bits = try ConfidenceCounts.bits(confidences[i])
      let kind = Int(predicted[i])
      if wanted[kind]?.range == bits >> 16 { wanted[kind]?.counts[Int(bits & 0xFFFF)] += 1 }
    }
  }

  /// Adds what another part of the second pass found, which began from the same first pass.
  public static func += (ranks: inout ConfidenceRanks, other: ConfidenceRanks) {
    for kind in ranks.wanted.indices {
      guard let counts = other.wanted[kind]?.counts else { continue }
      for i in counts.indices { ranks.wanted[kind]?.counts[i] += counts[i] }
    }
  }

  /// The thresholds, once every image was looked at.
  public func thresholds() throws(ConfidenceError) -> PseudoLabelThresholds {
    var values: [Float] = []
    for (kind, wanted) in wanted.enumerated() {
      if let wanted {
        guard wanted.counts.reduce(0, +) == wanted.expected else { throw .changed }
        var below: UInt64 = 0
        let place = wanted.counts.firstIndex { count in
          below += count
          return wanted.rank < below
        }
        guard let place else { throw .changed }
        values.append(min(Float(bitPattern: wanted.range << 16 | UInt32(place)), rule.cap))
      } else {
        // What was never predicted has no threshold, but is no label either where others' are compared with it.
        values.append(pixels[kind] == 0 && rule.way != .portions ? 0 : rule.cap)
      }
      if pixels[kind] > 0 { values[kind] = max(values[kind], Float(rule.floor)) }
    }
    return PseudoLabelThresholds(values, areRelative: rule.way == .portions)
  }
}
