import Segmentation
import Testing

@Suite struct BootstrapTests {
  /// One pixel of class 0 an image, right in `right` of `count` images.
  private func images(_ count: Int, right: Int) -> [ConfusionMatrix] {
    (0..<count).map { image in
      var matrix = ConfusionMatrix()
      matrix.add(truth: [0], prediction: [image < right ? 0 : 1])
      return matrix
    }
  }

  /// The IoU of a drawing is binomial: of 20 images, half of them right, the 2.5th percentile is 6 (5 or fewer have probability 0.0207,
  /// 6 or fewer 0.0577) and the 97.5th is 14.
  @Test(arguments: [0, 1, 2] as [UInt64]) func binomial(_ seed: UInt64) {
    let interval = Bootstrap([images(20, right: 10)], drawings: 20_000, seed: seed, over: [0]).interval(0)
    #expect(interval == Bootstrap.Interval(low: 0.3, high: 0.7))
  }

  /// Two models that fail on the same images differ in no drawing by more than the images on which they differ.
  @Test func differencesArePairedByImage() throws {
    let both = Bootstrap([images(20, right: 10), images(20, right: 10), images(20, right: 11)], drawings: 1000, seed: 3, over: [0])
    #expect(both.difference(1, from: 0) == Bootstrap.Interval(low: 0, high: 0))
    // The one image on which the third is better is drawn 0 to 3 times in 95 of 100: binomial of 20 with probability 1/20.
    let better = try #require(both.difference(2, from: 0))
    #expect(better.low == 0 && abs(better.high - 3.0 / 20) < 1e-12)
  }

  @Test func nothingToDrawIsNoInterval() {
    #expect(Bootstrap([[], []], drawings: 100, seed: 0).interval(1) == nil)
    #expect(Bootstrap([images(4, right: 4)], drawings: 100, seed: 0, over: [5]).interval(0) == nil)
    #expect(Bootstrap([images(4, right: 4)], drawings: 100, seed: 0, excluding: [0], over: [0]).interval(0) == nil)
    #expect(Bootstrap([images(4, right: 4)], drawings: 100, seed: 0).interval(0) == Bootstrap.Interval(low: 1, high: 1))
  }
}
