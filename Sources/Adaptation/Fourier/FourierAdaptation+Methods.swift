package import Imaging
import Tensors

extension FourierAdaptation {
  /// How the window's frequencies are come by; the results are equal to rounding.
  package enum Method: Sendable, CaseIterable {
    /// These frequencies alone, by products with their waves.
    case lowFrequencies
    /// A transform of the whole.
    case spectrum
  }

  /// `restyled(_:toward:)` by one of the methods.
  package func restyled(_ source: FloatImage, toward target: FloatImage, by method: Method) -> FloatImage {
    precondition(source.size == target.size, "a picture of \(source.size) has other frequencies than one of \(target.size)")
    let sides = window.sides(beta: beta, in: source.size)
    guard sides.vertical.count > 0, sides.horizontal.count > 0 else { return source }
    return switch method {
    case .lowFrequencies: byLowFrequencies(source, target, sides)
    case .spectrum: bySpectrum(source, target, sides)
    }
  }

  private typealias Sides = (vertical: FourierWindow.Side, horizontal: FourierWindow.Side)

  private func byLowFrequencies(_ source: FloatImage, _ target: FloatImage, _ sides: Sides) -> FloatImage {
    let size = source.size, (vertical, horizontal) = (sides.vertical.reach, sides.horizontal.reach)
    func low(_ image: FloatImage) -> LowFrequencies {
      LowFrequencies(of: image.pixels, height: size.height, width: size.width, vertical: vertical, horizontal: horizontal)
    }
    let weights = weights(sides), columns = 2 * horizontal + 1
    let own = low(source), noise = (0..<LowFrequencies.channels).map { Self.noise(own[$0, 0, 0]) }
    let change = own.combined(with: low(target)) { channel, row, column, own, other in
      let weight = weights[row * columns + column + horizontal]
      return weight > 0 ? weight * Self.change(own, toward: other, noise: noise[channel]) : .zero
    }
    return FloatImage(size: size, pixels: change.added(to: source.pixels))
  }

  private func bySpectrum(_ source: FloatImage, _ target: FloatImage, _ sides: Sides) -> FloatImage {
    let size = source.size
    let own = Spectrum(of: source.pixels, height: size.height, width: size.width)
    let other = Spectrum(of: target.pixels, height: size.height, width: size.width)
    let noise = (0..<Spectrum.channels).map { Self.noise(own[$0, 0, 0]) }
    var change = Spectrum(
      coefficients: [SIMD2<Float>](repeating: .zero, count: own.coefficients.count), height: size.height, width: size.width)
    for row in 0..<size.height where sides.vertical.touches(row) {
      for column in 0..<own.columns where sides.horizontal.touches(column) {
        let weight = weight(row, column, sides)
        for channel in 0..<Spectrum.channels {
          let place = own.index(channel: channel, row: row, column: column)
          change.coefficients[place] = weight * Self.change(own.coefficients[place], toward: other.coefficients[place], noise: noise[channel])
        }
      }
    }
    var pixels = source.pixels
    for (i, difference) in change.pixels.enumerated() { pixels[i] += difference }
    return FloatImage(size: size, pixels: pixels)
  }

  /// Those of rows from 0 and columns from the negative ones on, as far as the window reaches.
  private func weights(_ sides: Sides) -> [Float] {
    let (vertical, horizontal) = (sides.vertical.reach, sides.horizontal.reach)
    let right = (-horizontal...horizontal).map { (here: sides.horizontal.contains($0), negative: sides.horizontal.contains(-$0)) }
    return (0...vertical).flatMap { row in
      let up = (here: sides.vertical.contains(row), negative: sides.vertical.contains(-row))
      return right.map { FourierAdaptation.weight(here: up.here && $0.here, negative: up.negative && $0.negative) }
    }
  }

  /// How much of a frequency's change shows: the real part of the inverse transform is the mean of what happens to the frequency and
  /// what happens to its negative.
  private func weight(_ row: Int, _ column: Int, _ sides: Sides) -> Float {
    FourierAdaptation.weight(
      here: sides.vertical.contains(row) && sides.horizontal.contains(column),
      negative: sides.vertical.contains(-row) && sides.horizontal.contains(-column))
  }

  private static func weight(here: Bool, negative: Bool) -> Float { here && negative ? 1 : here || negative ? 0.5 : 0 }

  /// The amplitude below which a frequency is nothing but rounding.
  private static func noise(_ sum: SIMD2<Float>) -> Double { Spectrum.noiseShare * Double(abs(sum.x)) }

  /// What to add to `own` so that it keeps its phase and has the amplitude of `other`; with phase 0 where `own` has none.
  private static func change(_ own: SIMD2<Float>, toward other: SIMD2<Float>, noise: Double) -> SIMD2<Float> {
    let (own, other) = (SIMD2<Double>(own), SIMD2<Double>(other))
    let wanted = (other * other).sum().squareRoot()
    let amplitude = (own * own).sum().squareRoot()
    return amplitude <= noise ? SIMD2<Float>(SIMD2(wanted, 0) - own) : SIMD2<Float>(own * (wanted / amplitude - 1))
  }
}
