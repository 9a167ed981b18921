public import Imaging
public import Scenes
import Tensors

/// Fourier adaptation toward a dataset: each picture takes the low frequencies' amplitudes of a random one of the target's, drawn
/// afresh in every epoch. A crop meets a crop of its own size; a whole picture meets a whole one, resized to it.
public struct FourierStyle: SampleStyle {
  public let adaptation: FourierAdaptation
  /// Where amplitudes come from.
  public let toward: Dataset

  public init(_ adaptation: FourierAdaptation, toward: Dataset) {
    self.adaptation = adaptation
    self.toward = toward
  }

  public var summary: String { "beta \(adaptation.beta) toward \(toward.title)" }

  public func restyle(_ image: FloatImage, index: Int, draw: Draw) throws -> FloatImage {
    adaptation.restyled(image, toward: FloatImage(try partner(for: image.size, index: index, draw: draw)))
  }

  public func partner(of size: PixelSize, index: Int, draw: Draw) throws -> StylePartner? {
    let (position, draw) = choice(size, index, draw)
    return StylePartner(name: toward.name(at: position), window: try toward.window(position, draw: draw).window, size: size)
  }

  /// The target's picture whose amplitudes sample `index` takes in this draw, at the size of its own.
  public func partner(for size: PixelSize, index: Int, draw: Draw) throws -> Image {
    let (position, draw) = choice(size, index, draw)
    let target = try toward.picture(position, draw: draw)
    return target.size == size ? target : target.resized(to: size)
  }

  /// Which picture, and how it is cut: to the size of the sample where that is cut itself.
  private func choice(_ size: PixelSize, _ index: Int, _ draw: Draw) -> (position: Int, draw: Draw) {
    var random = RandomStream(seed: draw.seed, purpose: "fda partner", epoch: draw.epoch, sample: index)
    return (random.integer(below: toward.count), Draw(seed: draw.seed, epoch: draw.epoch, crop: draw.crop == nil ? nil : size))
  }
}
