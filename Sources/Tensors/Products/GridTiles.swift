/// A grid of pixels cut into rectangles that lie within one image, none larger than asked for and all of about the same size.
package struct GridTiles {
  struct Tile {
    var image: Int
    var rows: Range<Int>
    var columns: Range<Int>
  }

  let images: Int
  let height: Int
  let width: Int
  private let bands: Int
  private let stacks: Int

  /// - Parameters:
  ///   - pixels: how many a tile has at most.
  ///   - fits: whether the source pixels of a tile of this height and width fit where they should.
  package init(images: Int, height: Int, width: Int, pixels: Int, fits: (Int, Int) -> Bool) {
    (self.images, self.height, self.width) = (images, height, width)
    func part(_ whole: Int, _ parts: Int) -> Int { (whole + parts - 1) / parts }
    var stacks = part(width, pixels)
    while part(width, stacks) > 16, !fits(1, part(width, stacks)) { stacks += 1 }
    let tileWidth = part(width, stacks)
    var bands = part(height, max(1, pixels / tileWidth))
    while bands < height, !fits(part(height, bands), tileWidth) { bands += 1 }
    (self.stacks, self.bands) = (stacks, bands)
  }

  package var count: Int { images * bands * stacks }

  /// In this many parts of the grid, a block of the weights passes all tiles of a part before the next block does.
  private static let parts = 4

  /// Which tile and which of `blocks` blocks of the weights task `task` of `count * blocks` is. A block's tiles follow one another, so that its
  /// weights stay in the cache; but only those of a part of the grid, so that tasks keep to the order of the grid as well.
  package func tileAndBlock(of task: Int, blocks: Int) -> (tile: Int, block: Int) {
    let parts = min(GridTiles.parts, count), part = ((task / blocks + 1) * parts - 1) / count
    let first = count * part / parts, end = count * (part + 1) / parts
    let (block, position) = (task - first * blocks).quotientAndRemainder(dividingBy: end - first)
    return (first + position, block)
  }

  subscript(index: Int) -> Tile {
    let (band, stack) = index.quotientAndRemainder(dividingBy: stacks), (image, row) = band.quotientAndRemainder(dividingBy: bands)
    return Tile(
      image: image, rows: height * row / bands..<height * (row + 1) / bands,
      columns: width * stack / stacks..<width * (stack + 1) / stacks)
  }
}
