internal import Kernels

/// The gradient of a convolution's weights by OpenBLAS: gathered rows, transposed, times the output's gradient.
///
/// `gradient[t, c, k] += sum over pixels p of input[neighbour t of p, c] * outputGradient[p, k]`. The matrix of the gradient is cut
/// into blocks of whole taps; where that gives few tasks, the pixels are cut into groups as well, each with a partial sum of its
/// own, and the partial sums are added in order.
enum GatheredGradient {
  static func add(_ input: SegueMap, _ neighbourhood: Neighbourhood, _ outputGradient: SegueMap, to gradient: UnsafeMutablePointer<Float>) {
    let channels = input.shape.channels, columns = outputGradient.shape.channels, taps = neighbourhood.count
    let grid = (height: outputGradient.shape.height, width: outputGradient.shape.width)
    let pixels = outputGradient.shape.pixels
    let tapsOfBlock = min(taps, max(1, 512 / channels)), blocks = (taps + tapsOfBlock - 1) / tapsOfBlock
    let tile = min(pixels, max(64, min(512, 196_608 / (tapsOfBlock * channels))))
    let tiles = (pixels + tile - 1) / tile
    let wanted = min(tiles, max(1, 12 / blocks)), tilesOfGroup = (tiles + wanted - 1) / wanted
    let groups = (tiles + tilesOfGroup - 1) / tilesOfGroup
    let size = taps * channels * columns
    let partial = Threads.scratch(3, groups * size)

    Threads.run(blocks * groups) { task in
      let (group, block) = task.quotientAndRemainder(dividingBy: blocks)
      let part = block * tapsOfBlock..<min((block + 1) * tapsOfBlock, taps)
      let sum = partial + group * size + part.lowerBound * channels * columns
      let mine = group * tilesOfGroup..<min((group + 1) * tilesOfGroup, tiles)
      for index in mine {
        let range = index * tile..<min((index + 1) * tile, pixels)
        let (rows, stride): (UnsafePointer<Float>, Int)
        if neighbourhood.isIdentity {
          (rows, stride) = (UnsafePointer(input.data + range.lowerBound * input.stride), input.stride)
        } else {
          let scratch = Threads.scratch(0, tile * part.count * channels)
          neighbourhood.gather(input, grid: grid, taps: part, pixels: range, into: scratch)
          (rows, stride) = (UnsafePointer(scratch), part.count * channels)
        }
        BLAS.multiply(
          rows: part.count * channels, columns: columns, inner: range.count, rows, stride: stride, transposed: true,
          outputGradient.data + range.lowerBound * outputGradient.stride, stride: outputGradient.stride, into: sum, stride: columns,
          accumulate: index > mine.lowerBound)
      }
    }
    WindowGradient.addUp(partial, count: groups, size: size, to: gradient)
  }
}
