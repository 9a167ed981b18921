/// One of the 19 classes that Cityscapes is judged on.
public struct CityscapesClass: Hashable, Sendable {
  public let name: String
  /// 0...18: the number that networks predict and confusion matrices count.
  public let trainID: UInt8
  /// The number in `*_gtFine_labelIds.png` and in GTA5's palette indices.
  public let labelID: UInt8
  public let colour: Colour
  /// The name as tables of results shorten it at the head of a column.
  public var heading: String { CityscapesClass.short[name] ?? name }

  /// 8 bits each of red, green and blue.
  public struct Colour: Hashable, Sendable {
    public let red, green, blue: UInt8

    public init(_ red: UInt8, _ green: UInt8, _ blue: UInt8) {
      (self.red, self.green, self.blue) = (red, green, blue)
    }

    /// As PNG's palettes take it.
    public var triple: (red: UInt8, green: UInt8, blue: UInt8) { (red, green, blue) }
  }

  /// The value of pixels that are neither learned nor judged.
  public static let ignored: UInt8 = 255

  /// The 19 classes in the order of their train ids (cityscapesScripts, `labels.py`).
  public static let all: [CityscapesClass] = [
    .init("road", 0, 7, 128, 64, 128),
    .init("sidewalk", 1, 8, 244, 35, 232),
    .init("building", 2, 11, 70, 70, 70),
    .init("wall", 3, 12, 102, 102, 156),
    .init("fence", 4, 13, 190, 153, 153),
    .init("pole", 5, 17, 153, 153, 153),
    .init("traffic light", 6, 19, 250, 170, 30),
    .init("traffic sign", 7, 20, 220, 220, 0),
    .init("vegetation", 8, 21, 107, 142, 35),
    .init("terrain", 9, 22, 152, 251, 152),
    .init("sky", 10, 23, 70, 130, 180),
    .init("person", 11, 24, 220, 20, 60),
    .init("rider", 12, 25, 255, 0, 0),
    .init("car", 13, 26, 0, 0, 142),
    .init("truck", 14, 27, 0, 0, 70),
    .init("bus", 15, 28, 0, 60, 100),
    .init("train", 16, 31, 0, 80, 100),
    .init("motorcycle", 17, 32, 0, 0, 230),
    .init("bicycle", 18, 33, 119, 11, 32),
  ]

  public static let count = all.count

  /// The class of this name, in any case, with spaces, hyphens or underscores, or with its short form "light" or "sign".
  public static func named(_ name: String) -> CityscapesClass? {
    let plain = String(name.lowercased().map { "-_".contains($0) ? " " : $0 })
    return all.first { $0.name == plain || $0.name == "traffic " + plain }
  }

  private static let short = ["traffic light": "light", "traffic sign": "sign", "vegetation": "veg", "motorcycle": "moto"]

  private init(_ name: String, _ trainID: UInt8, _ labelID: UInt8, _ red: UInt8, _ green: UInt8, _ blue: UInt8) {
    (self.name, self.trainID, self.labelID, colour) = (name, trainID, labelID, Colour(red, green, blue))
  }
}
