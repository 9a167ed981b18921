import Tensors
import Testing

/// The few frequencies beside the transform of the whole, which `SpectrumTests` compare with numpy.
@Suite struct LowFrequenciesTests {
  private func picture(_ height: Int, _ width: Int) -> [Float] {
    (0..<(3 * height * width)).map { (i: Int) -> Float in Float((i * (37 * i + 101) + 17) % 256) }
  }

  @Test(arguments: [(1, 1), (1, 2), (2, 1), (5, 7), (8, 6), (31, 37), (96, 128), (13, 64), (34, 171)])
  func equalTheSpectrum(_ height: Int, _ width: Int) {
    let pixels = picture(height, width)
    let spectrum = Spectrum(of: pixels, height: height, width: width)
    for share in [8, 3, 2] {
      let (vertical, horizontal) = (height / share, width / share)
      let low = LowFrequencies(of: pixels, height: height, width: width, vertical: vertical, horizontal: horizontal)
      // The amplitude of noise is about the root of the number of pixels times its deviation.
      let bound = 2e-6 * 128 * Float(height * width).squareRoot() * 10
      for v in -vertical...vertical {
        for u in -horizontal...horizontal {
          for channel in 0..<3 {
            let difference = low[channel, v, u] - spectrum[channel, v, u]
            #expect((difference * difference).sum().squareRoot() <= bound, "\(height)x\(width) \(channel) \(v) \(u)")
          }
        }
      }
    }
  }

  @Test(arguments: [(1, 1), (2, 2), (5, 7), (8, 6), (31, 37)])
  func theWayBackFromAllGivesThePicture(_ height: Int, _ width: Int) {
    let pixels = picture(height, width)
    let all = LowFrequencies(of: pixels, height: height, width: width, vertical: height / 2, horizontal: width / 2)
    var copy = LowFrequencies(height: height, width: width, vertical: height / 2, horizontal: width / 2)
    for (v, u) in all.frequencies {
      for channel in 0..<3 { copy[channel, v, u] = all[channel, v, u] }
    }
    let back = copy.added(to: [Float](repeating: 0, count: pixels.count))
    #expect(zip(pixels, back).allSatisfy { abs($0 - $1) < 1e-3 })
    let doubled = all.added(to: pixels)
    #expect(zip(pixels, doubled).allSatisfy { abs(2 * $0 - $1) < 1e-3 })
  }

  @Test func aFrequencyThatIsSetIsThere() {
    var low = LowFrequencies(height: 8, width: 10, vertical: 4, horizontal: 5)
    low[1, -3, 2] = SIMD2(5, -7)
    low[1, 3, 2] = SIMD2(1, 2)
    low[2, 4, 1] = SIMD2(3, 1)
    #expect(low[1, -3, 2] == SIMD2(5, -7) && low[1, 3, -2] == SIMD2(5, 7))
    #expect(low[1, 3, 2] == SIMD2(1, 2) && low[1, -3, -2] == SIMD2(1, -2))
    #expect(low[2, 4, 1] == SIMD2(3, 1) && low[0, 3, 2] == .zero)
    let picture = low.added(to: [Float](repeating: 0, count: 240)), spectrum = Spectrum(of: picture, height: 8, width: 10)
    let difference = spectrum[1, -3, 2] - SIMD2(5, -7)
    #expect((difference * difference).sum() < 1e-6)
  }

  @Test func anyNumberOfThreadsGivesTheSameBits() {
    let pixels = picture(45, 131), before = Threads.count
    defer { Threads.count = before }
    let results = [1, 2, 3, 7].map { threads in
      Threads.count = threads
      let low = LowFrequencies(of: pixels, height: 45, width: 131, vertical: 9, horizontal: 14)
      return (low, low.added(to: pixels))
    }
    for (low, picture) in results { #expect(low == results[0].0 && picture == results[0].1) }
  }
}
