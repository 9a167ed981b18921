import Adaptation
import Imaging
import Testing

@Suite struct FourierWindowTests {
  /// Windows by the table of the two papers and their code; width x height.
  @Test(arguments: [
    (.square, 0.01, PixelSize(1024, 512), "11x11"), (.square, 0.05, PixelSize(1024, 512), "51x51"),
    (.square, 0.09, PixelSize(1024, 512), "93x93"), (.square, 0.01, PixelSize(2048, 1024), "21x21"),
    (.corners, 0.01, PixelSize(1024, 512), "10x10"), (.corners, 0.05, PixelSize(1024, 512), "50x50"),
    (.corners, 0.09, PixelSize(1024, 512), "92x92"), (.corners, 0.01, PixelSize(64, 32), "none"),
    (.paper, 0.01, PixelSize(1024, 512), "21x11"), (.paper, 0.05, PixelSize(1024, 512), "103x51"),
    (.square, 0.01, PixelSize(64, 32), "1x1"), (.square, 0.5, PixelSize(64, 32), "33x32"), (.square, 0.5, PixelSize(9, 7), "7x7"),
    (.corners, 0.5, PixelSize(64, 32), "32x32"), (.paper, 0.5, PixelSize(64, 31), "64x31"),
  ] as [(FourierWindow, Double, PixelSize, String)])
  func describesItsWindow(_ window: FourierWindow, _ beta: Double, _ size: PixelSize, _ expected: String) {
    let fda = FourierAdaptation(beta: beta, window: window)
    #expect(fda.describe(size) == "swaps \(expected) of \(size) frequencies")
    let sides = expected.split(separator: "x").compactMap { Int($0) }
    #expect(fda.mask(size).values.count { $0 == 255 } == (sides.isEmpty ? 0 : sides[0] * sides[1]))
  }

  @Test func maskHasFrequencyZeroInTheMiddle() {
    func rows(_ window: FourierWindow) -> [String] {
      let mask = FourierAdaptation(beta: 0.21, window: window).mask(PixelSize(10, 5))
      return (0..<5).map { row in String((0..<10).map { mask.values[row * 10 + $0] == 255 ? "#" : "." }) }
    }
    #expect(rows(.square) == ["..........", "....###...", "....###...", "....###...", ".........."])
    #expect(rows(.corners) == ["..........", "....##....", "....##....", "..........", ".........."])
    #expect(rows(.paper) == ["..........", "...#####..", "...#####..", "...#####..", ".........."])
  }
}
