#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// What several measurements of one thing say of it: their mean, and the interval in which the mean of infinitely many would lie.
struct Spread: Equatable {
  let mean: Double
  /// Half the width of the 95 per cent interval by Student's t; nil for one measurement, which has no spread.
  let halfWidth: Double?

  /// - Precondition: there is at least one value.
  init(_ values: [Double]) {
    precondition(!values.isEmpty)
    let mean = values.reduce(0, +) / Double(values.count)
    self.mean = mean
    guard values.count > 1 else {
      halfWidth = nil
      return
    }
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count - 1)
    halfWidth = StudentT.quantile(0.975, degrees: values.count - 1) * (variance / Double(values.count)).squareRoot()
  }
}

/// Student's t distribution for whole degrees of freedom, in closed form (Abramowitz and Stegun, 26.7.3 and 26.7.4).
enum StudentT {
  /// The probability that |T| is at most `t`, 0...1, for `degrees` of freedom.
  static func central(_ t: Double, degrees: Int) -> Double {
    let angle: Double = atan(t / Double(degrees).squareRoot())
    let sine: Double = sin(angle), cosine: Double = cos(angle)
    // Odd degrees start with cos θ, even ones with 1; each term has two more factors of the cosine.
    let isOdd = !degrees.isMultiple(of: 2)
    var term: Double = isOdd ? cosine : 1, sum = 0.0
    var step = isOdd ? 1 : 0
    while step < degrees - 1 {
      sum += term
      let ratio = Double(step + 1) / Double(step + 2)
      term *= cosine * cosine * ratio
      step += 2
    }
    let product: Double = sine * sum
    return isOdd ? 2 / Double.pi * (angle + product) : product
  }

  /// The t below which a share `probability` (0.5 to 1) of the distribution lies.
  static func quantile(_ probability: Double, degrees: Int) -> Double {
    precondition((0.5..<1).contains(probability) && degrees > 0)
    let wanted = 2 * probability - 1
    var low = 0.0, high = 1.0
    while central(high, degrees: degrees) < wanted { high *= 2 }
    for _ in 0..<100 {
      let middle = (low + high) / 2
      if central(middle, degrees: degrees) < wanted { low = middle } else { high = middle }
    }
    return (low + high) / 2
  }
}
