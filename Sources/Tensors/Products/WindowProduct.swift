internal import Kernels

/// The matrix product behind convolution: the window of each pixel, as a row, times the weights.
///
/// `output[p, k] = sum over taps t and channels c of source[tap t of p's window, c] * weights[t, c, k]`. Nothing is gathered: the rows of the
/// product overlap in the source, or, where windows stick out of it, in a copy of a tile's source pixels with zeros around them; for
/// products of bfloat16, in a copy always. Work is cut into tiles of pixels, and where those are few into blocks of columns as well; this
/// depends on sizes only.
enum WindowProduct {
  /// Source floats of a tile: half a second-level cache or less.
  static let sourceFloats = 98_304

  static func run(
    _ source: SegueMap, _ window: Window, grid: (height: Int, width: Int), weights: PackedWeights, accumulate: Bool, after: Epilogue = .none,
    into target: Lattice
  ) {
    let shape = source.shape
    if window.isOwnPixel, target.spacing == 1, grid.height > 1, grid == (shape.height, shape.width) {
      // Each pixel for itself: their rows and images do not matter.
      return run(
        source.asOneRow, window, grid: (1, shape.pixels), weights: weights, accumulate: accumulate, after: after,
        into: Lattice(map: target.map.asOneRow))
    }
    let pixels = shape.images * grid.height * grid.width
    let tiles = GridTiles(images: shape.images, height: grid.height, width: grid.width, pixels: min(max(pixels / 8, 64), 384)) {
      window.covered($0, window.height) * window.covered($1, window.width) * shape.channels <= sourceFloats
    }
    let columns = weights.columns
    let blockColumns = blockColumns(columns, blocks: (16 + tiles.count - 1) / tiles.count)
    let blocks = (columns + blockColumns - 1) / blockColumns
    Threads.run(blocks * tiles.count) { task in
      let (index, block) = tiles.tileAndBlock(of: task, blocks: blocks)
      let first = block * blockColumns
      func multiply(_ part: GridTiles.Tile, _ rows: SegueRows, _ product: (SegueRows, UnsafePointer<Float>?, Int, SegueGrid, Bool, SegueEpilogue) -> Void) {
        product(
          rows, weights.from(first), min(blockColumns, columns - first), target.rows(of: part, channel: first), accumulate, after.from(first).kernel)
      }
      switch weights.precision {
      case .float32:
        window.eachPart(of: tiles[index], in: source) { part in
          multiply(part, window.rows(of: part, in: source, lines: 0..<window.height), segue_multiply_packed)
        }
      case .bfloat16: multiply(tiles[index], window.channelPairs(of: tiles[index], in: source), segue_multiply_bf16)
      }
    }
  }

  /// Columns of a block, a multiple of 32, for about as many blocks as asked for.
  static func blockColumns(_ columns: Int, blocks: Int) -> Int { max(1, columns / 32 / blocks) * 32 }
}
