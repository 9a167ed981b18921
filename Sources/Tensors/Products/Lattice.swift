internal import Kernels

/// Pixels of a map at equal distances: grid pixel (i, j) is pixel (i * spacing + y, j * spacing + x).
struct Lattice {
  var map: SegueMap
  var spacing = 1
  var y = 0
  var x = 0

  /// Where the rows of a tile's pixels lie, from channel `channel` on; the pixels of a single column are the rows of one line.
  func rows(of tile: GridTiles.Tile, channel: Int = 0) -> SegueGrid {
    let shape = map.shape
    let row: Int = tile.image * shape.height + tile.rows.lowerBound * spacing + y, column: Int = tile.columns.lowerBound * spacing + x
    let place: Int = (row * shape.width + column) * map.stride + channel, lineStride: Int = spacing * shape.width * map.stride
    return SegueGrid(data: map.data + place, line_stride: lineStride, row_stride: tile.columns.count == 1 ? lineStride : spacing * map.stride)
  }
}
