import Imaging
import Tensors
import Workbench

/// Channels of a feature map as pictures.
enum FeaturePicture {
  /// A contact sheet of the channels that vary most, each from its least value to its largest, beside the image that they are of.
  ///
  /// - Parameter features: `[1, h, w, channels]`
  static func strongest(_ features: Tensor, count: Int, of image: Image) -> Figure {
    let size = PixelSize(features.shape[2], features.shape[1]), channels = features.shape[3]
    func values(_ channel: Int) -> [Float] { stride(from: channel, to: features.count, by: channels).map { features.values[$0] } }
    let spread = (0..<channels).map { channel -> Float in
      let all = values(channel), mean = all.reduce(0, +) / Float(all.count)
      return all.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    }
    let chosen = spread.indices.sorted { (spread[$1], $0) < (spread[$0], $1) }.prefix(count).sorted()
    // Small maps are enlarged to about half the image, so that something can be seen.
    let factor = max(image.size.width / 2 / max(size.width, 1), 1)
    let panels = chosen.map { channel -> Figure.Panel in
      let values = values(channel)
      let picture = ColourMap.sequential.picture(of: values, size: size, from: values.min() ?? 0, to: values.max() ?? 1)
      return .init("#\(channel)", picture.enlarged(by: factor))
    }
    let keys = [PictureKey(ColourMap.sequential[0], "a channel's least"), PictureKey(ColourMap.sequential[1], "its largest")]
    return Figure(rows: [[.init("image", image)]] + panels.inRows(of: panels.count <= 4 ? 2 : panels.count <= 16 ? 4 : 8), keys: keys)
  }

  /// Values from their least (black) to their largest (white).
  static func grey(_ values: [Float], _ size: PixelSize) -> Image {
    let low = values.min() ?? 0, high = values.max() ?? 1
    let factor = high > low ? 255 / (high - low) : 0
    return Image(size: size, pixels: values.flatMap { value in [UInt8](repeating: UInt8((value - low) * factor), count: 3) })
  }
}
