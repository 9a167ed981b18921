public import Imaging

/// How a terminal shows pictures.
public struct PictureStyle: Sendable {
  public enum Form: String, Sendable, CaseIterable {
    /// The kitty graphics protocol: PNG in APC sequences.
    case kitty
    /// iTerm2's inline files: PNG in an OSC 1337 sequence.
    case iterm
    /// DEC's sixels: 256 colours.
    case sixel
    /// Half blocks: two pixels a character, in whatever colours the terminal has.
    case blocks
    /// No picture; its caption says what it shows.
    case words
  }

  public var form: Form
  /// The colours of half blocks.
  public var depth: ColourDepth
  /// A character's size in the terminal's pixels.
  public var cell: PixelSize
  /// The rows that a picture may take at most.
  public var rows: Int
  /// True inside tmux: kitty's sequences are handed on only when they are wrapped, and its pictures are placed by text.
  public var insideTmux: Bool
  /// A picture as the bytes of a PNG file; kitty and iTerm need it.
  public var png: (@Sendable (Image) -> [UInt8])?

  public init(
    _ form: Form, depth: ColourDepth = .full, cell: PixelSize = PixelSize(8, 16), rows: Int = 40, insideTmux: Bool = false,
    png: (@Sendable (Image) -> [UInt8])? = nil
  ) {
    self.form = form
    self.depth = depth
    self.cell = cell
    self.rows = rows
    self.insideTmux = insideTmux
    self.png = png
  }

  public static let words = PictureStyle(.words)

  /// What to write so that the picture stands at the cursor; nil where it cannot be shown. Pictures are made smaller to fit into `columns`
  /// and `rows`, never larger. The text holds newlines between its rows and none at its end.
  public func encoded(_ image: Image, columns: Int) -> String? {
    guard image.size.area > 0, columns > 0 else { return nil }
    switch form {
    case .words: return nil
    case .blocks:
      guard depth > .none else { return nil }
      return HalfBlocks.encode(image.fitted(into: PixelSize(columns, rows * 2)), depth: depth)
    case .sixel:
      return Sixel.encode(image.fitted(into: PixelSize(columns * cell.width, rows * cell.height)))
    case .kitty:
      guard let png else { return nil }
      let fitted = image.fitted(into: PixelSize(columns * cell.width, rows * cell.height))
      let bytes = png(fitted)
      guard insideTmux else { return KittyPicture.encode(bytes, cells: cells(fitted.size)) }
      // The same picture has the same number: shown again it takes no more of the terminal's memory.
      return KittyPicture.encodeInTmux(bytes, cells: cells(fitted.size), number: 16 + Int(checksum(bytes) % 240))
    case .iterm:
      guard let png else { return nil }
      let fitted = image.fitted(into: PixelSize(columns * cell.width, rows * cell.height))
      return ITermPicture.encode(png(fitted), cells: cells(fitted.size))
    }
  }

  /// The characters that a picture of this size covers.
  func cells(_ size: PixelSize) -> PixelSize {
    PixelSize((size.width + cell.width - 1) / max(cell.width, 1), (size.height + cell.height - 1) / max(cell.height, 1))
  }

  /// FNV-1a.
  private func checksum(_ bytes: [UInt8]) -> UInt64 { bytes.reduce(14_695_981_039_346_656_037) { ($0 ^ UInt64($1)) &* 1_099_511_628_211 } }
}
