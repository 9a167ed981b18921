import Kernels

/// Each row of an RGB picture resampled to `weights.starts.count` pixels.
func resampleRows(_ pixels: [UInt8], width: Int, height: Int, _ weights: ResamplingWeights) -> [UInt8] {
  let columns = weights.starts.count
  return [UInt8](unsafeUninitializedCapacity: 3 * columns * height) { out, filled in
    segue_resample_rows(
      pixels, height, width, weights.starts, weights.counts, weights.weights, weights.stride, columns, out.baseAddress!)
    filled = 3 * columns * height
  }
}

/// Each column of bytes resampled to `weights.starts.count` rows.
func resampleColumns(_ pixels: [UInt8], rowBytes: Int, _ weights: ResamplingWeights) -> [UInt8] {
  let rows = weights.starts.count
  return [UInt8](unsafeUninitializedCapacity: rowBytes * rows) { out, filled in
    segue_resample_columns(
      pixels, pixels.count / rowBytes, rowBytes, weights.starts, weights.counts, weights.weights, weights.stride, rows, out.baseAddress!)
    filled = rowBytes * rows
  }
}
