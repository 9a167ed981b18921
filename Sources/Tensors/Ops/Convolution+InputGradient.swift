/// The gradient of a convolution's input is a convolution of the output's gradient.
///
/// Input pixel u met tap r at output pixel o when o * step + r - padding = u. So the input pixels that leave the same rest modulo
/// `step` (a *phase*) meet the same taps, and within a phase the sum over them is the gathered product again, with the weights
/// turned: output channels in, input channels out. A step of 1 has one phase, a step of 2 has four.
extension Convolution {
  func propagate(_ outputGradient: FeatureMap, _ parameters: Parameters, to inputGradient: FeatureMap, accumulate: Bool) {
    let shape = inputGradient.shape
    for phaseY in 0..<step {
      for phaseX in 0..<step {
        let grid = (height: (shape.height - phaseY + step - 1) / step, width: (shape.width - phaseX + step - 1) / step)
        guard grid.height > 0, grid.width > 0 else { continue }
        let (window, taps) = phase(phaseY, phaseX)
        let target = Lattice(map: inputGradient, step: step, y: phaseY, x: phaseX)
        switch MatrixProduct.inUse {
        case .kernels:
          let packed = PackedWeights(self, taps: taps, channels: shape.channels, turned: phaseY * step + phaseX, parameters)
          WindowProduct.run(outputGradient, window, grid: grid, weights: packed, accumulate: accumulate, into: target)
        case .openBLAS:
          let turned = turned(parameters.value(weights), taps: taps, channels: shape.channels)
          GatheredProduct.run(
            outputGradient, Neighbourhood(window), grid: grid, weights: turned, columns: shape.channels, accumulate: accumulate,
            into: target)
        }
      }
    }
  }

  /// The same by minimal filtering, view by view: input pixel j * step + view - padding is met by outputs j - taps + 1 ... j, with the
  /// taps of the view turned around. Each view has tiles of its own, so that none is cut off by the border more than it must.
  func propagate(_ form: WinogradForm, _ outputGradient: FeatureMap, _ parameters: Parameters, to inputGradient: FeatureMap, accumulate: Bool) {
    let shape = inputGradient.shape
    for view in form.views {
      let filters = WinogradFilters(turned: form, view: view, self, channels: shape.channels, parameters)
      let (firstRow, rows) = positions(of: view.y, in: shape.height), (firstColumn, columns) = positions(of: view.x, in: shape.width)
      guard rows > 0, columns > 0 else { continue }
      let source = Lattice(map: outputGradient, y: firstRow - form.taps + 1, x: firstColumn - form.taps + 1)
      let target = Lattice(
        map: inputGradient, step: step, y: firstRow * step + view.y - padding, x: firstColumn * step + view.x - padding)
      WinogradProduct.run(form, [source], grid: (rows, columns), filters: filters, accumulate: accumulate, into: target)
    }
  }

  /// The first j, and how many, for which j * step + view - padding is a pixel of an axis of `length` pixels.
  private func positions(of view: Int, in length: Int) -> (first: Int, count: Int) {
    let first = max(0, (padding - view + step - 1) / step), last = (length - 1 + padding - view) / step
    return (first, last - first + 1)
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
