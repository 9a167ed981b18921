import Foundation
import Tensors
import Testing

/// What discriminators read and how they are judged where they are not the usual ones: values by their formulas, gradients by finite differences.
@Suite struct AdversaryLossTests {
  /// Probabilities of five pixels, one of which is certain.
  private static let probabilities: [Float] = [0.2, 0.5, 0.3, 1, 0, 0, 0.01, 0.01, 0.98, 1 / 3, 1 / 3, 1 / 3, 0.7, 0.3, 0]

  private func map(_ values: [Float]) -> FeatureMap {
    Buffer(values).map(MapShape(1, 1, 5, 3))
  }

  @Test func informationSumsToTheEntropy() {
    let map = map(Self.probabilities)
    SelfInformation.evaluate(map)
    let sums = (0..<5).map { pixel in map.tensor.values[3 * pixel..<3 * pixel + 3].reduce(0, +) }
    #expect(abs(sums[3] - 1) < 1e-6 && abs(sums[1]) < 1e-6, "\(sums)")
    #expect(abs(map.tensor.values[0] - 0.2 * 1.609438 / 1.098612) < 1e-6)
    let least = map.tensor.values.min()!
    #expect(least >= 0)
  }

  @Test func gradientOfInformation() {
    let seeds: [Float] = (0..<15).map { Float($0 * 7 % 5) - 2 }, gradient = map(seeds)
    SelfInformation.propagate(map(Self.probabilities), gradient: gradient)
    func information(_ p: Double) -> Double { -p * log(p + 1e-30) / log(3) }
    for (i, p) in Self.probabilities.enumerated() where p > 0 {
      let step = 1e-6, slope = (information(Double(p) + step) - information(Double(p) - step)) / (2 * step) * Double(seeds[i])
      #expect(abs(Double(gradient.tensor.values[i]) - slope) < 1e-3 * max(1, abs(slope)), "\(i)")
    }
    let areFinite = gradient.tensor.values.allSatisfy { $0.isFinite }
    #expect(areFinite, "of impossible classes, too")
  }

  @Test func squaresAreMeans() {
    let values: [Float] = (0..<15).map { Float($0) / 4 - 1 }, gradient = map([Float](repeating: 9, count: 15))
    let loss = LeastSquares.evaluate(map(values), target: 1, weight: 3, gradient: gradient)
    let mean = values.reduce(0.0) { $0 + Double(($1 - 1) * ($1 - 1)) } / 15
    #expect(abs(loss - mean) < 1e-9)
    for (found, value) in zip(gradient.tensor.values, values) { #expect(abs(found - 6 * (value - 1) / 15) < 1e-6) }
  }
}
