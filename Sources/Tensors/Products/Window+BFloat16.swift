internal import Kernels

/// Windows as rows of words of two bfloat16 each, which are counted as floats are: see the kernels' Matrix/bf16.h.
extension Window {
  /// Rows between which lies a multiple of so many words compete for the same lines of the cache.
  private static let crowdedWords = 256

  /// As `rows(of:in:lines:)` with all of the window's rows, a word being two neighbouring channels; in scratch 0.
  func channelPairs(of tile: GridTiles.Tile, in source: SegueMap) -> SegueRows {
    let words = source.shape.channels / 2, wordStride = width == 1 && words % Window.crowdedWords == 0 ? words + 16 : words
    let (height, width) = (covered(tile.rows.count, self.height), covered(tile.columns.count, self.width)), pitch = width * wordStride
    let pairs = Threads.scratch(0, height * pitch)
    segue_copy_padded_bf16(
      source, tile.image, tile.rows.lowerBound * stride + top, tile.columns.lowerBound * stride + left, height, width, pairs, wordStride)
    let isColumn = tile.columns.count == 1
    return SegueRows(
      data: pairs, lines: isColumn ? 1 : tile.rows.count, rows: isColumn ? tile.rows.count : tile.columns.count, line_stride: stride * pitch,
      row_stride: isColumn ? stride * pitch : stride * wordStride, runs: self.height, run: self.width * words, run_stride: pitch)
  }

  /// What `rows(of:in:lines:)` gave with a row for every two of a line, a word being the same channel of two neighbouring pixels; in scratch 1.
  ///
  /// Each row of source pixels is put into words once, whichever windows' row it is.
  func pixelPairs(_ rows: SegueRows) -> SegueRows {
    let pairs = (rows.rows + 1) / 2, pitch = pairs * rows.run, count = rows.lines == 1 ? rows.runs : covered(rows.lines, rows.runs)
    let words = Threads.scratch(1, count * pitch)
    segue_pack_pixels_bf16(rows.data, isOwnPixel ? rows.line_stride : rows.run_stride, rows.row_stride, count, rows.rows, rows.run, rows.run, words)
    return SegueRows(
      data: words, lines: rows.lines, rows: pairs, line_stride: stride * pitch, row_stride: rows.run, runs: rows.runs, run: rows.run, run_stride: pitch)
  }
}
