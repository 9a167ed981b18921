public import Imaging
import Tensors

/// Fourier domain adaptation: a picture with the low-frequency amplitudes of another, so its light and colours, and its own phases, so its
/// own things in their places (Yang and Soatto, *FDA: Fourier Domain Adaptation for Semantic Segmentation*, CVPR 2020).
///
///     let fda = FourierAdaptation(beta: 0.01)
///     let restyled = fda.restyled(game, toward: street)   // values may leave 0...255
///     fda.describe(PixelSize(1024, 512))                  // "swaps 11x11 of 1024x512 frequencies"
///
/// Values without state: call it from as many threads as there are.
public struct FourierAdaptation: Sendable, Hashable {
  /// Half the window's side over the picture's side, 0...0.5.
  public let beta: Double
  public let window: FourierWindow

  public init(beta: Double = 0.01, window: FourierWindow = .square) {
    precondition(0...0.5 ~= beta, "beta lies in 0...0.5")
    (self.beta, self.window) = (beta, window)
  }

  /// `source` in the style of `target`, which has the same size. Not clipped.
  ///
  /// A frequency that the source lacks has no phase; it gets phase 0. Only the difference that the window makes goes through the
  /// inverse transform, so what lies outside it passes untouched by rounding.
  public func restyled(_ source: FloatImage, toward target: FloatImage) -> FloatImage {
    precondition(source.size == target.size, "a picture of \(source.size) has other frequencies than one of \(target.size)")
    let size = source.size
    let sides = window.sides(beta: beta, in: size)
    guard sides.vertical.count > 0, sides.horizontal.count > 0 else { return source }
    let own = Spectrum(of: source.pixels, height: size.height, width: size.width)
    let other = Spectrum(of: target.pixels, height: size.height, width: size.width)
    var change = Spectrum(coefficients: own.coefficients.map { _ in .zero }, height: size.height, width: size.width)
    for row in 0..<size.height where sides.vertical.touches(row) {
      for column in 0..<own.columns where sides.horizontal.touches(column) {
        let weight = weight(row, column, sides)
        for channel in 0..<Spectrum.channels {
          let place = own.index(channel: channel, row: row, column: column)
          change.coefficients[place] = weight * FourierAdaptation.change(own.coefficients[place], toward: other.coefficients[place])
        }
      }
    }
    let difference = change.pixels
    return FloatImage(size: size, pixels: zip(source.pixels, difference).map { $0 + $1 })
  }

  /// How much of a frequency's change shows: the real part of the inverse transform is the mean of what happens to the frequency and
  /// what happens to its negative.
  private func weight(_ row: Int, _ column: Int, _ sides: (vertical: FourierWindow.Side, horizontal: FourierWindow.Side)) -> Float {
    let here = sides.vertical.contains(row) && sides.horizontal.contains(column)
    let negative = sides.vertical.contains(-row) && sides.horizontal.contains(-column)
    return here && negative ? 1 : here || negative ? 0.5 : 0
  }

  /// What to add to `own` so that it keeps its phase and has the amplitude of `other`.
  private static func change(_ own: SIMD2<Float>, toward other: SIMD2<Float>) -> SIMD2<Float> {
    let (own, other) = (SIMD2<Double>(own), SIMD2<Double>(other))
    let wanted = (other * other).sum().squareRoot()
    let amplitude = (own * own).sum().squareRoot()
    return amplitude == 0 ? SIMD2(Float(wanted), 0) : SIMD2<Float>(own * (wanted / amplitude - 1))
  }

  /// What it does to a picture of this size, in words: width x height, like every size.
  public func describe(_ size: PixelSize) -> String {
    let sides = window.sides(beta: beta, in: size)
    let bins = PixelSize(sides.horizontal.count, sides.vertical.count)
    return bins.area == 0 ? "swaps none of \(size) frequencies" : "swaps \(bins) of \(size) frequencies"
  }

  /// The window over a spectrum of this size with frequency 0 in the middle: 255 inside, 0 outside.
  public func mask(_ size: PixelSize) -> IndexMap {
    let sides = window.sides(beta: beta, in: size)
    var mask = IndexMap(size: size, filledWith: 0)
    for row in 0..<size.height where sides.vertical.contains(row - size.height / 2) {
      for column in 0..<size.width where sides.horizontal.contains(column - size.width / 2) {
        mask.values[row * size.width + column] = 255
      }
    }
    return mask
  }
}
