import Imaging
import Testing

@Suite struct ColourMapTests {
  /// How bright a colour is to the eye, 0...255 (Rec. 709).
  private func brightness(_ colour: (red: UInt8, green: UInt8, blue: UInt8)) -> Double {
    0.2126 * Double(colour.red) + 0.7152 * Double(colour.green) + 0.0722 * Double(colour.blue)
  }

  @Test func theSequentialMapGetsBrighterAllTheWay() {
    let steps = (0...100).map { brightness(ColourMap.sequential[Float($0) / 100]) }
    #expect(zip(steps, steps.dropFirst()).allSatisfy { $0 <= $1 } && steps[0] < 40 && steps[100] > 200)
  }

  @Test func theDivergingMapIsPaleInTheMiddleAndTheCyclicOneCloses() {
    let (low, middle, high) = (ColourMap.diverging[0], ColourMap.diverging[0.5], ColourMap.diverging[1])
    #expect(low.blue > low.red && high.red > high.blue && min(middle.red, middle.green, middle.blue) > 240)
    #expect(ColourMap.cyclic[0] == ColourMap.cyclic[1])
  }

  @Test func numbersOutsideHaveTheColoursOfTheEnds() {
    let map = ColourMap.sequential
    let picture = map.picture(of: [-1, 2, 3, 9, .nan, 5], size: PixelSize(3, 2), from: 2, to: 5)
    func pixel(_ index: Int) -> [UInt8] { Array(picture.pixels[3 * index..<3 * index + 3]) }
    func colour(_ value: Float) -> [UInt8] { [map[value].red, map[value].green, map[value].blue] }
    for (index, value) in [(0, 0), (1, 0), (3, 1), (5, 1)] as [(Int, Float)] { #expect(pixel(index) == colour(value)) }
    #expect(pixel(4) == [128, 128, 128])
    #expect(pixel(2) != colour(0) && pixel(2) != colour(1))
    #expect(map.picture(of: [4, 4], size: PixelSize(2, 1), from: 4, to: 4).pixels.count == 6, "no range, and no crash")
  }

  @Test func enlargingRepeatsPixelsAndAFrameStaysInside() {
    let two = Image(size: PixelSize(2, 1), pixels: [1, 2, 3, 4, 5, 6])
    #expect(two.enlarged(by: 2).pixels == [1, 2, 3, 1, 2, 3, 4, 5, 6, 4, 5, 6, 1, 2, 3, 1, 2, 3, 4, 5, 6, 4, 5, 6])
    var image = Image(size: PixelSize(5, 4))
    image.frame(PixelWindow(x: 1, y: 1, size: PixelSize(9, 3)), red: 9, green: 9, blue: 9)
    let marked = (0..<20).filter { image.pixels[3 * $0] == 9 }
    #expect(marked == [6, 7, 8, 9, 11, 16, 17, 18, 19])
  }
}
