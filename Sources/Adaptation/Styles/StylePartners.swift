import Imaging
import Scenes
import Tensors

/// Which picture of a dataset a sample takes its look from: a random one, drawn afresh in every epoch, cut to the sample's size where that is cut
/// itself.
struct StylePartners: Sendable {
  let toward: Dataset
  /// Names the random choice.
  let purpose: String

  init(_ toward: Dataset, purpose: String) { (self.toward, self.purpose) = (toward, purpose) }

  func picture(for size: PixelSize, index: Int, draw: Draw) throws -> Image {
    let (position, draw) = choice(size, index, draw)
    return try toward.picture(position, draw: draw)
  }

  func partner(for size: PixelSize, index: Int, draw: Draw) throws -> (name: String, window: PixelWindow) {
    let (position, draw) = choice(size, index, draw)
    return (toward.name(at: position), try toward.window(position, draw: draw).window)
  }

  private func choice(_ size: PixelSize, _ index: Int, _ draw: Draw) -> (position: Int, draw: Draw) {
    var random = RandomStream(seed: draw.seed, purpose: purpose, epoch: draw.epoch, sample: index)
    return (random.integer(below: toward.count), Draw(seed: draw.seed, epoch: draw.epoch, crop: draw.crop == nil ? nil : size))
  }
}
