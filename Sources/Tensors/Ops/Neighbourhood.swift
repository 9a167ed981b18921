internal import Kernels

/// Which source pixels each pixel of a grid looks at: tap t of grid pixel (i, j) is source pixel (i * step + y[t], j * step + x[t]).
struct Neighbourhood {
  var y: [Int32] = []
  var x: [Int32] = []
  var step: Int
  var count: Int { y.count }

  /// A square window moved by `step` over a map with `padding` zeros around it.
  init(window: Int, step: Int, padding: Int) {
    self.step = step
    for row in 0..<window {
      for column in 0..<window {
        y.append(Int32(row - padding))
        x.append(Int32(column - padding))
      }
    }
  }

  init(step: Int) { self.step = step }

  /// The grid pixel's own source pixel and no other, so that rows of the source are rows of the product as they lie.
  var isIdentity: Bool { step == 1 && count == 1 && y[0] == 0 && x[0] == 0 }

  /// Copies taps `taps` of grid pixels `pixels` into rows of `taps.count * channels` floats.
  func gather(_ source: FeatureMap, grid: (height: Int, width: Int), taps: Range<Int>, pixels: Range<Int>, into rows: UnsafeMutablePointer<Float>) {
    y.withUnsafeBufferPointer { y in
      x.withUnsafeBufferPointer { x in
        segue_gather(
          source.kernel, grid.height, grid.width, step, y.baseAddress! + taps.lowerBound, x.baseAddress! + taps.lowerBound,
          taps.count, pixels.lowerBound, pixels.count, rows)
      }
    }
  }
}
