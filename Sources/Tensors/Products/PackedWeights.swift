internal import Kernels

/// The weights of a convolution as the kernels read them.
struct PackedWeights {
  let floats: UnsafeMutablePointer<Float>
  let inner: Int
  let columns: Int

  /// - Parameters:
  ///   - taps: which taps of the whole kernel, in the order of a window's pixels.
  ///   - turned: output channels in, channels out, for the gradient of the input's phase of this number.
  init(_ convolution: Convolution, taps: [Int], channels: Int, turned phase: Int? = nil, _ parameters: Parameters) {
    let matrix = channels * convolution.outputChannels
    let (rows, columns) = phase == nil ? (channels, convolution.outputChannels) : (convolution.outputChannels, channels)
    let (rowStride, columnStride) = phase == nil ? (columns, 1) : (1, rows)
    let inner = taps.count * rows
    let key = PackedKey(convolution.weights, phase.map { .turned(phase: $0) } ?? .direct)
    floats = parameters.packed(key, floats: segue_packed_floats(inner, columns)) { packed in
      let weights = parameters.value(convolution.weights)
      let rowsAtOnce = max(16, 16_384 / columns / 16 * 16), parts = (rows + rowsAtOnce - 1) / rowsAtOnce
      Threads.run(taps.count * parts) { task in
        let (position, part) = task.quotientAndRemainder(dividingBy: parts)
        let range = part * rowsAtOnce..<min((part + 1) * rowsAtOnce, rows)
        segue_pack(
          weights + taps[position] * matrix + range.lowerBound * rowStride, rowStride, columnStride, range.count, columns, inner,
          position * rows + range.lowerBound, packed)
      }
    }
    (self.inner, self.columns) = (inner, columns)
  }

  /// The columns from `first` on, which is a multiple of 32.
  func from(_ first: Int) -> UnsafeMutablePointer<Float> { floats + first * inner }
}
