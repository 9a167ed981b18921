internal import Kernels

/// The gradient of a convolution's weights by minimal filtering: the transpose of the convolution in its taps.
///
/// With Y = A^T [ (G g G^T) * (B^T d B) ] A for each tile, the gradient of g is G^T [ sum over tiles of (B^T d B) * (A dY A^T) ] G. The sum
/// is a matrix product over the tiles for each place, input channels by output channels. Tiles pass in chunks, which in the Winograd domain are
/// written past the caches, as all threads read all of them.
///
/// The sums are four times as many numbers as the gradient. Where that is little, each place is a task, and the sums become the
/// gradient at the end. Where it is much, a task makes the sums of all places for some channels only, turns them into gradients while they
/// are in its cache, and adds these up chunk after chunk. Which it is depends on sizes only, and the order of a sum never on threads.
enum WinogradGradient {
  /// Floats of a chunk in the Winograd domain.
  static let chunkFloats = 2_097_152
  static let leastTiles = 56
  /// Sums in the Winograd domain that may go through memory.
  static let mostSums = 786_432
  /// Input channels and output channels of a task.
  static let blockRows = 56, blockColumns = 64

  static func add(_ form: WinogradForm, _ source: SegueMap, _ outputGradient: SegueMap, to gradient: GradientSum) {
    let work = Work(form: form, source: source, outputGradient: outputGradient, gradient: gradient)
    let grid = outputGradient.shape, tiles = form.tiles(images: grid.images, height: grid.height, width: grid.width)
    let perTile: Int = form.places * (work.inner + work.columns)
    let most: Int = max(leastTiles, chunkFloats / perTile), chunks: Int = (tiles + most - 1) / most
    let isByPlaces = form.places * work.inner * work.columns <= mostSums
    for chunk in 0..<chunks {
      let places = Places(work, tiles: tiles * chunk / chunks..<tiles * (chunk + 1) / chunks)
      work.read(places)
      if isByPlaces {
        work.addUp(places, to: Threads.scratch(2, form.places * work.inner * work.columns), accumulate: chunk > 0)
      } else {
        work.addBlocks(places, accumulate: chunk > 0 || !gradient.isEmpty)
      }
    }
    if isByPlaces { work.turnIntoGradient(Threads.scratch(2, form.places * work.inner * work.columns)) }
  }

  /// Tiles in the Winograd domain: rows of inputs, and the outputs' gradients as packed matrices.
  private struct Places {
    let tiles: Range<Int>
    let inputs: UnsafeMutablePointer<Float>
    let outputs: UnsafeMutablePointer<Float>
    /// Tiles and places lie a little more than their floats apart, so that they do not all compete for the same lines of the cache.
    let rowStride: Int
    let inputStride: Int
    let outputStride: Int

    init(_ work: Work, tiles: Range<Int>) {
      self.tiles = tiles
      rowStride = work.inner + 16
      inputStride = tiles.count * rowStride + 16
      outputStride = segue_packed_floats(tiles.count, work.columns) + 16
      inputs = Threads.scratch(1, work.form.places * inputStride)
      outputs = Threads.scratch(3, work.form.places * outputStride)
    }
  }

  private struct Work {
    let form: WinogradForm
    let source: SegueMap
    let outputGradient: SegueMap
    let gradient: GradientSum

    var channels: Int { source.shape.channels }
    var inner: Int { form.viewCount * channels }
    var columns: Int { outputGradient.shape.channels }

    func read(_ places: Places) {
      let tiling = form.tiling(height: outputGradient.shape.height, width: outputGradient.shape.width), sources = form.sources(source)
      WinogradForm.share(places.tiles) { tiles in
        let first = tiles.lowerBound - places.tiles.lowerBound
        WinogradForm.evaluate(
          sources, tiling, tiles: tiles, into: places.inputs + first * places.rowStride, placeStride: places.inputStride,
          rowStride: places.rowStride, forOtherThreads: true)
        segue_winograd_output_gradient(
          tiling, tiles.lowerBound, tiles.count, outputGradient, places.outputs, places.outputStride, places.tiles.count, first)
      }
    }

    /// Inputs, transposed, times outputs' gradients at one place: `rows` x `columns`, a multiple of 32 the first column, into `sums`. The next place's
    /// outputs are likely to be taken next.
    private func multiply(
      _ place: Int, _ places: Places, rows: Range<Int>, columns: Range<Int>, into sums: UnsafeMutablePointer<Float>, stride: Int, accumulate: Bool
    ) {
      let inputs = SegueRows(
        data: places.inputs + place * places.inputStride + rows.lowerBound, lines: 1, rows: places.tiles.count, line_stride: 0,
        row_stride: places.rowStride, runs: 1, run: rows.count, run_stride: 0)
      let outputs = places.outputs + columns.lowerBound * places.tiles.count, next: Int = min(place + 1, form.places - 1)
      let mine = outputs + place * places.outputStride, ahead = outputs + next * places.outputStride
      segue_multiply_transposed_packed(inputs, mine, ahead, columns.count, sums, stride, accumulate)
    }

    func addUp(_ places: Places, to sums: UnsafeMutablePointer<Float>, accumulate: Bool) {
      let columnBlocks = (columns + blockColumns - 1) / blockColumns
      Threads.run(form.places * columnBlocks) { task in
        let (place, block) = task.quotientAndRemainder(dividingBy: columnBlocks), first = block * blockColumns
        form.eachNeededRun(of: 0..<form.viewCount, channels: channels, at: place) { rows in
          multiply(
            place, places, rows: rows, columns: first..<min(first + blockColumns, columns), into: sums + (place * inner + rows.lowerBound) * columns + first,
            stride: columns, accumulate: accumulate)
        }
      }
    }

    func turnIntoGradient(_ sums: UnsafeMutablePointer<Float>) {
      let rowsAtOnce = max(1, 1024 / columns), parts = (channels + rowsAtOnce - 1) / rowsAtOnce
      Threads.run(form.viewCount * parts) { task in
        let (view, part) = task.quotientAndRemainder(dividingBy: parts), first = part * rowsAtOnce
        add(
          sums + (view * channels + first) * columns, placeStride: inner * columns, stride: columns, view: view,
          rows: first..<min(first + rowsAtOnce, channels), columns: 0..<columns, accumulate: !gradient.isEmpty)
      }
    }

    func addBlocks(_ places: Places, accumulate: Bool) {
      let rowBlocks = (channels + blockRows - 1) / blockRows, columnBlocks = (columns + blockColumns - 1) / blockColumns
      Threads.run(form.viewCount * columnBlocks * rowBlocks) { task in
        let (rest, rowBlock) = task.quotientAndRemainder(dividingBy: rowBlocks), (view, columnBlock) = rest.quotientAndRemainder(dividingBy: columnBlocks)
        let rows = channels * rowBlock / rowBlocks..<channels * (rowBlock + 1) / rowBlocks
        let columns = columnBlock * blockColumns..<min((columnBlock + 1) * blockColumns, self.columns)
        // A little more than the sums apart, as the tiles in the Winograd domain are.
        let stride = rows.count * columns.count + 16, sums = Threads.scratch(0, form.places * stride)
        for place in 0..<form.places where form.needs(view, at: place) {
          multiply(
            place, places, rows: view * channels + rows.lowerBound..<view * channels + rows.upperBound, columns: columns, into: sums + place * stride,
            stride: columns.count, accumulate: false)
        }
        add(sums, placeStride: stride, stride: columns.count, view: view, rows: rows, columns: columns, accumulate: accumulate)
      }
    }

    /// The gradient of some channels' taps of one view, from their sums in the Winograd domain.
    private func add(
      _ sums: UnsafeMutablePointer<Float>, placeStride: Int, stride: Int, view: Int, rows: Range<Int>, columns: Range<Int>,
      accumulate: Bool
    ) {
      segue_winograd_taps_gradient(
        form.filtering, sums, placeStride, stride, form.taps(of: view, nil, channels: channels, columns: self.columns), rows.lowerBound, rows.count,
        columns.lowerBound, columns.count, gradient.start, accumulate, gradient.spoiled)
    }
  }
}
