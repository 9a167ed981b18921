import Segmentation
import Tensors
import Testing

@Suite struct ConfusionMatrixTests {
  @Test func countsPairsAndLeavesOutVoid() {
    var matrix = ConfusionMatrix()
    matrix.add(truth: [0, 0, 0, 18, 255, 19, 3, 3], prediction: [0, 0, 13, 18, 0, 0, 255, 19])
    #expect(matrix[0, 0] == 2)
    #expect(matrix[0, 13] == 1)
    #expect(matrix[13, 0] == 0)
    #expect(matrix[18, 18] == 1)
    #expect(matrix.pixels == 4)
    #expect(matrix.correctPixels == 3)
    #expect(matrix.truePixels(of: 0) == 3)
    #expect(matrix.predictedPixels(of: 13) == 1)
    #expect(matrix.truePixels(of: 3) == 0)
  }

  @Test(arguments: [0, 1, 2, 3, 1000, 4097])
  func equalsTheObviousLoop(_ count: Int) {
    var stream = RandomStream(seed: 1, purpose: "test", sample: count)
    let truth = (0..<count).map { _ in UInt8(stream.integer(below: 256) % 23) }
    let prediction = (0..<count).map { _ in UInt8(stream.integer(below: 19)) }
    var expected = [UInt64](repeating: 0, count: 361)
    for (t, p) in zip(truth, prediction) where t < 19 { expected[Int(t) * 19 + Int(p)] += 1 }
    var matrix = ConfusionMatrix()
    matrix.add(truth: truth, prediction: prediction)
    #expect(matrix.counts == expected)
    #expect(matrix == ConfusionMatrix(counts: expected))
  }

  @Test func partsAddUpToTheWhole() {
    var stream = RandomStream(seed: 2, purpose: "test")
    let pairs = (0..<5000).map { _ in (UInt8(stream.integer(below: 20)), UInt8(stream.integer(below: 19))) }
    var whole = ConfusionMatrix()
    whole.add(truth: pairs.map(\.0), prediction: pairs.map(\.1))
    var sum = ConfusionMatrix()
    for part in [pairs[3000...], pairs[..<1], pairs[1..<3000]] {
      var matrix = ConfusionMatrix()
      matrix.add(truth: part.map(\.0), prediction: part.map(\.1))
      sum += matrix
    }
    #expect(sum == whole)
  }
}
