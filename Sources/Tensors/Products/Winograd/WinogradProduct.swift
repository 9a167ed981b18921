internal import Kernels

/// Convolution by minimal filtering: inputs of tiles to the points, a matrix product for each place, outputs from the points.
///
/// What is moved to and fro in the Winograd domain should stay in the caches, and there are two ways. Where the weights in the Winograd domain are
/// small, they are made once, and a task does all three steps for a *block* of tiles that stays in its second-level cache. Where they are
/// large, tiles pass a *chunk* at a time. All threads read all of its inputs, which are therefore written past the caches (the kernels'
/// Lanes/stream.h); its outputs stay in the last-level one. In training a task then makes a panel of the weights, multiplies the whole chunk by
/// it and forgets it; in inference, which keeps its weights, a task takes all the weights of a place from memory, from front to end.
/// Which it is depends on sizes only.
enum WinogradProduct {
  /// Floats of a block in the Winograd domain, inputs and outputs: most of a second-level cache.
  static let blockFloats = 229_376
  /// Rows of a block: enough to use each weight that is loaded often, and no more than helps.
  static let blockTiles = 14...56
  /// As many blocks at least, for threads to share; where there would be fewer, they are smaller.
  static let leastBlocks = 8
  /// Floats of a chunk in the Winograd domain, inputs and outputs: part of a last-level cache.
  static let chunkFloats = 4_194_304
  /// Weights in the Winograd domain that blocks may read again and again from the last-level cache; reading larger ones once for each chunk, or
  /// making them anew, costs less.
  static let mostPackedFloats = 2_500_000
  /// Chunks of more tiles than this are what is worth keeping near while the columns pass. Where there are fewer it is weights, of a part of the
  /// columns whose taps stay in the second-level cache from line to line.
  static let manyTiles = 48

  /// - Parameters:
  ///   - sources: what is read, side by side.
  ///   - grid: height and width of the outputs of one image.
  ///   - after: what becomes of each output.
  ///   - targets: where output (0, 0) goes; with several, each takes its share of the filters' columns.
  static func run(
    _ sources: [WinogradForm.Source], grid: (height: Int, width: Int), filters: WinogradFilters, accumulate: Bool, after: Epilogue = .none,
    into targets: [Lattice]
  ) {
    let form = filters.form
    let work = Work(
      form: form, sources: sources, targets: targets, tiling: form.tiling(height: grid.height, width: grid.width), filters: filters,
      accumulate: accumulate, after: after)
    let tiles = form.tiles(images: targets[0].map.shape.images, height: grid.height, width: grid.width)
    let perTile = form.places * (filters.inner + filters.columns)
    let fitting: Int = min(blockFloats / perTile, tiles / leastBlocks)
    let most: Int = min(max(fitting, blockTiles.lowerBound), blockTiles.upperBound), needed: Int = (tiles + most - 1) / most
    // An even number, which two threads or four share better.
    let blocks: Int = min(tiles, (needed + 1) / 2 * 2)
    if blocks >= leastBlocks, form.places * filters.placeStride <= mostPackedFloats {
      work.inBlocks(blocks, of: tiles)
    } else {
      let most: Int = max(blockTiles.upperBound, chunkFloats / perTile), chunks: Int = (tiles + most - 1) / most
      work.inChunks(chunks, of: tiles)
    }
  }

  /// Tiles in the Winograd domain, before and after the products.
  private struct Places {
    let tiles: Range<Int>
    let inputs: UnsafeMutablePointer<Float>
    let outputs: UnsafeMutablePointer<Float>
    let rowStride: Int
    let inputStride: Int
    let outputStride: Int

    /// Places lie a little more than their tiles apart, so that a tile's floats do not all compete for the same lines of the cache; and
    /// so do tiles whose floats fill whole pages, as rows of a product at the same place of a page do the same.
    init(_ filters: WinogradFilters, tiles: Range<Int>, slot: Int) {
      self.tiles = tiles
      rowStride = filters.inner % Window.pageFloats == 0 ? filters.inner + 16 : filters.inner
      inputStride = tiles.count * rowStride + 16
      outputStride = tiles.count * filters.columns + 16
      inputs = Threads.scratch(slot, filters.form.places * (inputStride + outputStride))
      outputs = inputs + filters.form.places * inputStride
    }
  }

  private struct Work {
    let form: WinogradForm
    let sources: [WinogradForm.Source]
    let targets: [Lattice]
    let tiling: SegueTiling
    let filters: WinogradFilters
    let accumulate: Bool
    let after: Epilogue

    func inBlocks(_ blocks: Int, of tiles: Int) {
      let packed = filters.packed(), stride = filters.placeStride
      Threads.run(blocks) { block in
        let places = Places(filters, tiles: tiles * block / blocks..<tiles * (block + 1) / blocks, slot: 0)
        read(places.tiles, places, forOtherThreads: false)
        for place in 0..<form.places {
          multiply(place, places, rows: 0..<filters.inner, columns: 0..<filters.columns, by: packed + place * stride)
        }
        write(places.tiles, places)
      }
    }

    func inChunks(_ chunks: Int, of tiles: Int) {
      for chunk in 0..<chunks {
        let places = Places(filters, tiles: tiles * chunk / chunks..<tiles * (chunk + 1) / chunks, slot: 1)
        WinogradForm.share(places.tiles) { read($0, places, forOtherThreads: true) }
        if filters.areKept { multiplyByPlaces(places) } else { multiplyByPanels(places) }
        WinogradForm.share(places.tiles) { write($0, places) }
      }
    }

    private func multiplyByPlaces(_ places: Places) {
      let packed = filters.packed(), stride = filters.placeStride
      Threads.run(form.places) { place in
        multiply(place, places, rows: 0..<filters.inner, columns: 0..<filters.columns, by: packed + place * stride)
      }
    }

    private func multiplyByPanels(_ places: Places) {
      let isLineMajor = places.tiles.count > WinogradProduct.manyTiles
      let columnsAtOnce = isLineMajor ? 64 : 32, columnBlocks = (filters.columns + columnsAtOnce - 1) / columnsAtOnce
      let rowsAtOnce = 384, rowBlocks = (filters.inner + rowsAtOnce - 1) / rowsAtOnce
      Threads.run(form.points * columnBlocks) { task in
        let (line, block) = isLineMajor ? (task / columnBlocks, task % columnBlocks) : (task % form.points, task / form.points)
        let first = block * columnsAtOnce
        let columns = first..<min(first + columnsAtOnce, filters.columns)
        for rowBlock in 0..<rowBlocks {
          let rows = filters.inner * rowBlock / rowBlocks..<filters.inner * (rowBlock + 1) / rowBlocks
          let stride = segue_packed_floats(rows.count, columns.count), packed = Threads.scratch(0, form.points * stride)
          filters.pack(line: line, rows: rows, columns: columns, into: packed, inner: rows.count, row: 0, placeStride: stride)
          for point in 0..<form.points {
            multiply(line * form.points + point, places, rows: rows, columns: columns, by: packed + point * stride)
          }
        }
      }
    }

    private func read(_ tiles: Range<Int>, _ places: Places, forOtherThreads: Bool) {
      WinogradForm.evaluate(
        sources, tiling, tiles: tiles, into: places.inputs + (tiles.lowerBound - places.tiles.lowerBound) * places.rowStride,
        placeStride: places.inputStride, rowStride: places.rowStride, forOtherThreads: forOtherThreads)
    }

    /// Adds to what earlier rows gave. Of weights that have zeros at a place only the others are multiplied, and outputs that nobody adds to
    /// are zeros.
    private func multiply(_ place: Int, _ places: Places, rows: Range<Int>, columns: Range<Int>, by packed: UnsafeMutablePointer<Float>) {
      guard !filters.isFull else {
        return product(place, places, rows: rows, columns: columns, packed, accumulate: rows.lowerBound > 0)
      }
      let panel = segue_panel_columns(), outputs = places.outputs + place * places.outputStride
      for first in stride(from: columns.lowerBound, to: columns.upperBound, by: panel) {
        let part = first..<min(first + panel, columns.upperBound), from = packed + (first - columns.lowerBound) * rows.count
        let width = segue_packed_floats(1, part.count)
        var isZero = rows.lowerBound == 0
        filters.eachNeededRun(at: place, rows: rows, columns: part) { run in
          product(place, places, rows: run, columns: part, from + (run.lowerBound - rows.lowerBound) * width, accumulate: run.lowerBound > 0)
          isZero = false
        }
        if isZero { for tile in 0..<places.tiles.count { (outputs + tile * filters.columns + first).update(repeating: 0, count: part.count) } }
      }
    }

    private func product(
      _ place: Int, _ places: Places, rows: Range<Int>, columns: Range<Int>, _ packed: UnsafeMutablePointer<Float>, accumulate: Bool
    ) {
      let inputs = SegueRows(
        data: places.inputs + place * places.inputStride + rows.lowerBound, lines: 1, rows: places.tiles.count, line_stride: 0,
        row_stride: places.rowStride, runs: 1, run: rows.count, run_stride: 0)
      let outputs = SegueGrid(
        data: places.outputs + place * places.outputStride + columns.lowerBound, line_stride: 0, row_stride: filters.columns)
      segue_multiply_packed(inputs, packed, columns.count, outputs, accumulate, Epilogue.none.kernel)
    }

    private func write(_ tiles: Range<Int>, _ places: Places) {
      var from = places.outputs + (tiles.lowerBound - places.tiles.lowerBound) * filters.columns
      for target in targets {
        segue_winograd_output(
          tiling, tiles.lowerBound, tiles.count, from, places.outputStride, filters.columns, target.map, target.spacing, target.y, target.x,
          accumulate, after.kernel)
        from += target.map.shape.channels
      }
    }
  }
}
