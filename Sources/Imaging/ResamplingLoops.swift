// The inner loops of resizing, the one place of Imaging that leaves bounds checks behind: every index below is within what
// `ResamplingWeights` promises, starts[i] + counts[i] <= input and counts[i] <= stride.

/// Each row of an RGB picture resampled to `weights.starts.count` pixels.
func resampleRows(_ pixels: [UInt8], width: Int, height: Int, _ weights: ResamplingWeights) -> [UInt8] {
  let columns = weights.starts.count
  return [UInt8](unsafeUninitializedCapacity: 3 * columns * height) { out, filled in
    pixels.withUnsafeBufferPointer { pixels in
      weights.weights.withUnsafeBufferPointer { factors in
        weights.starts.withUnsafeBufferPointer { starts in
          weights.counts.withUnsafeBufferPointer { counts in
            for y in 0..<height {
              let row = pixels.baseAddress! + 3 * width * y
              var target = out.baseAddress! + 3 * columns * y
              for x in 0..<columns {
                var source = row + 3 * starts[x]
                var factor = factors.baseAddress! + x &* weights.stride
                var (red, green, blue) = (half, half, half)
                for _ in 0..<counts[x] {
                  red &+= Int32(source[0]) &* factor[0]
                  green &+= Int32(source[1]) &* factor[0]
                  blue &+= Int32(source[2]) &* factor[0]
                  source += 3
                  factor += 1
                }
                target[0] = byte(red)
                target[1] = byte(green)
                target[2] = byte(blue)
                target += 3
              }
            }
          }
        }
      }
    }
    filled = 3 * columns * height
  }
}

/// Each column of bytes resampled to `weights.starts.count` rows.
func resampleColumns(_ pixels: [UInt8], rowBytes: Int, _ weights: ResamplingWeights) -> [UInt8] {
  let rows = weights.starts.count
  return [UInt8](unsafeUninitializedCapacity: rowBytes * rows) { out, filled in
    pixels.withUnsafeBufferPointer { pixels in
      withUnsafeTemporaryAllocation(of: Int32.self, capacity: rowBytes) { sums in
        let sums = sums.baseAddress!
        for y in 0..<rows {
          for x in 0..<rowBytes { sums[x] = half }
          for k in 0..<weights.counts[y] {
            let factor = weights.weights[y * weights.stride + k]
            let row = pixels.baseAddress! + rowBytes * (weights.starts[y] + k)
            for x in 0..<rowBytes { sums[x] &+= Int32(row[x]) &* factor }
          }
          let target = out.baseAddress! + rowBytes * y
          for x in 0..<rowBytes { target[x] = byte(sums[x]) }
        }
      }
    }
    filled = rowBytes * rows
  }
}

/// One half in fixed point: sums start from it, so that cutting off the fraction rounds.
private let half = Int32(1) << Int32(ResamplingWeights.fractionBits - 1)

@inline(__always) private func byte(_ sum: Int32) -> UInt8 {
  UInt8(truncatingIfNeeded: min(max(sum &>> Int32(ResamplingWeights.fractionBits), 0), 255))
}
