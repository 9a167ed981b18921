/// How long a work will still take, from the median of how long its parts took: a pause, a validation or a busy minute does not move it.
package struct TimeLeft: Sendable {
  private var last: (seconds: Double, fraction: Double)?
  /// Seconds for the whole work, as each stretch would have it, with the share of the work that the stretch did.
  private var rates: [(seconds: Double, share: Double)] = []

  package init() {}

  /// - Parameters:
  ///   - fraction: 0...1
  ///   - seconds: of any clock that only goes forward
  package mutating func note(fraction: Double, at seconds: Double) {
    guard let before = last, fraction >= before.fraction else {
      last = (seconds, fraction)
      rates = []
      return
    }
    // Stretches shorter than a fifth of a second say little.
    guard seconds - before.seconds >= 0.2, fraction > before.fraction else { return }
    rates.append(((seconds - before.seconds) / (fraction - before.fraction), fraction - before.fraction))
    if rates.count > 64 { rates.removeFirst() }
    last = (seconds, fraction)
  }

  /// Seconds; nil until something can be said.
  package var seconds: Double? {
    guard let last, !rates.isEmpty, last.fraction < 1 else { return nil }
    let sorted = rates.sorted { $0.seconds < $1.seconds }
    let half = sorted.reduce(0) { $0 + $1.share } / 2
    var share = 0.0
    for rate in sorted {
      share += rate.share
      if share >= half { return rate.seconds * (1 - last.fraction) }
    }
    return nil
  }

  /// `12 s`, `3 min`, `1 h 20 min`: as exact as an estimate deserves.
  package static func words(_ seconds: Double) -> String {
    switch seconds {
    case ..<90: return "\(max(Int(seconds.rounded()), 1)) s"
    case ..<5400: return "\(Int((seconds / 60).rounded())) min"
    default:
      let minutes = Int((seconds / 60).rounded())
      return "\(minutes / 60) h" + (minutes % 60 == 0 ? "" : " \(minutes % 60) min")
    }
  }
}
