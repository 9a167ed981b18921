internal import Kernels

/// The gradient of a convolution's input is a convolution of the output's gradient.
///
/// Input pixel u met tap r at output pixel o when o * step + r - padding = u. So the input pixels that leave the same rest modulo
/// `step` (a *phase*) meet the same taps, and within a phase the sum over them is the gathered product again, with the weights
/// turned: output channels in, input channels out. A step of 1 has one phase, a step of 2 has four.
extension Convolution {
  func propagate(
    _ outputGradient: SegueMap, _ precision: ConvolutionAlgorithms.Precision, _ parameters: Parameters, to inputGradient: SegueMap, accumulate: Bool
  ) {
    let shape = inputGradient.shape
    for phaseY in 0..<step {
      for phaseX in 0..<step {
        let grid = (height: (shape.height - phaseY + step - 1) / step, width: (shape.width - phaseX + step - 1) / step)
        guard grid.height > 0, grid.width > 0 else { continue }
        let (window, taps) = phase(phaseY, phaseX)
        let target = Lattice(map: inputGradient, step: step, y: phaseY, x: phaseX)
        switch MatrixProduct.inUse(at: precision) {
        case .kernels:
          let packed = PackedWeights(self, taps: taps, channels: shape.channels, turned: phaseY * step + phaseX, precision, parameters)
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

  /// The same by minimal filtering: pixel j * step + y - padding of the view that begins at y is met by outputs j - t + 1 ... j, with
  /// the t taps of the view flipped.
  ///
  /// All views can share the outputs' gradients at the points, on a grid that has room for each of them, one row and column more than
  /// a view needs. Where the grid is small beside its tiles, each view has a grid of its own instead.
  func propagate(_ form: WinogradForm, _ outputGradient: SegueMap, _ parameters: Parameters, to inputGradient: SegueMap, accumulate: Bool) {
    let count = form.viewCount, isShared = count > 1 && min(outputGradient.shape.height, outputGradient.shape.width) >= 8 * form.outputs
    let atOnce = isShared ? count : 1, shape = inputGradient.shape
    for first in stride(from: 0, to: count, by: atOnce) {
      let views = first..<first + atOnce
      let rows = firstOutputs(form, of: views, in: shape.height) { $0.y }, columns = firstOutputs(form, of: views, in: shape.width) { $0.x }
      guard !rows.isEmpty, !columns.isEmpty else { continue }
      let filters = WinogradFilters(turned: form, views: views, self, channels: shape.channels, parameters)
      let source = WinogradForm.Source(start: Lattice(map: outputGradient, y: rows.lowerBound, x: columns.lowerBound))
      let targets = views.map { number in
        let view = form.view(number)
        return Lattice(
          map: inputGradient, step: step, y: (rows.lowerBound + form.taps(from: view.y) - 1) * step + view.y - padding,
          x: (columns.lowerBound + form.taps(from: view.x) - 1) * step + view.x - padding)
      }
      WinogradProduct.run([source], grid: (rows.count, columns.count), filters: filters, accumulate: accumulate, into: targets)
    }
  }

  /// Height and width of a view of the input.
  func viewGrid(of shape: MapShape) -> (height: Int, width: Int) { ((shape.height + step - 1) / step, (shape.width + step - 1) / step) }

  /// The first output that pixel j of a view meets, for each j that is in an axis of `length` pixels, in one of the views at least.
  private func firstOutputs(_ form: WinogradForm, of views: Range<Int>, in length: Int, along axis: ((y: Int, x: Int)) -> Int) -> Range<Int> {
    var all = 0..<0
    for number in views {
      let view = axis(form.view(number)), before = form.taps(from: view) - 1
      let first = max(0, (padding - view + step - 1) / step) - before, end = (length - 1 + padding - view) / step + 1 - before
      guard first < end else { continue }
      all = all.isEmpty ? first..<end : min(all.lowerBound, first)..<max(all.upperBound, end)
    }
    return all
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
