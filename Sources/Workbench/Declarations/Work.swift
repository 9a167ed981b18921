import Language

/// How much there is to do, by which the time of a run is estimated from earlier ones.
public struct Work: Sendable, Hashable, Codable {
  /// What one unit is; equal words mean that a unit takes equally long: `a training step of bisenet, 8 images of 256x128`.
  public var unit: String
  public var count: Int
  /// Multiplications with addition of one unit, by which units of other words are compared.
  public var multiplyAccumulates: Double

  public init(_ count: Int, of unit: String, multiplyAccumulates: Double) {
    (self.count, self.unit, self.multiplyAccumulates) = (count, unit, multiplyAccumulates)
  }

  var total: Double { Double(count) * multiplyAccumulates }
}

/// How long something will take, from runs that the store remembers.
struct Estimate: Sendable, Equatable {
  var seconds: Double
  /// How many runs it is drawn from.
  var runs: Int
  /// False where those runs were of another size, and only the arithmetic was compared.
  var isAlike: Bool

  /// The median of runs of the same unit; else the pace of the run whose unit is nearest in arithmetic.
  init?(_ work: Work, from runs: [(work: Work, seconds: Double)]) {
    let runs = runs.filter { $0.seconds > 0 && $0.work.count > 0 }
    let paces = runs.filter { $0.work.unit == work.unit }.map { $0.seconds / Double($0.work.count) }.sorted()
    if !paces.isEmpty {
      (seconds, self.runs, isAlike) = (paces[paces.count / 2] * Double(work.count), paces.count, true)
      return
    }
    func distance(_ other: Work) -> Double {
      let ratio = other.multiplyAccumulates / work.multiplyAccumulates
      return max(ratio, 1 / ratio)
    }
    let comparable = runs.filter { $0.work.multiplyAccumulates > 0 && work.multiplyAccumulates > 0 }
    guard let nearest = comparable.min(by: { distance($0.work) < distance($1.work) }) else { return nil }
    (seconds, self.runs, isAlike) = (nearest.seconds / nearest.work.total * work.total, 1, false)
  }

  var words: String {
    "about \(duration(seconds))" + (isAlike ? ", as \(counted(runs, "earlier run")) took" : ", estimated from an earlier run of another size")
  }
}

/// `40 s`, `3 min`, `2 h 10 min`, `3 days`: as exact as a guess deserves.
func duration(_ seconds: Double) -> String {
  switch seconds {
  case ..<1: return "a second"
  case ..<100: return "\(Int(seconds.rounded())) s"
  case ..<5400: return "\(Int((seconds / 60).rounded())) min"
  case ..<172_800:
    let minutes = Int((seconds / 60).rounded())
    return minutes % 60 == 0 ? "\(minutes / 60) h" : "\(minutes / 60) h \(minutes % 60) min"
  default: return "\(Int((seconds / 86_400).rounded())) days"
  }
}
