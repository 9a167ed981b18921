/// How an image's pixels are weighed when it is resized; the filters are Pillow's of the same names.
public enum ResamplingFilter: String, Hashable, Sendable, CaseIterable {
  case bilinear, bicubic

  /// How far the filter reaches, in pixels of the larger grid.
  var support: Double {
    switch self {
    case .bilinear: 1
    case .bicubic: 2
    }
  }

  /// The weight at distance `x`: a triangle, or Keys's cubic with a = -1/2 (*Cubic convolution interpolation*, 1981).
  func weight(_ x: Double) -> Double {
    let x = abs(x)
    switch self {
    case .bilinear: return max(0, 1 - x)
    case .bicubic:
      let a = -0.5
      if x < 1 { return ((a + 2) * x - (a + 3)) * x * x + 1 }
      if x < 2 { return (((x - 5) * x + 8) * x - 4) * a }
      return 0
    }
  }
}

/// For each pixel of a resized row or column: which pixels it is made of and by how much each counts, in 22-bit fixed point.
///
/// When shrinking, the filter is stretched by the scale, so that every pixel counts (Pillow's way; OpenCV and PyTorch without
/// `antialias` skip some). Weights add up to one before they are rounded. The rounding is Pillow's: results are equal byte for byte.
struct ResamplingWeights {
  static let fractionBits = 22
  let starts: [Int32]
  let counts: [Int32]
  /// `stride` of them for each pixel, of which `counts` are used.
  let weights: [Int32]
  let stride: Int

  init(from input: Int, to output: Int, _ filter: ResamplingFilter) {
    let scale = Double(input) / Double(output)
    let stretch = max(scale, 1)
    let support = filter.support * stretch
    stride = Int(support.rounded(.up)) * 2 + 1
    var starts = [Int32](), counts = [Int32]()
    var weights = [Int32](repeating: 0, count: output * stride)
    for i in 0..<output {
      let centre = (Double(i) + 0.5) * scale
      let start = max(0, Int(centre - support + 0.5))
      let end = min(input, Int(centre + support + 0.5))
      let reach = (start..<end).map { filter.weight((Double($0) - centre + 0.5) * (1 / stretch)) }
      let sum = reach.reduce(0, +)
      for (k, weight) in reach.enumerated() {
        let share = sum == 0 ? weight : weight / sum
        weights[i * stride + k] = Int32(share * Double(1 << Self.fractionBits) + (share < 0 ? -0.5 : 0.5))
      }
      starts.append(Int32(start))
      counts.append(Int32(end - start))
    }
    (self.starts, self.counts, self.weights) = (starts, counts, weights)
  }
}
