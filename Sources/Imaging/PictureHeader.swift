/// What the head of a picture's file says.
public struct PictureHeader: Hashable, Sendable {
  /// What a pixel is made of; the raw value is PNG's own number, also of files of other forms.
  public enum Kind: UInt8, Sendable { case grey = 0, colour = 2, palette = 3, greyAndAlpha = 4, colourAndAlpha = 6 }

  public let size: PixelSize
  public let kind: Kind
  /// Bits a channel, or bits an index: 1, 2, 4, 8 or 16.
  public let depth: Int
  /// Whether it comes in passes that show all of it, more and more sharply.
  public let isInterlaced: Bool

  package init(size: PixelSize, kind: Kind, depth: Int, isInterlaced: Bool) {
    (self.size, self.kind, self.depth, self.isInterlaced) = (size, kind, depth, isInterlaced)
  }

  /// Whether a pixel is one number, a palette index or a grey level, so that `decodeIndices` can read it.
  public var holdsIndices: Bool { (kind == .palette || kind == .grey) && depth <= 8 }

  /// Whether a pixel is red, green and blue of 8 bits, which labels may be told by: of 16 bits the lower half would be lost.
  public var holdsColours: Bool { isColoured && depth == 8 }

  /// Whether a pixel is red, green and blue of any depth.
  public var isColoured: Bool { kind == .colour || kind == .colourAndAlpha }

  /// What the pixels are, for messages: "colours".
  public var pixels: String {
    if isColoured { return depth == 8 ? "colours" : "\(depth)-bit colours" }
    return kind == .greyAndAlpha ? "grey levels with transparency" : "\(depth)-bit numbers"
  }
}

extension PictureHeader.Kind {
  var channels: Int {
    switch self {
    case .grey, .palette: 1
    case .greyAndAlpha: 2
    case .colour: 3
    case .colourAndAlpha: 4
    }
  }

  var depths: [Int] {
    switch self {
    case .grey: [1, 2, 4, 8, 16]
    case .palette: [1, 2, 4, 8]
    case .colour, .greyAndAlpha, .colourAndAlpha: [8, 16]
    }
  }
}
