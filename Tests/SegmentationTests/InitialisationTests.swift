import Segmentation
import Tensors
import Testing

@Suite struct InitialisationTests {
  private struct Moments {
    var mean = 0.0, deviation = 0.0, largest = 0.0
    init(_ numbers: [Float]) {
      let doubles = numbers.map(Double.init)
      mean = doubles.reduce(0, +) / Double(doubles.count)
      deviation = (doubles.map { $0 * $0 }.reduce(0, +) / Double(doubles.count)).squareRoot()
      largest = doubles.map(abs).max() ?? 0
    }
  }

  @Test(arguments: [
    (Fans(inputs: 3, outputs: 64, kernel: 7), 147, 3136),
    (Fans(inputs: 128, outputs: 128, kernel: 3, groups: 128), 9, 1152),
    (Fans(inputs: 512, outputs: 1, kernel: 4), 8192, 16),
  ])
  func fansAreCountedAsInPyTorch(_ fans: Fans, _ incoming: Int, _ outgoing: Int) {
    #expect(fans.incoming == incoming)
    #expect(fans.outgoing == outgoing)
  }

  /// Expected deviation: Kaiming normal `sqrt(2 / ((1 + a^2) fan))`; uniform within b has `b / sqrt(3)`.
  @Test(arguments: [
    (Initialisation.kaimingOutgoing(slope: 0), Fans(inputs: 64, outputs: 32, kernel: 3), 0.0833333, false),
    (.kaimingIncoming(slope: 1), Fans(inputs: 64, outputs: 32, kernel: 3), 0.0416667, false),
    (.kaimingIncoming(slope: 0), Fans(inputs: 32, outputs: 8, kernel: 1), 0.25, false),
    (.usual, Fans(inputs: 19, outputs: 64, kernel: 4), 0.0331133, true),
  ])
  func weightsHaveTheirDeviation(_ way: Initialisation, _ fans: Fans, _ deviation: Double, _ bounded: Bool) {
    let count = 40_000
    var stream = RandomStream(seed: 1, purpose: "weights")
    let weights = way.weights(count, fans: fans, from: &stream)
    let moments = Moments(weights)
    #expect(weights.count == count)
    #expect(abs(moments.mean) < 5 * deviation / Double(count).squareRoot())
    #expect(abs(moments.deviation / deviation - 1) < 0.02)
    #expect(bounded ? moments.largest <= 3.0.squareRoot() * deviation * 1.0001 : moments.largest > 3.5 * deviation)
  }

  @Test func biasesFollowTheIncomingFan() {
    var stream = RandomStream(seed: 2, purpose: "bias")
    let biases = Initialisation.biases(10_000, fans: Fans(inputs: 4, outputs: 8, kernel: 2), from: &stream)
    let moments = Moments(biases)
    #expect(moments.largest <= 0.25 && moments.largest > 0.249)
    #expect(abs(moments.deviation - 0.25 / 3.0.squareRoot()) < 0.003)
  }

  @Test func theSameStreamGivesTheSameWeights() {
    var first = RandomStream(seed: 3, purpose: "weights", sample: 4)
    var second = first
    let fans = Fans(inputs: 1, outputs: 1, kernel: 3)
    #expect(Initialisation.usual.weights(9, fans: fans, from: &first) == Initialisation.usual.weights(9, fans: fans, from: &second))
  }
}
