import Tensors
import Testing

@Suite struct SpectrumTests {
  /// Whole numbers from 0 to 255 by a formula that is as short in Python: ((i*i*37 + i*101 + 17) % 256).
  private func picture(_ height: Int, _ width: Int) -> [Float] {
    (0..<(3 * height * width)).map { (i: Int) -> Float in Float((i * (37 * i + 101) + 17) % 256) }
  }

  /// Coefficients of channel 0 at (1, 2), channel 1 at (-1, -2), channel 2 at (0, 0), channel 1 at (height / 2, width / 2), by numpy's
  /// `fft2` in double precision.
  @Test(arguments: [
    (4, 6, [(-219.2923, 119.0052), (-406.6973, 136.9948), (3160, 0), (168, 0)]),
    (5, 7, [(-546.2111, 223.5833), (-87.7216, 339.9759), (4751, 0), (-579.953, 188.9852)]),
    (1, 8, [(-244, -164), (-108, 44), (1352, 0), (96, 0)]),
    (6, 1, [(-91, -15.5885), (11, 192.2576), (1002, 0), (86, 0)]),
    (3, 3, [(-22, 221.7025), (-150, 0), (1359, 0), (-75, 129.9038)]),
  ] as [(Int, Int, [(Float, Float)])])
  func coefficientsEqualThoseOfNumpy(_ height: Int, _ width: Int, _ expected: [(Float, Float)]) {
    let spectrum = Spectrum(of: picture(height, width), height: height, width: width)
    let found = [spectrum[0, 1, 2], spectrum[1, -1, -2], spectrum[2, 0, 0], spectrum[1, height / 2, width / 2]]
    for (coefficient, (real, imaginary)) in zip(found, expected) {
      #expect(abs(coefficient.x - real) < 2e-3)
      #expect(abs(coefficient.y - imaginary) < 2e-3)
    }
  }

  @Test(arguments: [(1, 1), (1, 2), (2, 1), (2, 2), (5, 7), (8, 6), (31, 37), (96, 128), (13, 64)])
  func theWayBackGivesThePicture(_ height: Int, _ width: Int) {
    let pixels = picture(height, width)
    let spectrum = Spectrum(of: pixels, height: height, width: width)
    let back = spectrum.pixels
    #expect(zip(pixels, back).allSatisfy { abs($0 - $1) < 1e-3 })
    #expect(spectrum.coefficients.count == 3 * height * (width / 2 + 1))
    #expect(spectrum.pixels == back, "the way back must leave the spectrum as it was")
  }

  /// What a transform in float32 leaves where a picture has nothing has no phase; what is there keeps its own.
  @Test(arguments: [(32, 64), (129, 255), (97, 101), (375, 1242), (512, 1024)]) func roundingHasNoPhase(_ height: Int, _ width: Int) {
    let flat = Spectrum(of: [Float](repeating: 137, count: 3 * height * width), height: height, width: width)
    #expect(flat.centredPhases.values.allSatisfy { $0 == 0 })
    let columns = (0..<3 * height * width).map { Float(($0 / 3 % width) * ($0 / 3 % width) * 11 % 256) }, phases = Spectrum(of: columns, height: height, width: width).centredPhases.values
    let middle = height / 2
    for row in 0..<height where row != middle { #expect(phases[row * width * 3..<(row + 1) * width * 3].allSatisfy { $0 == 0 }, "row \(row)") }
    #expect(phases[middle * width * 3..<(middle + 1) * width * 3].contains { abs($0) > 0.1 })
  }

  @Test func centredValuesEqualThoseOfNumpy() {
    let spectrum = Spectrum(of: picture(5, 6), height: 5, width: 6)
    func at(_ tensor: Tensor, _ row: Int, _ column: Int, _ channel: Int) -> Float { tensor.values[(row * 6 + column) * 3 + channel] }

    let logs = spectrum.logAmplitudes
    #expect(logs.shape == [5, 6, 3])
    for (row, column, channel, expected) in [(0, 0, 0, 6.26116), (2, 3, 1, 8.21528), (4, 5, 2, 6.00999), (1, 4, 0, 5.22816)] as [(Int, Int, Int, Float)] {
      #expect(abs(at(logs, row, column, channel) - expected) < 2e-5)
    }
    let phases = spectrum.centredPhases
    for (row, column, channel, expected) in [(0, 1, 0, -3.05093), (2, 4, 1, -0.43709), (4, 5, 2, 1.62698), (3, 2, 0, 1.74696)] as [(Int, Int, Int, Float)] {
      #expect(abs(at(phases, row, column, channel) - expected) < 2e-5)
    }
    let picture = spectrum.pictureValues
    #expect(picture.shape == [5, 6])
    for (row, column, expected) in [(0, 0, 62.853), (2, 3, 255), (4, 5, 48.225), (1, 1, 59.601)] as [(Int, Int, Float)] {
      #expect(abs(picture.values[row * 6 + column] - expected) < 2e-2)
    }
    #expect(abs(at(spectrum.centredAmplitudes, 2, 3, 1) - 3696) < 2)
  }

  @Test func aBlackPictureHasAFlatSpectrum() {
    let spectrum = Spectrum(of: [Float](repeating: 0, count: 60), height: 4, width: 5)
    #expect(spectrum.pictureValues.values.allSatisfy { $0 == 0 })
    #expect(spectrum.centredPhases.values.allSatisfy { $0 == 0 })
  }

  /// Many threads, many sizes not planned before: the same bits as one thread gives.
  @Test func threadsDoNotDisturbEachOther() async {
    let sizes = (0..<24).map { (20 + $0 % 6, 30 + $0 % 4) }
    let together = await withTaskGroup(of: (Int, [Float]).self) { group in
      for (i, (height, width)) in sizes.enumerated() {
        group.addTask { (i, Spectrum(of: picture(height, width), height: height, width: width).pixels) }
      }
      return await group.reduce(into: [[Float]](repeating: [], count: sizes.count)) { $0[$1.0] = $1.1 }
    }
    for (pixels, (height, width)) in zip(together, sizes) {
      #expect(pixels == Spectrum(of: picture(height, width), height: height, width: width).pixels)
    }
  }
}
