internal import Kernels

/// The rectangle of source pixels that each pixel of a grid looks at: for grid pixel (i, j), the `height` x `width` pixels from
/// (i * step + top, j * step + left) on. What lies outside of the source is zeros.
struct Window {
  var top: Int
  var left: Int
  var height: Int
  var width: Int
  var step: Int

  /// The floats of a page, by whose parts the nearest cache chooses a line's place.
  static let pageFloats = 1024

  var taps: Int { height * width }

  /// The grid pixel's own source pixel and no other.
  var isOwnPixel: Bool { step == 1 && taps == 1 && top == 0 && left == 0 }

  /// The windows of a tile's pixels as rows of a matrix, of which row `lines.lowerBound` of the window and the following ones.
  ///
  /// They are read from the source itself where a window is one pixel, else from a copy with zeros around it in scratch 0. Pixels that fill
  /// whole pages are copied as well, a little apart: the rows of a product compete for the same lines of the cache otherwise.
  func rows(of tile: GridTiles.Tile, in source: FeatureMap, lines: Range<Int>) -> SegueRows {
    let shape = source.shape
    if isOwnPixel {
      let first = (tile.image * shape.height + tile.rows.lowerBound) * shape.width + tile.columns.lowerBound
      var pixels = source.kernel
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
    let (height, width) = (covered(tile.rows.count, lines.count), covered(tile.columns.count, self.width))
    let pitch = width * shape.channels
    let copy = Threads.scratch(0, height * pitch)
    segue_copy_padded(
      source.kernel, tile.image, tile.rows.lowerBound * step + top + lines.lowerBound, tile.columns.lowerBound * step + left, height,
      width, copy)
    return SegueRows(
      data: copy, lines: tile.rows.count, rows: tile.columns.count, line_stride: step * pitch, row_stride: step * shape.channels,
      runs: lines.count, run: self.width * shape.channels, run_stride: pitch)
  }

  /// How many source pixels the windows of `count` neighbours cover, the window being `extent` long.
  func covered(_ count: Int, _ extent: Int) -> Int { (count - 1) * step + extent }
}
