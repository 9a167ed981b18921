internal import Kernels

/// Which source pixels each pixel of a grid looks at: tap t of grid pixel (i, j) is source pixel (i * stride + y[t], j * stride + x[t]).
struct Neighbourhood {
  let y: [Int32]
  let x: [Int32]
  let stride: Int
  var count: Int { y.count }

  /// The pixels of a window, row by row.
  init(_ window: Window) {
    y = (0..<window.taps).map { Int32(window.top + $0 / window.width) }
    x = (0..<window.taps).map { Int32(window.left + $0 % window.width) }
    stride = window.stride
  }

  /// The grid pixel's own source pixel and no other, so that rows of the source are rows of the product as they lie.
  var isIdentity: Bool { stride == 1 && count == 1 && y[0] == 0 && x[0] == 0 }

  /// Copies taps `taps` of grid pixels `pixels` into rows of `taps.count * channels` floats.
  func gather(_ source: SegueMap, grid: (height: Int, width: Int), taps: Range<Int>, pixels: Range<Int>, into rows: UnsafeMutablePointer<Float>) {
    y.withUnsafeBufferPointer { y in
      x.withUnsafeBufferPointer { x in
        segue_gather(
          source, grid.height, grid.width, stride, y.baseAddress! + taps.lowerBound, x.baseAddress! + taps.lowerBound,
          taps.count, pixels.lowerBound, pixels.count, rows)
      }
    }
  }
}
