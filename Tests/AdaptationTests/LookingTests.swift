import Adaptation
import Foundation
import Imaging
import Segmentation
import Tensors
import Testing

/// What maps of predictions and combined spectra are made of.
@Suite struct LookingTests {
  /// Value at row y, column x, channel c: `(37 x + 101 y + 53 c + 7 x y + 91 seed) mod 256`.
  private func picture(_ height: Int, _ width: Int, seed: Int) -> [Float] {
    (0..<height * width * 3).map { i in
      let (y, x, c) = (i / 3 / width, i / 3 % width, i % 3)
      return Float((x * 37 + y * 101 + c * 53 + x * y * 7 + seed * 91) % 256)
    }
  }

  /// By numpy in double precision: `ifft2(abs(fft2(b)) * exp(1j * angle(fft2(a))))`, its real part, every 37th value.
  static let combined: [(height: Int, width: Int, values: [Float])] = [
    (12, 16, [91.705, 82.157, 117.139, 85.422, 159.038, 124.439, 134.822, 66.559, 175.927, 106.918, 78.588, 75.505, 81.615, 121.257, 165.311, 147.36]),
    (9, 7, [132.943, 135.691, 127.935, 157.463, 84.149, 161.778]),
  ]

  @Test(arguments: combined.indices) func amplitudesAndPhasesOfTwoPicturesEqualNumpy(_ index: Int) {
    let (height, width, values) = Self.combined[index]
    let own = Spectrum(of: picture(height, width, seed: 1), height: height, width: width)
    let other = Spectrum(of: picture(height, width, seed: 2).map { $0 * 0.5 + 60 }, height: height, width: width)
    let made = Spectrum(centredAmplitudes: other.centredAmplitudes, centredPhases: own.centredPhases).pixels
    let found = stride(from: 0, to: made.count, by: 37).map { made[$0] }
    #expect(zip(found, values).allSatisfy { abs($0 - $1) < 0.01 } && found.count == values.count, "\(found)")
  }

  @Test(arguments: [(12, 16), (9, 7), (1, 8), (5, 1), (6, 9)]) func aPictureIsItsAmplitudesAndPhases(_ height: Int, _ width: Int) {
    let pixels = picture(height, width, seed: 3)
    let spectrum = Spectrum(of: pixels, height: height, width: width)
    let again = Spectrum(centredAmplitudes: spectrum.centredAmplitudes, centredPhases: spectrum.centredPhases).pixels
    #expect(zip(again, pixels).allSatisfy { abs($0 - $1) < 0.01 })
  }

  /// A picture that is moved round keeps its amplitudes: with the phases of the one that was not it is that one.
  @Test func phasesHoldThePlace() {
    let (height, width) = (10, 14), pixels = picture(height, width, seed: 4)
    let moved = (0..<pixels.count).map { i -> Float in
      let (y, x, c) = (i / 3 / width, i / 3 % width, i % 3)
      return pixels[((y + 3) % height * width + (x + 5) % width) * 3 + c]
    }
    let amplitudes = Spectrum(of: moved, height: height, width: width).centredAmplitudes
    let phases = Spectrum(of: pixels, height: height, width: width).centredPhases
    let made = Spectrum(centredAmplitudes: amplitudes, centredPhases: phases).pixels
    #expect(zip(made, pixels).allSatisfy { abs($0 - $1) < 0.02 })
  }

  @Test func entropyIsMeasuredInUnitsOfItsLargestValue() {
    let shape = MapShape(1, 1, 3, 4), memory = Buffer(count: 12)
    let map = memory.map(shape)
    map.set([1, 0, 0, 0, 0.25, 0.25, 0.25, 0.25, 0.5, 0.5, 0, 0])
    let entropy = Certainty.entropy(map)
    #expect(zip(entropy, [0, 1, 0.5]).allSatisfy { abs($0 - $1) < 1e-6 }, "\(entropy)")
  }

  /// With no weights at all the discriminator has its last bias to say, everywhere.
  @Test(arguments: [(32, 32, 1, 1), (64, 128, 4, 2)]) func theDiscriminatorSaysWhatItsLogitsMean(_ height: Int, _ width: Int, _ columns: Int, _ rows: Int) throws {
    let network = Discriminator(width: .eighth)
    let weights = Weights(layout: network.layout) { entry in [Float](repeating: entry.name == "classifier.bias" ? 2 : 0, count: entry.count) }
    let view = DiscriminatorView(network, weights: weights)
    let memory = Buffer(count: height * width * 19), map = memory.map(MapShape(1, height, width, 19))
    map.set([Float](repeating: 1 / 19, count: height * width * 19))
    let taken = view.targetProbability(map)
    #expect(taken.size == PixelSize(columns, rows))
    #expect(taken.values.count == columns * rows && taken.values.allSatisfy { abs($0 - Float(1 / (1 + exp(-2.0)))) < 1e-6 })
  }
}
