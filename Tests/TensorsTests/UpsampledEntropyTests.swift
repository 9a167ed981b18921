import Foundation
import Tensors
import TestSupport
import Testing

/// The entropy of the probabilities that `UpsampledSoftmax` would store.
@Suite struct UpsampledEntropyTests {
  private let shape = MapShape(2, 3, 5, 19), full = MapShape(2, 23, 34, 19)
  private let logits: Buffer

  init() { logits = Buffer(Formula.values("logits", count: shape.count, scale: 4)) }

  private func entropies() -> [Double] {
    let probabilities = Buffer(count: full.count)
    UpsampledSoftmax.evaluate(logits.map(shape), into: probabilities.map(full))
    let values = probabilities.array.map(Double.init)
    return (0..<full.pixels).map { (pixel: Int) -> Double in
      var sum = 0.0
      for p in values[pixel * 19..<(pixel + 1) * 19] where p > 0 { sum += p * log(p) }
      return -sum / log(19)
    }
  }

  @Test func isThatOfTheProbabilities() {
    let entropies = entropies(), count = Double(entropies.count)
    let linear = UpsampledEntropy.evaluate(logits.map(shape), height: full.height, width: full.width)
    let mean = entropies.reduce(0, +) / count
    #expect(abs(linear - mean) <= 1e-6)
    let robust = UpsampledEntropy.evaluate(logits.map(shape), height: full.height, width: full.width, penalty: .robust(offset: 0.25))
    var penalties = 0.0
    for entropy in entropies {
      let base = entropy * entropy + 0.25
      penalties += base * base
    }
    #expect(abs(robust - penalties / count) <= 1e-6)
  }

  /// The loss is not weighted, its gradient is, and adds to what is there where it should.
  @Test func gradientsAreWeightedAndAdded() {
    func gradient(weight: Float, startingFrom start: [Float], accumulate: Bool) -> (loss: Double, values: [Float]) {
      let gradient = Buffer(start)
      let loss = UpsampledEntropy.evaluate(
        logits.map(shape), height: full.height, width: full.width, weight: weight, gradient: gradient.map(shape), accumulate: accumulate)
      return (loss, gradient.array)
    }
    let ones = [Float](repeating: 1, count: shape.count)
    let plain = gradient(weight: 1, startingFrom: ones, accumulate: false), weighted = gradient(weight: 8, startingFrom: ones, accumulate: false)
    let added = gradient(weight: 8, startingFrom: ones, accumulate: true)
    #expect(plain.loss == weighted.loss && plain.loss == added.loss)
    #expect(plain.values.contains { $0 != 0 })
    #expect(zip(plain.values, weighted.values).allSatisfy { abs(8 * $0 - $1) <= 1e-6 * abs($1) })
    #expect(zip(added.values, weighted.values).allSatisfy { $0 == 1 + $1 })
  }
}
