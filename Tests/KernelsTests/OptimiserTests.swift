import Kernels
import Testing

@Suite struct OptimiserTests {
  @Test(arguments: [1, 15, 16, 17, 1000, 70_001])
  func sgd(count: Int) {
    var (weights, velocity) = (Dice.floats(count, seed: 1), Dice.floats(count, seed: 2))
    let gradient = Dice.floats(count, seed: 3)
    var wantedVelocity: [Double] = [], wanted: [Double] = []
    for i in 0..<count {
      let weight = Double(weights[i]), kept = 0.9 * Double(velocity[i])
      wantedVelocity.append(kept + Double(gradient[i]) + 5e-4 * weight)
      wanted.append(weight - 0.01 * wantedVelocity[i])
    }
    segue_sgd(&weights, &velocity, gradient, count, 0.01, 0.9, 5e-4)
    expectClose(velocity, wantedVelocity, tolerance: 3e-7)
    expectClose(weights, wanted, tolerance: 3e-7)
  }

  @Test(arguments: [1, 17, 1000, 70_001], [1, 2, 1000])
  func adam(count: Int, step: Int) {
    var (weights, first, second) = (Dice.floats(count, seed: 1), Dice.floats(count, seed: 2), Dice.floats(count, seed: 3, scale: 0.4, offset: 0.5))
    let gradient = Dice.floats(count, seed: 4)
    let (beta1, beta2) = (Double(Float(0.9)), Double(Float(0.99)))
    func power(_ base: Double) -> Double { (0..<step).reduce(1) { value, _ in value * base } }
    var wanted: [Double] = []
    for i in 0..<count {
      let g = Double(gradient[i])
      let m = beta1 * Double(first[i]) + (1 - beta1) * g, v = beta2 * Double(second[i]) + (1 - beta2) * g * g
      let corrected = (m / (1 - power(beta1)), v / (1 - power(beta2)))
      let change: Double = 0.001 * corrected.0 / (corrected.1.squareRoot() + 1e-8)
      wanted.append(Double(weights[i]) - change)
    }
    segue_adam(&weights, &first, &second, gradient, count, 0.001, 0.9, 0.99, 1e-8, step)
    expectClose(weights, wanted, tolerance: 1e-6)
  }

  @Test(arguments: [0, 1, 16, 100, 40_000])
  func finite(count: Int) {
    var values = Dice.floats(count, seed: 1, scale: 3e38)
    #expect(segue_all_finite(values, count))
    for bad in [Float.infinity, -.infinity, .nan] where count > 0 {
      for place in Set([0, count / 2, count - 1]) {
        let kept = values[place]
        values[place] = bad
        #expect(!segue_all_finite(values, count))
        values[place] = kept
      }
    }
  }
}
