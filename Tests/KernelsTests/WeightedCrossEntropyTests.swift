#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif
import Kernels
import Testing

/// Weighted cross-entropy and its reverse against their definition in double precision, and the gradient against differences of that.
@Suite struct WeightedCrossEntropyTests {
  struct Form: Sendable, CustomTestStringConvertible {
    let forward: Float, reverse: Float, isWeighted: Bool
    var testDescription: String { "\(forward) and \(reverse)\(isWeighted ? ", weighted" : "")" }

    static let table = [
      Form(forward: 1, reverse: 0, isWeighted: false), Form(forward: 1, reverse: 0, isWeighted: true), Form(forward: 0.1, reverse: 9.21, isWeighted: false),
      Form(forward: 0.5, reverse: 2, isWeighted: true),
    ]
  }

  private func weights(_ form: Form, _ classes: Int) -> [Float]? { form.isWeighted ? (0..<classes).map { 0.25 + Float($0 * 7 % 5) } : nil }

  /// About a tenth is ignored.
  private func labels(_ size: Enlargement) -> [UInt8] {
    (0..<size.low.images * size.height * size.width).map { $0 * 31 % 10 == 7 ? 255 : UInt8($0 * 13 % size.low.channels) }
  }

  /// What each pixel adds, for logits given as `[N, h, w, C]` in double precision, and its weight; both 0 where it is ignored.
  private func pixels(_ logits: [Double], _ size: Enlargement, _ form: Form) -> [(loss: Double, weight: Double)] {
    let low = size.low, c = low.channels, labels = labels(size), weights = weights(form, c)
    return labels.indices.map { pixel in
      let label = Int(labels[pixel]), n = pixel / (size.height * size.width), y = pixel / size.width % size.height, x = pixel % size.width
      guard label < c else { return (0, 0) }
      var values = [Double](repeating: 0, count: c)
      for (r, p) in Upsampled.lines(y, size.height, low.height) {
        for (s, q) in Upsampled.lines(x, size.width, low.width) {
          let at = ((n * low.height + r) * low.width + s) * c
          for k in 0..<c { values[k] += p * q * logits[at + k] }
        }
      }
      let largest = values.max()!, whole = values.reduce(0) { $0 + exp($1 - largest) }, p = exp(values[label] - largest) / whole
      let weight = Double(weights?[label] ?? 1)
      return (weight * (Double(form.forward) * (log(whole) + largest - values[label]) + Double(form.reverse) * (1 - p)), weight)
    }
  }

  private func mean(_ pixels: [(loss: Double, weight: Double)]) -> Double {
    let weight = pixels.reduce(0) { $0 + $1.weight }
    return weight > 0 ? pixels.reduce(0) { $0 + $1.loss } / weight : 0
  }

  @Test(arguments: Enlargement.table, Form.table)
  func agreesWithItsDefinition(size: Enlargement, form: Form) {
    let logits = Map(size.low, scale: 5), start = logits.values.map(Double.init), each = pixels(start, size, form), want = mean(each)
    let labels = labels(size), weights = weights(form, size.low.channels), weight = each.reduce(0) { $0 + $1.weight }
    var dice = Dice(6)
    let step = 1e-4, directions = (0..<2).map { _ in start.map { _ in Double(dice.float()) } }
    let slopes = directions.map { direction in
      let ends = [step, -step].map { by in mean(pixels(zip(start, direction).map { $0 + by * $1 }, size, form)) }
      return 1.5 * (ends[0] - ends[1]) / (2 * step)
    }
    for accumulate in [false, true] {
      let d = Map(size.low, seed: 8), before = Map(size.low, seed: 8).values
      var losses = [Float](repeating: -1, count: labels.count), counted = 0.0
      func sum(_ weights: UnsafePointer<Float>?) -> Double {
        segue_upsample_weighted_cross_entropy(logits.map, labels, size.height, size.width, weights, form.forward, form.reverse, 1.5, &losses, d.map, accumulate, &counted)
      }
      let have = weights.map { $0.withUnsafeBufferPointer { sum($0.baseAddress) } } ?? sum(nil)
      #expect(abs(counted - weight) <= 1e-5 * weight)
      #expect(abs(have - want * weight) <= 2e-6 * max(abs(have), 0.01), "\(have) is not \(want * weight)")
      #expect(zip(losses, each).allSatisfy { abs(Double($0) - $1.loss) <= 1e-5 * max(1, $1.loss) && ($1.weight > 0 || $0 == 0) })
      #expect(d.guardsIntact && logits.guardsIntact)
      let gradient = zip(d.values, before).map { Double($0) - (accumulate ? Double($1) : 0) }
      for (direction, slope) in zip(directions, slopes) {
        let terms = zip(gradient, direction).map { $0 * $1 }, size = terms.reduce(0) { $0 + abs($1) }
        #expect(abs(slope - terms.reduce(0, +)) <= 3e-5 * size + (accumulate ? 1e-6 : 1e-7), "\(terms.reduce(0, +)) is not \(slope)")
      }
    }
  }

  /// With every weight 1 and no reverse it is the cross-entropy.
  @Test func theSimplestFormIsCrossEntropy() {
    let size = Enlargement(Shape(2, 4, 6, 19), 32, 48), logits = Map(size.low, scale: 5), labels = labels(size)
    let one = Map(size.low, seed: 8), other = Map(size.low, seed: 9)
    var counted = 0, weight = 0.0
    let want = segue_upsample_cross_entropy(logits.map, labels, 32, 48, 1.5, one.map, false, &counted)
    let have = segue_upsample_weighted_cross_entropy(logits.map, labels, 32, 48, nil, 1, 0, 1.5, nil, other.map, false, &weight)
    #expect(Double(counted) == weight && abs(have - want) <= 1e-9 * want)
    #expect(zip(one.values, other.values).allSatisfy { abs($0 - $1) <= 1e-9 })
  }
}
