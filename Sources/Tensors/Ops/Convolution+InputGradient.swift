/// The gradient of a convolution's input is a convolution of the output's gradient.
///
/// Input pixel u met tap r at output pixel o when o * step + r - padding = u. So the input pixels that leave the same rest modulo
/// `step` (a *phase*) meet the same taps, and within a phase the sum over them is the gathered product again, with the weights
/// turned: output channels in, input channels out. A step of 1 has one phase, a step of 2 has four.
extension Convolution {
  func propagate(_ outputGradient: FeatureMap, weights: UnsafePointer<Float>, to inputGradient: FeatureMap, accumulate: Bool) {
    let shape = inputGradient.shape
    for phaseY in 0..<step {
      for phaseX in 0..<step {
        let grid = (height: (shape.height - phaseY + step - 1) / step, width: (shape.width - phaseX + step - 1) / step)
        guard grid.height > 0, grid.width > 0 else { continue }
        let (window, taps) = phase(phaseY, phaseX)
        let target = Lattice(map: inputGradient, step: step, y: phaseY, x: phaseX)
        switch MatrixProduct.inUse {
        case .kernels:
          let packed = PackedWeights(weights, taps: taps, channels: shape.channels, columns: outputChannels, turned: true)
          WindowProduct.run(outputGradient, window, grid: grid, weights: packed, accumulate: accumulate, into: target)
        case .openBLAS:
          let turned = turned(weights, taps: taps, channels: shape.channels)
          GatheredProduct.run(
            outputGradient, Neighbourhood(window), grid: grid, weights: turned, columns: shape.channels, accumulate: accumulate,
            into: target)
        }
      }
    }
  }

  /// The output pixels that input pixels (step * i + phaseY, step * j + phaseX) meet, relative to (i, j), and by which taps.
  private func phase(_ phaseY: Int, _ phaseX: Int) -> (Window, taps: [Int]) {
    let (top, rows) = phase(phaseY), (left, columns) = phase(phaseX)
    let window = Window(top: top, left: left, height: rows.count, width: columns.count, step: 1)
    return (window, rows.flatMap { row in columns.map { row * kernel + $0 } })
  }

  /// The same along one axis: later output pixels are met by earlier taps.
  private func phase(_ phase: Int) -> (first: Int, taps: [Int]) {
    let taps = (0..<kernel).reversed().filter { (phase + padding - $0) % step == 0 }
    return (taps.first.map { (phase + padding - $0) / step } ?? 0, taps)
  }

  /// `[taps, output channels, input channels]`, in scratch.
  private func turned(_ weights: UnsafePointer<Float>, taps: [Int], channels: Int) -> UnsafePointer<Float> {
    let matrix = channels * outputChannels, turned = Threads.scratch(2, taps.count * matrix)
    Threads.run(taps.count) { position in
      BLAS.transpose(rows: channels, columns: outputChannels, weights + taps[position] * matrix, into: turned + position * matrix)
    }
    return UnsafePointer(turned)
  }
}
