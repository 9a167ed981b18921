public import Imaging
public import Scenes

/// Fourier adaptation toward a dataset: each picture takes the low frequencies' amplitudes of a random one of the target's, drawn
/// afresh in every epoch. A crop meets a crop of its own size; a whole picture meets a whole one, resized to it.
public struct FourierStyle: SampleStyle {
  public let adaptation: FourierAdaptation
  private let partners: StylePartners

  public init(_ adaptation: FourierAdaptation, toward: Dataset) {
    self.adaptation = adaptation
    partners = StylePartners(toward, purpose: "fda partner")
  }

  /// Where amplitudes come from.
  public var toward: Dataset { partners.toward }

  public var summary: String { "beta \(adaptation.beta) toward \(toward.title)" }

  public func restyle(_ image: FloatImage, index: Int, draw: Draw) throws -> FloatImage {
    adaptation.restyled(image, toward: FloatImage(try partner(for: image.size, index: index, draw: draw)))
  }

  public func partner(of size: PixelSize, index: Int, draw: Draw) throws -> StylePartner? {
    let partner = try partners.partner(for: size, index: index, draw: draw)
    return StylePartner(name: partner.name, window: partner.window, size: size)
  }

  /// The target's picture whose amplitudes sample `index` takes in this draw, at the size of its own.
  public func partner(for size: PixelSize, index: Int, draw: Draw) throws -> Image {
    let target = try partners.picture(for: size, index: index, draw: draw)
    return target.size == size ? target : target.resized(to: size)
  }
}
