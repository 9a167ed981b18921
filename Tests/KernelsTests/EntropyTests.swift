#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif
import Kernels
import Testing

/// The entropy of upsampled softmax against its definition in double precision, and its gradient against differences of that.
@Suite struct EntropyTests {
  struct Penalty: Sendable, CustomTestStringConvertible {
    let robust: Bool, offset: Float
    var testDescription: String { robust ? "robust with \(offset)" : "linear" }

    func callAsFunction(_ entropy: Double) -> Double {
      let base = entropy * entropy + Double(offset)
      return robust ? base * base : entropy
    }

    static let table = [Penalty(robust: false, offset: 0), Penalty(robust: true, offset: 1e-6), Penalty(robust: true, offset: 0.25)]
  }

  static let sizes = Enlargement.table.filter { $0.low.channels > 1 }

  /// The mean penalty for logits given as `[N, h, w, C]` in double precision.
  private func loss(_ logits: [Double], _ size: Enlargement, _ penalty: Penalty) -> Double {
    let low = size.low, c = low.channels
    var total = 0.0
    for n in 0..<low.images {
      total += sum(size.height, size.width) { y, x in
        var values = [Double](repeating: 0, count: c)
        for (r, p) in Upsampled.lines(y, size.height, low.height) {
          for (s, q) in Upsampled.lines(x, size.width, low.width) {
            let at = ((n * low.height + r) * low.width + s) * c
            for k in 0..<c { values[k] += p * q * logits[at + k] }
          }
        }
        let largest = values.max()!, powers = values.map { exp($0 - largest) }, whole = powers.reduce(0, +)
        let entropy = -powers.reduce(0.0) { $0 + ($1 > 0 ? $1 / whole * log($1 / whole) : 0) } / log(Double(c))
        return penalty(entropy)
      }
    }
    return total / Double(low.images * size.height * size.width)
  }

  @Test(arguments: sizes, Penalty.table)
  func agreesWithItsDefinition(size: Enlargement, penalty: Penalty) {
    let logits = Map(size.low, scale: 5), start = logits.values.map(Double.init), want = loss(start, size, penalty)
    // The slope along random directions, by central differences of the definition.
    var dice = Dice(6)
    let step = 1e-4, directions = (0..<2).map { _ in start.map { _ in Double(dice.float()) } }
    let slopes = directions.map { direction in
      let ends = [step, -step].map { by in loss(zip(start, direction).map { $0 + by * $1 }, size, penalty) }
      return 1.5 * (ends[0] - ends[1]) / (2 * step)
    }
    for accumulate in [false, true] {
      let d = Map(size.low, seed: 8), before = Map(size.low, seed: 8).values
      let have = segue_upsample_entropy(logits.map, size.height, size.width, penalty.robust, penalty.offset, 1.5, d.map, accumulate)
      #expect(abs(have - want) <= 2e-6 * max(want, 0.01), "\(have) is not \(want)")
      #expect(d.guardsIntact && logits.guardsIntact)
      let gradient = zip(d.values, before).map { Double($0) - (accumulate ? Double($1) : 0) }
      for (direction, slope) in zip(directions, slopes) {
        let terms = zip(gradient, direction).map { $0 * $1 }, size = terms.reduce(0) { $0 + abs($1) }
        #expect(abs(slope - terms.reduce(0, +)) <= 2e-5 * size + (accumulate ? 1e-6 : 1e-8), "\(terms.reduce(0, +)) is not \(slope)")
      }
    }
    let alone = segue_upsample_entropy(logits.map, size.height, size.width, penalty.robust, penalty.offset, 1.5, .absent, false)
    #expect(abs(alone - want) <= 2e-6 * max(want, 0.01))
  }

  /// Number by number, on a map small enough.
  @Test(arguments: Penalty.table)
  func everyNumberOfTheGradientIsASlope(penalty: Penalty) {
    let size = Enlargement(Shape(2, 2, 3, 5, gap: 2), 7, 19), logits = Map(size.low, scale: 3), d = Map(size.low, seed: 8)
    _ = segue_upsample_entropy(logits.map, size.height, size.width, penalty.robust, penalty.offset, 1, d.map, false)
    let start = logits.values.map(Double.init), step = 1e-4
    let slopes = start.indices.map { index in
      func moved(_ by: Double) -> Double {
        var values = start
        values[index] += by
        return loss(values, size, penalty)
      }
      return (moved(step) - moved(-step)) / (2 * step)
    }
    let largest = slopes.map(abs).max()!
    for (have, want) in zip(d.values, slopes) where abs(Double(have) - want) > 1e-5 * largest { Issue.record("\(have) is not \(want)") }
  }

  /// 1 where all classes are alike, 0 where one is certain; no gradient at either end.
  @Test(arguments: [Float(0), 60, 3000])
  func endsOfTheScale(certainty: Float) {
    let logits = Map(Shape(2, 3, 4, 19), scale: 0), d = Map(Shape(2, 3, 4, 19), seed: 2)
    for n in 0..<2 { for y in 0..<3 { for x in 0..<4 { logits[n, y, x, 7] = certainty } } }
    let have = segue_upsample_entropy(logits.map, 17, 30, false, 0, 1, d.map, false)
    #expect(abs(have - (certainty == 0 ? 1 : 0)) <= 1e-6)
    #expect(d.values.allSatisfy { abs($0) <= 1e-9 })
  }

  /// A logit that is no number, or infinite, is not taken for a certain prediction.
  @Test(arguments: [Float.nan, .infinity])
  func brokenLogitsAreSeen(value: Float) {
    let logits = Map(Shape(1, 3, 4, 19)), d = Map(Shape(1, 3, 4, 19), seed: 2)
    logits[0, 1, 2, 5] = value
    #expect(segue_upsample_entropy(logits.map, 17, 30, false, 0, 1, d.map, false).isNaN)
    #expect(d.values.contains { $0.isNaN })
  }
}
