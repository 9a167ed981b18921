internal import Kernels

/// The rectangle of source pixels that each pixel of a grid looks at: for grid pixel (i, j), the `height` x `width` pixels from
/// (i * stride + top, j * stride + left) on. What lies outside of the source is zeros.
struct Window {
  var top: Int
  var left: Int
  var height: Int
  var width: Int
  var stride: Int

  /// Of pixels narrower than this a copy costs next to nothing.
  static let leastChannels = 16

  /// The floats of a page, by whose parts the nearest cache chooses a line's place.
  static let pageFloats = 1024

  var taps: Int { height * width }

  /// The grid pixel's own source pixel and no other.
  var isOwnPixel: Bool { stride == 1 && taps == 1 && top == 0 && left == 0 }

  /// The windows of a tile's pixels as rows of a matrix, of which row `lines.lowerBound` of the window and the following ones.
  ///
  /// They are read from the source itself where all windows lie in it (see `parts`), else from a copy with zeros around it in scratch 0. Pixels that
  /// fill whole pages are copied as well, a little apart: the rows of a product compete for the same lines of the cache otherwise. The pixels of
  /// a single column are the rows of one line.
  func rows(of tile: GridTiles.Tile, in source: SegueMap, lines: Range<Int>) -> SegueRows {
    let shape = source.shape
    if isOwnPixel {
      let first = (tile.image * shape.height + tile.rows.lowerBound) * shape.width + tile.columns.lowerBound
      var pixels = source
      (pixels.data, pixels.images, pixels.height, pixels.width) = (source.data + first * source.stride, 1, tile.rows.count, tile.columns.count)
      let isCopied = source.stride % Window.pageFloats == 0 && tile.rows.count == 1
      if isCopied {
        var copy = pixels
        copy.stride = shape.channels + 16
        copy.data = Threads.scratch(0, tile.columns.count * copy.stride)
        segue_copy(pixels, copy, false)
        pixels = copy
      }
      return SegueRows(
        data: pixels.data, lines: pixels.height, rows: pixels.width, line_stride: shape.width * source.stride, row_stride: pixels.stride, runs: 1,
        run: shape.channels, run_stride: 0)
    }
    let row: Int = tile.rows.lowerBound * stride + top + lines.lowerBound, column: Int = tile.columns.lowerBound * stride + left
    var first: UnsafeMutablePointer<Float> = source.data, pitch: Int = shape.width * shape.channels
    if isInside(tile, source) {
      let line: Int = tile.image * shape.height + row
      first += line * pitch + column * shape.channels
    } else {
      let (height, width) = (covered(tile.rows.count, lines.count), covered(tile.columns.count, self.width))
      pitch = width * shape.channels
      first = Threads.scratch(0, height * pitch)
      segue_copy_padded(source, tile.image, row, column, height, width, first)
    }
    let isColumn = tile.columns.count == 1
    return SegueRows(
      data: first, lines: isColumn ? 1 : tile.rows.count, rows: isColumn ? tile.rows.count : tile.columns.count, line_stride: stride * pitch,
      row_stride: isColumn ? stride * pitch : stride * shape.channels, runs: lines.count, run: self.width * shape.channels, run_stride: pitch)
  }

  /// Whether the windows of all pixels of a tile lie in a dense source whose pixels are wide enough to be worth it.
  private func isInside(_ tile: GridTiles.Tile, _ source: SegueMap) -> Bool {
    let shape = source.shape
    return source.stride == shape.channels && shape.channels >= Window.leastChannels && tile.rows.lowerBound * stride + top >= 0
      && (tile.rows.upperBound - 1) * stride + top + height <= shape.height && tile.columns.lowerBound * stride + left >= 0
      && (tile.columns.upperBound - 1) * stride + left + width <= shape.width
  }

  /// Calls `body` for the parts of a tile: the columns whose windows lie in the source and those on both sides that stick out, where that spares
  /// most of it the copy; else all of it. For products, to whose results it does not matter.
  func eachPart(of tile: GridTiles.Tile, in source: SegueMap, _ body: (GridTiles.Tile) -> Void) {
    let first = min(max(tile.columns.lowerBound, (stride - 1 - left) / stride), tile.columns.upperBound)
    let end = max(first, min(tile.columns.upperBound, (source.shape.width - width - left) / stride + 1))
    func part(_ columns: Range<Int>) -> GridTiles.Tile { GridTiles.Tile(image: tile.image, rows: tile.rows, columns: columns) }
    guard taps > 1, first < end, isInside(part(first..<end), source) else { return body(tile) }
    if tile.columns.lowerBound < first { body(part(tile.columns.lowerBound..<first)) }
    body(part(first..<end))
    if end < tile.columns.upperBound { body(part(end..<tile.columns.upperBound)) }
  }

  /// How many source pixels the windows of `count` neighbours cover, the window being `extent` long.
  func covered(_ count: Int, _ extent: Int) -> Int { (count - 1) * stride + extent }
}
