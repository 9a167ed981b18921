public import Imaging

/// Label maps in Cityscapes' colours.
public enum LabelColours {
  /// 256 colours by train id; everything that is no class is black.
  public static let palette: [(red: UInt8, green: UInt8, blue: UInt8)] = (0..<256).map { id in
    id < CityscapesClass.count ? CityscapesClass.all[id].colour.triple : (0, 0, 0)
  }

  /// A map of train ids as a picture.
  public static func picture(of label: IndexMap) -> Image {
    let flat = palette.flatMap { [$0.red, $0.green, $0.blue] }
    let pixels = [UInt8](unsafeUninitializedCapacity: 3 * label.size.area) { out, count in
      for (i, id) in label.values.enumerated() {
        for c in 0..<3 { out[3 * i + c] = flat[3 * Int(id) + c] }
      }
      count = 3 * label.size.area
    }
    return Image(size: label.size, pixels: pixels)
  }

  /// A picture under the colours of its label; ignored pixels stay as they are. Both must be of one size.
  public static func overlay(_ label: IndexMap, on image: Image, opacity: Float = 0.6) -> Image {
    image.overlaid(with: picture(of: label), opacity: opacity) { label.values[$0] != CityscapesClass.ignored }
  }
}
