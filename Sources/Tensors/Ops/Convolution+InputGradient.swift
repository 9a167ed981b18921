/// The gradient of a convolution's input is a convolution of the output's gradient.
///
/// Input pixel u met tap r at output pixel o when o * step + r - padding = u. So the input pixels that leave the same rest modulo
/// `step` (a *phase*) meet the same taps, and within a phase the sum over them is the gathered product again, with the weights
/// turned: output channels in, input channels out. A step of 1 has one phase, a step of 2 has four.
extension Convolution {
  func propagate(_ outputGradient: FeatureMap, weights: UnsafePointer<Float>, to inputGradient: FeatureMap, accumulate: Bool) {
    let channels = inputGradient.shape.channels
    let turned = Threads.scratch(2, kernel * kernel * channels * outputChannels)
    let matrix = channels * outputChannels
    Threads.run(kernel * kernel) { tap in
      BLAS.transpose(rows: channels, columns: outputChannels, weights + tap * matrix, into: turned + tap * matrix)
    }
    let phaseWeights = step == 1 ? nil : Threads.scratch(3, kernel * kernel * matrix)
    for phaseY in 0..<step {
      for phaseX in 0..<step {
        let (neighbourhood, taps) = phase(phaseY, phaseX)
        let height = (inputGradient.shape.height - phaseY + step - 1) / step
        let width = (inputGradient.shape.width - phaseX + step - 1) / step
        guard height > 0, width > 0 else { continue }
        guard let phaseWeights else {
          GatheredProduct.run(
            outputGradient, neighbourhood, grid: (height, width), weights: turned, columns: channels, accumulate: accumulate,
            into: .map(inputGradient))
          continue
        }
        for (position, tap) in taps.enumerated() { (phaseWeights + position * matrix).update(from: turned + tap * matrix, count: matrix) }
        GatheredProduct.run(
          outputGradient, neighbourhood, grid: (height, width), weights: phaseWeights, columns: channels, accumulate: accumulate,
          into: .phase(inputGradient, grid: (height, width), step: step, y: phaseY, x: phaseX))
      }
    }
  }

  /// The output pixels that input pixels (step * i + phaseY, step * j + phaseX) meet, relative to (i, j), and by which tap.
  private func phase(_ phaseY: Int, _ phaseX: Int) -> (Neighbourhood, taps: [Int]) {
    var neighbourhood = Neighbourhood(step: 1), taps: [Int] = []
    for row in 0..<kernel where (phaseY + padding - row) % step == 0 {
      for column in 0..<kernel where (phaseX + padding - column) % step == 0 {
        neighbourhood.y.append(Int32((phaseY + padding - row) / step))
        neighbourhood.x.append(Int32((phaseX + padding - column) / step))
        taps.append(row * kernel + column)
      }
    }
    return (neighbourhood, taps)
  }
}
