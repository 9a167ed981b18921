internal import Kernels

/// Convolution by minimal filtering: inputs of tiles to the points, a matrix product for each place, outputs from the points.
///
/// Where there are many tiles, a task does all three for a block of them that stays in the second-level cache. Where there are few,
/// and the weights are large beside them, the three are done one after another for all tiles, and the products are shared out by
/// place, so that each place's weights are read once. Which it is depends on sizes only.
enum WinogradProduct {
  /// Floats of a block at the points, inputs and outputs: most of a second-level cache.
  static let blockFloats = 229_376
  /// Rows of a block: enough to use each weight that is loaded often, and no more than helps.
  static let blockTiles = 14...56
  /// Fewer blocks than this are not worth a task each.
  static let leastBlocks = 8

  /// - Parameters:
  ///   - sources: the views, and where tap (0, 0) of output (0, 0) lies in each.
  ///   - grid: height and width of the outputs of one image.
  ///   - after: what becomes of each output.
  ///   - targets: where output (0, 0) goes; with several, each takes its share of the filters' columns.
  static func run(
    _ form: WinogradForm, _ sources: [Lattice], grid: (height: Int, width: Int), filters: WinogradFilters, accumulate: Bool, after: Epilogue = .none,
    into targets: [Lattice]
  ) {
    let work = Work(form: form, sources: sources, tiling: form.tiling(height: grid.height, width: grid.width), filters: filters, after: after)
    let tiles = form.tiles(images: targets[0].map.shape.images, height: grid.height, width: grid.width)
    let fitting = blockFloats / (form.places * (filters.inner + filters.columns))
    let most = min(max(fitting, blockTiles.lowerBound), blockTiles.upperBound), blocks = (tiles + most - 1) / most
    if blocks >= leastBlocks {
      Threads.run(blocks) { block in
        let range = tiles * block / blocks..<tiles * (block + 1) / blocks, places = Places(form, filters, tiles: range, slots: (0, 0))
        work.read(range, places)
        for place in 0..<form.places { work.multiply(place, 0..<filters.columns, tiles: range.count, places) }
        work.write(range, places, accumulate: accumulate, into: targets)
      }
    } else {
      let places = Places(form, filters, tiles: 0..<tiles, slots: (1, 3))
      let groups = (tiles + 3) / 4
      Threads.run(groups) { work.read(group($0, of: tiles), places) }
      let columnsAtOnce = 128, columnBlocks = (filters.columns + columnsAtOnce - 1) / columnsAtOnce
      Threads.run(form.places * columnBlocks) { task in
        let (place, block) = task.quotientAndRemainder(dividingBy: columnBlocks)
        work.multiply(place, block * columnsAtOnce..<min((block + 1) * columnsAtOnce, filters.columns), tiles: tiles, places)
      }
      Threads.run(groups) { work.write(group($0, of: tiles), places, accumulate: accumulate, into: targets) }
    }
  }

  /// Four tiles, a task's worth of moving between pixels and points.
  private static func group(_ index: Int, of tiles: Int) -> Range<Int> { index * 4..<min(index * 4 + 4, tiles) }

  /// Tiles at the points, before and after the products.
  private struct Places {
    /// The tile of row 0.
    let first: Int
    let inputs: UnsafeMutablePointer<Float>
    let outputs: UnsafeMutablePointer<Float>
    let inputStride: Int
    let outputStride: Int

    /// Places lie a little more than their tiles apart, so that a tile's floats do not all compete for the same lines of the cache.
    init(_ form: WinogradForm, _ filters: WinogradFilters, tiles: Range<Int>, slots: (Int, Int)) {
      first = tiles.lowerBound
      inputStride = tiles.count * filters.inner + 16
      outputStride = tiles.count * filters.columns + 16
      if slots.0 == slots.1 {
        inputs = Threads.scratch(slots.0, form.places * (inputStride + outputStride))
        outputs = inputs + form.places * inputStride
      } else {
        inputs = Threads.scratch(slots.0, form.places * inputStride)
        outputs = Threads.scratch(slots.1, form.places * outputStride)
      }
    }
  }

  private struct Work {
    let form: WinogradForm
    let sources: [Lattice]
    let tiling: SegueTiling
    let filters: WinogradFilters
    let after: Epilogue

    func read(_ tiles: Range<Int>, _ places: Places) {
      var to = places.inputs + (tiles.lowerBound - places.first) * filters.inner
      for source in sources {
        segue_winograd_input(
          tiling, tiles.lowerBound, tiles.count, source.map.kernel, source.step, source.y, source.x, to, places.inputStride, filters.inner)
        to += source.map.shape.channels
      }
    }

    func multiply(_ place: Int, _ columns: Range<Int>, tiles: Int, _ places: Places) {
      let rows = SegueRows(
        data: places.inputs + place * places.inputStride, lines: 1, rows: tiles, line_stride: 0, row_stride: filters.inner, runs: 1,
        run: filters.inner, run_stride: 0)
      segue_multiply_packed(
        rows, filters.floats + place * filters.placeStride + columns.lowerBound * filters.inner, columns.count,
        SegueGrid(
          data: places.outputs + place * places.outputStride + columns.lowerBound, line_stride: 0, row_stride: filters.columns), false, Epilogue.none.kernel)
    }

    func write(_ tiles: Range<Int>, _ places: Places, accumulate: Bool, into targets: [Lattice]) {
      var from = places.outputs + (tiles.lowerBound - places.first) * filters.columns
      for target in targets {
        segue_winograd_output(
          tiling, tiles.lowerBound, tiles.count, from, places.outputStride, filters.columns, target.map.kernel, target.step, target.y, target.x,
          accumulate, after.kernel)
        from += target.map.shape.channels
      }
    }
  }
}
