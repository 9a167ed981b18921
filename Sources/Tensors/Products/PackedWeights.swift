internal import Kernels

/// The weights of a convolution as the kernels read them.
struct PackedWeights {
  /// Or words of two bfloat16, which belong to neighbouring rows.
  let floats: UnsafeMutablePointer<Float>
  let inner: Int
  let columns: Int
  let precision: ConvolutionAlgorithms.Precision

  /// - Parameters:
  ///   - taps: which taps of the whole kernel, in the order of a window's pixels.
  ///   - transposed: output channels in, channels out, for the gradient of the input's phase of this number.
  init(
    _ convolution: Convolution, taps: [Int], channels: Int, transposed phase: Int? = nil, _ precision: ConvolutionAlgorithms.Precision,
    _ parameters: Parameters
  ) {
    let matrix = channels * convolution.outputChannels
    let (rows, columns) = phase == nil ? (channels, convolution.outputChannels) : (convolution.outputChannels, channels)
    let (rowStride, columnStride) = phase == nil ? (columns, 1) : (1, rows)
    let rowsOfWord = precision == .bfloat16 ? 2 : 1, inner = taps.count * rows / rowsOfWord, pack = precision == .bfloat16 ? segue_pack_bf16 : segue_pack
    let key = PackedKey(convolution.weights, phase.map { .transposed(phase: $0) } ?? .direct, precision)
    floats = parameters.packed(key, floats: segue_packed_floats(inner, columns)) { packed in
      let weights = parameters.value(convolution.weights)
      let rowsAtOnce: Int = max(16, 4096 / columns / 16 * 16), parts: Int = (rows + rowsAtOnce - 1) / rowsAtOnce
      Threads.run(taps.count * parts) { task in
        let (position, part) = task.quotientAndRemainder(dividingBy: parts)
        let range: Range<Int> = part * rowsAtOnce..<min((part + 1) * rowsAtOnce, rows)
        let from: Int = taps[position] * matrix + range.lowerBound * rowStride, to: Int = (position * rows + range.lowerBound) / rowsOfWord
        pack(weights + from, rowStride, columnStride, range.count, columns, inner, to, packed)
      }
    }
    (self.inner, self.columns, self.precision) = (inner, columns, precision)
  }

  /// The columns from `first` on, which is a multiple of 32.
  func from(_ first: Int) -> UnsafeMutablePointer<Float> { floats + first * inner }
}
