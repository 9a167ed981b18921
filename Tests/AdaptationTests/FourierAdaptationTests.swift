import Adaptation
import Imaging
import Testing

@Suite struct FourierAdaptationTests {
  struct Case: CustomStringConvertible {
    var window: FourierWindow
    var size: PixelSize
    var beta: Double
    /// Values 0, 7, half of all, and the last but one.
    var values: [Float]
    /// The root of the sum of all squares.
    var norm: Float

    init(_ window: FourierWindow, _ height: Int, _ width: Int, _ beta: Double, _ values: [Float], _ norm: Float) {
      (self.window, size, self.beta, self.values, self.norm) = (window, PixelSize(width, height), beta, values, norm)
    }
    var description: String { "\(window) \(size) beta=\(beta)" }
  }

  /// By numpy in double precision: `fft2`, amplitudes of the window replaced, `ifft2`, real part.
  static let cases: [Case] = [
    Case(.square, 8, 12, 0.1, [22.6667, 236.0000, 230.6667, 254.0000], 2531.917),
    Case(.square, 8, 12, 0.25, [78.0056, 270.1965, 240.7732, 227.3437], 2551.851),
    Case(.square, 7, 9, 0.3, [58.9150, 269.1343, 105.4984, 244.6521], 2065.100),
    Case(.square, 9, 6, 0.5, [-26.4372, 181.5427, 101.2381, 74.0520], 1861.743),
    Case(.square, 10, 10, 0.5, [26.7200, 163.7986, 72.0831, 60.5937], 2580.160),
    Case(.square, 5, 16, 0.2, [16.3560, 225.2360, 175.0265, 235.9208], 2290.971),
    Case(.square, 6, 10, 0.0, [28.0000, 233.8667, 82.0000, 159.8667], 1976.953),
    Case(.square, 1, 8, 0.5, [76.0000, 188.0000, 216.0000, 134.0000], 851.248),
    Case(.corners, 8, 12, 0.1, [17.0000, 233.0000, 225.0000, 251.0000], 2524.814),
    Case(.corners, 8, 12, 0.25, [57.6020, 255.5052, 227.8989, 251.1094], 2539.478),
    Case(.corners, 7, 9, 0.3, [31.9185, 248.8835, 87.5842, 243.5966], 2051.024),
    Case(.corners, 9, 6, 0.5, [-19.1547, 203.0373, 87.4019, 71.0777], 1857.010),
    Case(.corners, 10, 10, 0.5, [26.7200, 163.7986, 72.0831, 60.5937], 2580.160),
    Case(.corners, 5, 16, 0.2, [19.0080, 229.4790, 173.5824, 219.8502], 2279.843),
    Case(.corners, 6, 10, 0.0, [17.0000, 233.0000, 71.0000, 159.0000], 1941.510),
    Case(.corners, 1, 8, 0.5, [17.0000, 233.0000, 157.0000, 179.0000], 812.084),
    Case(.paper, 8, 12, 0.1, [33.7841, 240.3144, 241.7841, 259.9650], 2532.513),
    Case(.paper, 8, 12, 0.25, [90.3968, 249.6113, 225.8409, 247.7758], 2566.156),
    Case(.paper, 7, 9, 0.3, [58.9150, 269.1343, 105.4984, 244.6521], 2065.100),
    Case(.paper, 9, 6, 0.5, [-9.0571, 167.9503, 124.3481, 68.2171], 1844.526),
    Case(.paper, 10, 10, 0.5, [26.7200, 163.7986, 72.0831, 60.5937], 2580.160),
    Case(.paper, 5, 16, 0.2, [21.4166, 219.9623, 196.5564, 211.2732], 2307.844),
    Case(.paper, 6, 10, 0.0, [28.0000, 233.8667, 82.0000, 159.8667], 1976.953),
    Case(.paper, 1, 8, 0.5, [130.6460, 216.2311, 314.8901, 89.2937], 870.797),
  ]

  /// Value `i` is `(i (a i + b) + c) mod 256`.
  private func picture(_ size: PixelSize, _ a: Int, _ b: Int, _ c: Int) -> FloatImage {
    FloatImage(size: size, pixels: (0..<3 * size.area).map { (i: Int) -> Float in Float((i * (a * i + b) + c) % 256) })
  }

  @Test(arguments: FourierAdaptationTests.cases)
  func equalsNumpyInDoublePrecision(_ test: Case) {
    let (source, target) = (picture(test.size, 37, 101, 17), picture(test.size, 53, 29, 200))
    let pixels = FourierAdaptation(beta: test.beta, window: test.window).restyled(source, toward: target).pixels
    let found = [pixels[0], pixels[7], pixels[pixels.count / 2], pixels[pixels.count - 2]]
    #expect(zip(found, test.values).allSatisfy { abs($0 - $1) < 1e-3 }, "\(found)")
    let norm = pixels.map { $0 * $0 }.reduce(0, +).squareRoot()
    #expect(abs(norm - test.norm) < 5e-3)
  }

  /// Both ways to the window's frequencies, up to windows that hold them all, in every kind of window.
  @Test(arguments: FourierWindow.allCases, [PixelSize(96, 64), PixelSize(67, 45), PixelSize(130, 3), PixelSize(1, 200)])
  func methodsAgree(_ window: FourierWindow, _ size: PixelSize) {
    let (source, target) = (picture(size, 37, 101, 17), picture(size, 53, 29, 200))
    for beta in [0, 0.01, 0.03, 0.1, 0.2, 0.35, 0.5] {
      let fda = FourierAdaptation(beta: beta, window: window)
      let few = fda.restyled(source, toward: target, by: .lowFrequencies).pixels
      let all = fda.restyled(source, toward: target, by: .spectrum).pixels
      let difference = zip(few, all).map { abs($0 - $1) }.max() ?? 0
      #expect(difference < 5e-4, "beta \(beta): \(difference)")
    }
  }

  @Test(arguments: FourierWindow.allCases)
  func towardItselfNothingChanges(_ window: FourierWindow) {
    let source = picture(PixelSize(20, 14), 37, 101, 17)
    let same = FourierAdaptation(beta: 0.3, window: window).restyled(source, toward: source)
    #expect(zip(source.pixels, same.pixels).allSatisfy { abs($0 - $1) < 1e-3 })
  }

  @Test func cornersOfATinyPictureDoNothingAtAll() {
    let (source, target) = (picture(PixelSize(9, 9), 37, 101, 17), picture(PixelSize(9, 9), 53, 29, 200))
    #expect(FourierAdaptation(beta: 0.1, window: .corners).restyled(source, toward: target) == source)
  }

  /// A source without a frequency takes it with phase 0: a black picture becomes the target's waves, all with their crests at the corner.
  @Test func frequenciesThatTheSourceLacksHavePhaseZero() {
    let size = PixelSize(8, 8)
    let black = FloatImage(size: size, pixels: [Float](repeating: 0, count: 3 * size.area))
    // One wave across, of amplitude 10, that starts a quarter late; numpy gives 10 cos(2 pi x / 8).
    let sine: [Float] = [0, 0.70710678, 1, 0.70710678, 0, -0.70710678, -1, -0.70710678]
    let late = FloatImage(size: size, pixels: (0..<3 * size.area).map { 10 * sine[$0 / 3 % 8] })
    let result = FourierAdaptation(beta: 0.2).restyled(black, toward: late)
    #expect((0..<3 * size.area).allSatisfy { abs(result.pixels[$0] - 10 * sine[($0 / 3 + 2) % 8]) < 1e-4 })
  }

  @Test func brightnessFollowsTheTarget() {
    let size = PixelSize(30, 20)
    let dark = FloatImage(size: size, pixels: picture(size, 37, 101, 17).pixels.map { $0 / 4 })
    let bright = FloatImage(size: size, pixels: picture(size, 53, 29, 200).pixels.map { 200 + $0 / 8 })
    let result = FourierAdaptation(beta: 0).restyled(dark, toward: bright)
    func mean(_ image: FloatImage) -> Float { image.pixels.reduce(0, +) / Float(image.pixels.count) }
    #expect(abs(mean(result) - mean(bright)) < 1e-2)
  }

  @Test func threadsGiveTheSameBits() async {
    let fda = FourierAdaptation(beta: 0.1)
    let (source, target) = (picture(PixelSize(67, 45), 37, 101, 17), picture(PixelSize(67, 45), 53, 29, 200))
    let alone = fda.restyled(source, toward: target)
    await withTaskGroup(of: FloatImage.self) { group in
      for _ in 0..<8 { group.addTask { fda.restyled(source, toward: target) } }
      for await image in group { #expect(image == alone) }
    }
  }
}
