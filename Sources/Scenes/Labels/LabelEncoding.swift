public import Imaging

/// How a label map is written to a picture file.
public enum LabelEncoding: String, Sendable, CaseIterable {
  /// Palette indices that are train ids, 255 for what is no class; viewers show them in Cityscapes' colours.
  case trainids
  /// Grey levels that are the ids of Cityscapes' files, 0 for what is no class: what its scripts and its server read.
  case labelids
  /// Cityscapes' colours, black for what is no class.
  case colours

  /// The bytes of a PNG of a map of train ids.
  public func file(_ label: IndexMap) -> [UInt8] {
    switch self {
    case .trainids: PNG.encode(label, palette: LabelColours.palette)
    case .labelids: PNG.encode(IndexMap(size: label.size, values: label.values.map { LabelEncoding.labelIDs[Int($0)] }))
    case .colours: PNG.encode(LabelColours.picture(of: label))
    }
  }

  private static let labelIDs: [UInt8] = (0..<256).map { $0 < CityscapesClass.count ? CityscapesClass.all[$0].labelID : 0 }
}
