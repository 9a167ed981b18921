import Adaptation
import Testing

/// Which pixels of a batch are hard.
@Suite struct HardPixelTests {
  /// Losses, the share that is the least, and the places that count; the probability 0.5 is the loss 0.693.
  static let cases: [(losses: [Float], least: Float, kept: [Int], count: Int)] = [
    ([0.1, 2, 0.7, 0.6, 3, 0.69], 1 / 6, [1, 2, 4], 3),
    // Two are hard, and three are wanted: the largest ones, of equal ones the first.
    ([0.1, 2, 0.5, 0.6, 3, 0.6], 1 / 2, [1, 3, 4], 3), ([0.2, 0.2, 0.2, 0.2], 1 / 2, [0, 1], 2),
    // As many are hard as are wanted.
    ([0.1, 2, 3, 0.2], 1 / 2, [1, 2], 2), ([0, 0, 0, 0], 1 / 4, [0], 1), ([1, 2], 0, [0, 1], 2), ([0.1, 0.2], 0, [], 0),
  ]

  @Test(arguments: cases.indices) func theHardestCount(_ index: Int) {
    let (losses, least, kept, count) = Self.cases[index]
    let result = HardPixels(probability: 0.5, least: least).kept((0..<losses.count).map { UInt8($0) }, losses: losses)
    #expect(result.labels.indices.filter { result.labels[$0] != 255 } == kept && result.count == count)
  }

  /// As sorting finds them, whatever the numbers.
  @Test func asSortingFindsThem() {
    let losses = (0..<5000).map { Float(($0 * 7919) % 3001) * 1e-4 }, wanted = 5000 / 16
    let result = HardPixels(probability: 1e-6).kept([UInt8](repeating: 1, count: 5000), losses: losses)
    let kept = zip(result.labels, losses).filter { $0.0 == 1 }.map(\.1)
    #expect(result.count == wanted && kept.sorted(by: >) == Array(losses.sorted(by: >).prefix(wanted)))
  }
}
