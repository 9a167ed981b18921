internal import Kernels

/// The weights of a convolution as the kernels read them, in scratch 2 of the thread that packed them.
struct PackedWeights {
  let floats: UnsafeMutablePointer<Float>
  let inner: Int
  let columns: Int

  /// - Parameters:
  ///   - weights: `[taps, channels, columns]` of the whole kernel.
  ///   - taps: which taps, in the order of a window's pixels.
  ///   - turned: columns in, channels out, as for the gradient of the input.
  init(_ weights: UnsafePointer<Float>, taps: [Int], channels: Int, columns: Int, turned: Bool = false) {
    let matrix = channels * columns
    let (rows, columns, rowStride, columnStride) = turned ? (columns, channels, 1, columns) : (channels, columns, columns, 1)
    let inner = taps.count * rows
    let floats = Threads.scratch(2, segue_packed_floats(inner, columns))
    let rowsAtOnce = max(16, 16_384 / columns / 16 * 16), parts = (rows + rowsAtOnce - 1) / rowsAtOnce
    Threads.run(taps.count * parts) { task in
      let (position, part) = task.quotientAndRemainder(dividingBy: parts)
      let range = part * rowsAtOnce..<min((part + 1) * rowsAtOnce, rows)
      segue_pack(
        weights + taps[position] * matrix + range.lowerBound * rowStride, rowStride, columnStride, range.count, columns, inner,
        position * rows + range.lowerBound, floats)
    }
    (self.floats, self.inner, self.columns) = (floats, inner, columns)
  }

  /// The columns from `first` on, which is a multiple of 32.
  func from(_ first: Int) -> UnsafeMutablePointer<Float> { floats + first * inner }
}
