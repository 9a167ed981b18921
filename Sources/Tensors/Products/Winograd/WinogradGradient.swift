internal import Kernels

/// The gradient of a convolution's weights by minimal filtering: the transpose of the convolution in its taps.
///
/// With Y = A^T [ (G g G^T) * (B^T d B) ] A for each tile, the gradient of g is G^T [ sum over tiles of (B^T d B) * (A dY A^T) ] G. The sum
/// is a matrix product over the tiles for each place, input channels by output channels. Tiles pass in chunks that stay in the last-level
/// cache at the points; the sums of a place are added to by one task a chunk, chunk after chunk, so their order never depends on threads.
enum WinogradGradient {
  /// Floats of a chunk at the points.
  static let chunkFloats = 2_097_152
  static let leastTiles = 56

  static func add(_ form: WinogradForm, _ source: FeatureMap, _ outputGradient: FeatureMap, to gradient: UnsafeMutablePointer<Float>) {
    let grid = outputGradient.shape, channels = source.shape.channels, columns = grid.channels
    let views = form.views, inner = views.count * channels, sources = form.sources(source)
    let tiling = form.tiling(height: grid.height, width: grid.width)
    let tiles = form.tiles(images: grid.images, height: grid.height, width: grid.width)
    let most = max(leastTiles, chunkFloats / (form.places * (inner + columns))), chunks = (tiles + most - 1) / most
    let tilesOfChunk = (tiles + chunks - 1) / chunks
    let inputStride = tilesOfChunk * inner + 16, outputStride = segue_packed_floats(tilesOfChunk, columns) + 16, sumStride = inner * columns
    let inputs = Threads.scratch(1, form.places * inputStride), outputs = Threads.scratch(3, form.places * outputStride)
    let sums = Threads.scratch(2, form.places * sumStride)

    for chunk in 0..<chunks {
      let range = chunk * tilesOfChunk..<min((chunk + 1) * tilesOfChunk, tiles)
      Threads.run((range.count + 3) / 4) { group in
        let first = group * 4, count = min(4, range.count - first)
        for (view, source) in sources.enumerated() {
          segue_winograd_input(
            tiling, range.lowerBound + first, count, source.map.kernel, source.step, source.y, source.x,
            inputs + first * inner + view * channels, inputStride, inner)
        }
        segue_winograd_output_gradient(
          tiling, range.lowerBound + first, count, outputGradient.kernel, outputs, outputStride, range.count, first)
      }
      let columnsAtOnce = 64, columnBlocks = (columns + columnsAtOnce - 1) / columnsAtOnce
      Threads.run(form.places * columnBlocks) { task in
        let (place, block) = task.quotientAndRemainder(dividingBy: columnBlocks), first = block * columnsAtOnce
        segue_multiply_transposed_packed(
          SegueRows(
            data: inputs + place * inputStride, lines: 1, rows: range.count, line_stride: 0, row_stride: inner, runs: 1, run: inner, run_stride: 0),
          outputs + place * outputStride + first * range.count, min(columnsAtOnce, columns - first), sums + place * sumStride + first, columns,
          chunk > 0)
      }
    }
    let rowsAtOnce = max(1, 4096 / columns), parts = (channels + rowsAtOnce - 1) / rowsAtOnce
    Threads.run(views.count * parts) { task in
      let (view, part) = task.quotientAndRemainder(dividingBy: parts), first = part * rowsAtOnce
      segue_winograd_taps_gradient(
        form.filtering, sums + view * channels * columns, sumStride, form.taps(of: views[view]), channels, columns, first,
        min(rowsAtOnce, channels - first), gradient)
    }
  }
}
