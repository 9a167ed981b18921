import Imaging
import Workbench

/// Pictures in rows that belong together: plain for screens and pages, which set a caption and the keys below; with words in it for files.
struct Figure {
  struct Panel {
    var title: String
    var picture: Image
    init(_ title: String, _ picture: Image) { (self.title, self.picture) = (title, picture) }
  }

  var rows: [[Panel]]
  var keys: [PictureKey] = []

  private static let gap = 4

  /// The pictures alone.
  var plain: Image { Self.stacked(rows.map { row in Image.sheet(row.map(\.picture), columns: row.count, gap: Self.gap) }) }

  /// With a title over each picture, where it is not that of the picture above, and what the colours mean below.
  var lettered: Image {
    let widest = rows.joined().map(\.picture.size.width).max() ?? 1
    let scale = min(max(widest / 256, 1), 4)
    var above: [String] = []
    var parts = rows.map { row in
      let titles = row.map(\.title)
      defer { above = titles }
      let hasTitles = titles != above && titles.contains { !$0.isEmpty }
      return Image.sheet(row.map { hasTitles ? Self.titled($0, scale) : $0.picture }, columns: row.count, gap: Self.gap)
    }
    let width = parts.map(\.size.width).max() ?? 1
    if let legend = Self.legend(keys, width: width, scale) { parts.append(legend) }
    return Self.stacked(parts)
  }

  private static func stacked(_ pictures: [Image]) -> Image { Image.sheet(pictures, columns: 1, gap: gap) }

  private static func titled(_ panel: Panel, _ scale: Int) -> Image {
    let height = Image.size(of: "A", scale: scale).height + 4 * scale
    let size = panel.picture.size
    var whole = Image(size: PixelSize(size.width, size.height + height), red: 255, green: 255, blue: 255)
    whole.write(fitted(panel.title, into: size.width - 2 * scale, scale), x: scale, y: 2 * scale, scale: scale)
    whole.paste(panel.picture, x: 0, y: height)
    return whole
  }

  /// As much of a title as there is room for.
  private static func fitted(_ title: String, into width: Int, _ scale: Int) -> String {
    let room = max((width / scale + 1) / 6, 0)
    return title.count <= room ? title : String(title.prefix(max(room - 2, 0))) + ".."
  }

  /// Squares of the colours with their names, in as many rows as they need; nil where there are none.
  private static func legend(_ keys: [PictureKey], width: Int, _ scale: Int) -> Image? {
    guard !keys.isEmpty else { return nil }
    let side = 7 * scale, space = 4 * scale
    var places: [(key: PictureKey, x: Int, y: Int)] = []
    var (x, y) = (space, space)
    for key in keys {
      let needed = side + space + Image.size(of: key.name, scale: scale).width
      if x > space, key.beginsLine || x + needed > width { (x, y) = (space, y + side + space) }
      places.append((key, x, y))
      x += needed + 3 * space
    }
    var legend = Image(size: PixelSize(width, y + side + space), red: 255, green: 255, blue: 255)
    for place in places {
      let key = place.key
      // A thin dark edge, so that white is seen on white.
      legend.paste(Image(size: PixelSize(side, side), red: 96, green: 96, blue: 96), x: place.x, y: place.y)
      legend.paste(Image(size: PixelSize(side - 2, side - 2), red: key.red, green: key.green, blue: key.blue), x: place.x + 1, y: place.y + 1)
      legend.write(key.name, x: place.x + side + space, y: place.y, scale: scale)
    }
    return legend
  }
}

extension Phrase {
  /// The words alone.
  var withoutKeys: Phrase { Phrase(pieces: pieces.filter { if case .key = $0 { false } else { true } }) }

  /// The same words with what the colours of their picture mean.
  func with(keys: [PictureKey]) -> Phrase { Phrase(pieces: pieces + keys.map { .key($0) }) }
}
