import Tensors
import Testing

@Suite struct GridTilesTests {
  /// Every tile meets every block once, tiles of an earlier part of the grid before those of a later one.
  @Test(arguments: [(1, 1), (3, 5), (4, 2), (11, 2), (43, 1), (64, 7)]) func everyTileMeetsEveryBlock(bands: Int, blocks: Int) {
    let tiles = GridTiles(images: 1, height: bands, width: 10, pixels: 10) { _, _ in true }
    let order = (0..<tiles.count * blocks).map { tiles.tileAndBlock(of: $0, blocks: blocks) }
    #expect(tiles.count == bands && Set(order.map { $0.tile * blocks + $0.block }) == Set(0..<bands * blocks))
    let parts = order.map { (($0.tile + 1) * min(4, bands) - 1) / bands }
    #expect(parts == parts.sorted())
  }
}
