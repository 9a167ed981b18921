public import Imaging
public import Scenes

/// The colours of a dataset: each picture takes those of a random one of the target's, drawn afresh in every epoch. A crop takes those of a crop.
public struct ColourStyle: SampleStyle {
  private let partners: StylePartners

  public init(toward: Dataset) { partners = StylePartners(toward, purpose: "lab partner") }

  public var summary: String { "colours of \(partners.toward.title)" }

  public func restyle(_ image: FloatImage, index: Int, draw: Draw) throws -> FloatImage {
    ColourTransfer(of: FloatImage(try partners.picture(for: image.size, index: index, draw: draw))).applied(to: image)
  }

  public func partner(of size: PixelSize, index: Int, draw: Draw) throws -> StylePartner? {
    let partner = try partners.partner(for: size, index: index, draw: draw)
    return StylePartner(name: partner.name, window: partner.window, size: partner.window.size)
  }
}
