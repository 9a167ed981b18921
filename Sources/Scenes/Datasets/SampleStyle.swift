public import Imaging

/// A change of look that leaves the geometry alone, such as Fourier adaptation towards another dataset.
public protocol SampleStyle: Sendable {
  /// In a few words, for people: "beta 0.01 toward cityscapes".
  var summary: String { get }
  /// The picture in this style, of the same size. `image` is already cut to `draw.crop`; values are 0...255 and may leave it.
  ///
  /// - Parameter index: names the sample, for random numbers: the same on every view of a dataset.
  func restyle(_ image: FloatImage, index: Int, draw: Draw) throws -> FloatImage
  /// The other picture that this look is taken from, for a sample cut to `size`; nil where there is none.
  func partner(of size: PixelSize, index: Int, draw: Draw) throws -> StylePartner?
}

extension SampleStyle {
  public func partner(of size: PixelSize, index: Int, draw: Draw) throws -> StylePartner? { nil }
}
