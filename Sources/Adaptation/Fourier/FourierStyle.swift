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
    var random = RandomStream(seed: draw.seed, purpose: "fda partner", epoch: draw.epoch, sample: index)
    let partner = random.integer(below: toward.count)
    let crop = draw.crop == nil ? nil : image.size
    var target = try toward.picture(partner, draw: Draw(seed: draw.seed, epoch: draw.epoch, crop: crop))
    if target.size != image.size { target = target.resized(to: image.size) }
    return adaptation.restyled(image, toward: FloatImage(target))
  }
}
