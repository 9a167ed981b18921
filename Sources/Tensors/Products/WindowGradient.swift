internal import Kernels

/// The matrix product behind the gradient of a convolution's weights: windows, transposed, times the output's gradient.
///
/// `gradient[t, c, k] += sum over pixels p of source[tap t of p's window, c] * outputGradient[p, k]`. The gradient is cut into blocks of
/// whole rows of the window and of columns, small enough to stay in the cache while the pixels pass. Where that gives few tasks, the
/// pixels are cut into groups as well: the first adds to the gradient itself, each other to a partial sum of its own, and the
/// partial sums are added in order.
enum WindowGradient {
  static let blockFloats = 49_152
  static let tasks = 16

  static func add(
    _ source: SegueMap, _ window: Window, _ outputGradient: SegueMap, _ precision: ConvolutionAlgorithms.Precision,
    to gradient: GradientSum
  ) {
    let shape = source.shape, grid = outputGradient.shape, columns = grid.channels
    if window.isOwnPixel, grid.height > 1 { return add(source.asOneRow, window, outputGradient.asOneRow, precision, to: gradient) }
    let tiles = GridTiles(images: grid.images, height: grid.height, width: grid.width, pixels: 256) {
      window.covered($0, window.height) * window.covered($1, window.width) * shape.channels <= WindowProduct.sourceFloats
    }
    let lineRows = window.width * shape.channels
    let linesOfBlock = min(window.height, max(1, blockFloats / (lineRows * min(columns, 64))))
    let lineBlocks = (window.height + linesOfBlock - 1) / linesOfBlock
    let blockColumns = max(1, min(blockFloats / (linesOfBlock * lineRows), columns + 31) / 32) * 32
    let columnBlocks = (columns + blockColumns - 1) / blockColumns
    let blocks = lineBlocks * columnBlocks
    let groups = min(tiles.count, (tasks + blocks - 1) / blocks)
    let size = window.height * lineRows * columns
    let partial = Threads.scratch(3, (groups - 1) * size)

    Threads.run(blocks * groups) { task in
      let (group, block) = task.quotientAndRemainder(dividingBy: blocks)
      let (lineBlock, columnBlock) = block.quotientAndRemainder(dividingBy: columnBlocks)
      let firstLine: Int = lineBlock * linesOfBlock, lines: Range<Int> = firstLine..<min(firstLine + linesOfBlock, window.height)
      let first: Int = columnBlock * blockColumns, place: Int = firstLine * lineRows * columns + first
      let sum: UnsafeMutablePointer<Float> = group == 0 ? gradient.start + place : partial + ((group - 1) * size + place)
      let mine: Range<Int> = tiles.count * group / groups..<tiles.count * (group + 1) / groups
      for index in mine {
        let tile = tiles[index], rows = window.rows(of: tile, in: source, lines: lines), accumulate = index > mine.lowerBound || group == 0 && !gradient.isEmpty
        let outputs = Lattice(map: outputGradient).rows(of: tile, channel: first), width = min(blockColumns, columns - first)
        let next = Lattice(map: outputGradient).rows(of: tiles[min(index + 1, mine.upperBound - 1)], channel: first)
        switch precision {
        case .float32: segue_multiply_transposed(rows, outputs, next, width, sum, columns, accumulate)
        case .bfloat16: segue_multiply_transposed_bf16(window.pixelPairs(rows), outputs, next, rows.rows, width, sum, columns, accumulate)
        }
      }
    }
    addUp(partial, count: groups - 1, size: size, to: gradient.start)
  }

  /// Adds `count` sums of `size` floats to `total`, in order.
  static func addUp(_ sums: UnsafeMutablePointer<Float>, count: Int, size: Int, to total: UnsafeMutablePointer<Float>) {
    guard count > 0 else { return }
    let slice = 8192
    Threads.run((size + slice - 1) / slice) { index in
      let start = index * slice, floats = min(slice, size - start)
      func line(_ data: UnsafeMutablePointer<Float>) -> SegueMap {
        SegueMap(data: data + start, images: 1, height: 1, width: 1, channels: floats, stride: floats)
      }
      for position in 0..<count { segue_copy(line(sums + position * size), line(total), true) }
    }
  }
}
