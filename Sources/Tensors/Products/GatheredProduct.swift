internal import Kernels

/// The matrix product behind convolution by OpenBLAS: gather the neighbourhood of each pixel into a row, multiply the rows by the weights.
///
/// `output[p, k] = sum over taps t and channels c of source[neighbour t of p, c] * weights[t, c, k]`. Done in tiles of pixels that
/// fit the cache, and where a row is long in pieces of whole taps that are added up in order. Tiles depend on sizes only.
enum GatheredProduct {
  /// Pixels of a tile: enough tiles for a handful of threads, but not so small that packing the weights dominates.
  static func tile(pixels: Int) -> Int { min(max((pixels / 8 + 15) / 16 * 16, 32), 384) }

  /// Taps that are gathered at once, so that the rows of a tile take at most 3/4 MiB.
  static func tapsAtOnce(_ taps: Int, channels: Int, tile: Int) -> Int { min(taps, max(1, 196_608 / (tile * channels))) }

  /// - Parameters:
  ///   - grid: height and width of the grid of output pixels of one image.
  ///   - weights: `[taps, source channels, columns]`.
  ///   - target: gets a row of the product for each grid pixel.
  static func run(
    _ source: SegueMap, _ neighbourhood: Neighbourhood, grid: (height: Int, width: Int), weights: UnsafePointer<Float>, columns: Int,
    accumulate: Bool, into target: Lattice
  ) {
    let channels = source.shape.channels, taps = neighbourhood.count
    let pixels = source.shape.images * grid.height * grid.width
    let tile = tile(pixels: pixels)
    guard taps > 0 else {
      // Pixels that no output meets, as half of the rows and columns before a 1x1 convolution of stride 2: their gradient is 0.
      guard !accumulate else { return }
      return Threads.run((pixels + tile - 1) / tile) { index in
        let range = index * tile..<min((index + 1) * tile, pixels), zeros = Threads.scratch(1, range.count * columns)
        zeros.update(repeating: 0, count: range.count * columns)
        place(zeros, range, grid: grid, columns: columns, accumulate: false, into: target)
      }
    }
    let piece = tapsAtOnce(taps, channels: channels, tile: tile)
    Threads.run((pixels + tile - 1) / tile) { index in
      let range = index * tile..<min((index + 1) * tile, pixels)
      let isDirect = target.spacing == 1
      let (rows, stride) = isDirect
        ? (target.map.data + range.lowerBound * target.map.stride, target.map.stride) : (Threads.scratch(1, range.count * columns), columns)
      let adds = isDirect && accumulate
      for first in Swift.stride(from: 0, to: taps, by: piece) {
        let part = first..<min(first + piece, taps)
        let (gathered, width): (UnsafePointer<Float>, Int)
        if neighbourhood.isIdentity {
          (gathered, width) = (UnsafePointer(source.data + range.lowerBound * source.stride), source.stride)
        } else {
          let scratch = Threads.scratch(0, tile * piece * channels)
          neighbourhood.gather(source, grid: grid, taps: part, pixels: range, into: scratch)
          (gathered, width) = (UnsafePointer(scratch), part.count * channels)
        }
        BLAS.multiply(
          rows: range.count, columns: columns, inner: part.count * channels, gathered, stride: width,
          weights + part.lowerBound * channels * columns, stride: columns, into: rows, stride: stride,
          accumulate: adds || part.lowerBound > 0)
      }
      if !isDirect { place(rows, range, grid: grid, columns: columns, accumulate: accumulate, into: target) }
    }
  }

  /// Rows of the product that are not the target's own pixels side by side go there from scratch.
  private static func place(_ rows: UnsafePointer<Float>, _ range: Range<Int>, grid: (height: Int, width: Int), columns: Int, accumulate: Bool, into target: Lattice) {
    let map = target.map
    var row = rows
    for pixel in range {
      let (image, within) = pixel.quotientAndRemainder(dividingBy: grid.height * grid.width)
      let (i, j) = within.quotientAndRemainder(dividingBy: grid.width)
      let line: Int = image * map.height + i * target.spacing + target.y, column: Int = j * target.spacing + target.x
      let place: Int = (line * map.width + column) * map.stride, at = map.data + place
      if accumulate { for c in 0..<columns { at[c] += row[c] } } else { at.update(from: row, count: columns) }
      row += columns
    }
  }
}
