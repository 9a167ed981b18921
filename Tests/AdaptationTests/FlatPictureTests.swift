import Adaptation
import Imaging
import Testing

/// Frequencies that a picture does not have are nothing but rounding: they have no phase, and take the target's amplitudes with phase 0.
@Suite struct FlatPictureTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var size: PixelSize
    var grey: @Sendable (_ x: Int, _ y: Int) -> Float
  }

  /// Pictures that are constant, or constant along one side.
  static let cases = [PixelSize(64, 32), PixelSize(255, 129), PixelSize(1024, 512)].flatMap { size in
    [
      Case(testDescription: "one colour, \(size)", size: size) { _, _ in 137 },
      Case(testDescription: "columns, \(size)", size: size) { x, _ in Float((x * x * 11 + x * 37) % 256) },
      Case(testDescription: "rows, \(size)", size: size) { _, y in Float((y * y * 11 + y * 37) % 256) },
    ]
  }

  private func picture(_ size: PixelSize, _ grey: (Int, Int) -> Float) -> FloatImage {
    FloatImage(size: size, pixels: (0..<3 * size.area).map { grey($0 / 3 % size.width, $0 / 3 / size.width) })
  }

  /// Which frequencies are rounding is no business of the way in which they are computed, nor of the picture's brightness.
  @Test(arguments: cases, FourierWindow.allCases) func phasesOfWhatIsNotThereAreZero(_ test: Case, _ window: FourierWindow) {
    let source = picture(test.size, test.grey), half = FloatImage(size: test.size, pixels: source.pixels.map { $0 / 2 })
    let target = picture(test.size) { x, y in Float((x * 5 + y * 3 + x * y) % 251) }
    let fda = FourierAdaptation(beta: 0.05, window: window)
    let low = fda.restyled(source, toward: target, by: .lowFrequencies), whole = fda.restyled(source, toward: target, by: .spectrum)
    #expect(zip(low.pixels, whole.pixels).map { abs($0 - $1) }.max() ?? 0 < 0.01)
    // The amplitudes come from the target, so only the phases could tell a darker picture.
    let dark = fda.restyled(half, toward: target), outside = zip(source.pixels, half.pixels).map { $0 - $1 }
    let same = test.testDescription.hasPrefix("one") ? zip(dark.pixels, fda.restyled(source, toward: target).pixels).map { abs($0 - $1) }.max() ?? 0 : 0
    #expect(same < 0.01, "\(outside.count) values")
  }

  /// The wave with its crest at the corner, by numpy: `ifft2` of the target's amplitudes.
  @Test func aFlatPictureTakesTheTargetsWavesFromTheCorner() {
    let size = PixelSize(64, 32), wave: [Float] = (0..<64).map { Float(cosineOf($0)) }
    let target = picture(size) { x, _ in 128 + 10 * wave[(x + 16) % 64] }
    let restyled = FourierAdaptation(beta: 0.05).restyled(picture(size) { _, _ in 40 }, toward: target)
    for x in 0..<64 { #expect(abs(restyled.pixels[3 * x] - (128 + 10 * wave[x])) < 1e-3, "\(x)") }
  }

  /// cos(2 pi x / 64) by its series.
  private func cosineOf(_ x: Int) -> Double {
    let angle = 2 * Double.pi * Double(x) / 64
    var term = 1.0, sum = 1.0
    for k in 1..<30 {
      term *= -angle * angle / Double((2 * k - 1) * 2 * k)
      sum += term
    }
    return sum
  }
}
