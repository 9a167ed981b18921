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
  /// A frequency that the source lacks has no phase; it gets phase 0. Only the difference that the window makes goes the way back, so
  /// what lies outside it passes untouched by rounding.
  public func restyled(_ source: FloatImage, toward target: FloatImage) -> FloatImage {
    let size = source.size, sides = window.sides(beta: beta, in: size)
    let isFew = LowFrequencies.isQuicker((sides.vertical.reach, sides.horizontal.reach), height: size.height, width: size.width)
    return restyled(source, toward: target, by: isFew ? .lowFrequencies : .spectrum)
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
