internal import Kernels

/// A convolution's weights as minimal filtering sees them: the taps of one or more views below each other, and the matrices that they
/// become in the Winograd domain, `inner` rows by `columns` for each place.
///
/// At the points there are four times as many numbers as there are weights (36 places for 9 taps). Where that is much, a product has
/// small parts of them made where it uses them, in the cache, instead of all of them in memory.
struct WinogradFilters {
  let form: WinogradForm
  let inner: Int
  let columns: Int
  private let weights: UnsafePointer<Float>
  private let views: Range<Int>
  /// Of each view.
  private let channels: Int
  /// Whether the views' channels are columns and `weights` their taps flipped, rather than rows and the kernel's own.
  private let isTransposed: Bool
  private let parameters: Parameters
  private let key: PackedKey

  /// For the convolution itself: all views side by side in, output channels out.
  init(_ form: WinogradForm, _ convolution: Convolution, channels: Int, _ parameters: Parameters) {
    (self.form, self.channels, self.parameters, views, isTransposed) = (form, channels, parameters, 0..<form.viewCount, false)
    (inner, columns) = (views.count * channels, convolution.outputChannels)
    weights = UnsafePointer(parameters.value(convolution.weights))
    key = PackedKey(convolution.weights, .winograd(form.filtering.rawValue))
  }

  /// For the gradient of some views of the input: output channels in, the views' channels side by side out. Made in scratch 4 each time.
  init(transposed form: WinogradForm, views: Range<Int>, _ convolution: Convolution, channels: Int, _ parameters: Parameters) {
    let inner = convolution.outputChannels, columns = views.count * channels, matrix = channels * inner
    let weights = parameters.value(convolution.weights), transposed = Threads.scratch(4, form.taps * form.taps * inner * columns)
    let rowsAtOnce = max(16, 16_384 / inner / 16 * 16), parts = (channels + rowsAtOnce - 1) / rowsAtOnce
    Threads.run(form.taps * form.taps * parts) { task in
      let (tap, part) = task.quotientAndRemainder(dividingBy: parts), first = part * rowsAtOnce
      for view in views {
        let count = min(rowsAtOnce, channels - first), to = transposed + tap * inner * columns + (view - views.lowerBound) * channels + first
        if let source = form.flippedTap(tap / form.taps, tap % form.taps, of: view) {
          segue_transposed(weights + source * matrix + first * inner, inner, count, inner, to, columns)
        } else {
          for row in 0..<inner { (to + row * columns).update(repeating: 0, count: count) }
        }
      }
    }
    (self.form, self.inner, self.columns, self.channels, self.parameters) = (form, inner, columns, channels, parameters)
    (self.weights, self.views, isTransposed) = (UnsafePointer(transposed), views, true)
    key = PackedKey(convolution.weights, .transposedWinograd(form.filtering.rawValue, views: views))
  }

  /// Whether all rows and columns are needed at all places.
  var isFull: Bool { !form.hasShortViews }

  /// The rows of `rows` that are not 0 at a place in some of the columns, those beside each other together.
  func eachNeededRun(at place: Int, rows: Range<Int>, columns: Range<Int>, _ body: (Range<Int>) -> Void) {
    var isNeeded = !isTransposed
    form.eachNeededRun(of: views, channels: channels, at: place) { run in
      if isTransposed { isNeeded = isNeeded || run.overlaps(columns) }
      else if run.overlaps(rows) { body(run.clamped(to: rows)) }
    }
    if isTransposed, isNeeded { body(rows) }
  }

  /// Whether `packed()` makes them once, for all passes to come.
  var areKept: Bool { parameters.isForInference }

  /// How far apart the matrices of `packed()` lie.
  var placeStride: Int { segue_packed_floats(inner, columns) }

  /// All of them as packed matrices, in scratch 2 or kept.
  func packed() -> UnsafeMutablePointer<Float> {
    parameters.packed(key, floats: form.places * placeStride) { packed in
      let rowsAtOnce = max(1, 8192 / columns), parts = (inner + rowsAtOnce - 1) / rowsAtOnce
      Threads.run(form.points * parts) { task in
        let (line, part) = task.quotientAndRemainder(dividingBy: parts)
        let rows = part * rowsAtOnce..<min((part + 1) * rowsAtOnce, inner)
        pack(line: line, rows: rows, columns: 0..<columns, into: packed + line * form.points * placeStride, inner: inner, row: rows.lowerBound, placeStride: placeStride)
      }
    }
  }

  /// Some rows and columns of one line of places, as rows from `row` on of packed matrices of `inner` rows.
  ///
  /// - Parameter columns: begin at a multiple of 32.
  func pack(
    line: Int, rows: Range<Int>, columns: Range<Int>, into packed: UnsafeMutablePointer<Float>, inner: Int, row: Int, placeStride: Int
  ) {
    func pack(_ rows: Range<Int>, of taps: SegueTaps, to row: Int) {
      segue_winograd_pack(
        form.filtering, Int32(line), taps, rows.lowerBound, rows.count, columns.lowerBound, columns.count, inner, row, packed, placeStride)
    }
    if isTransposed {
      let taps = SegueTaps(
        weights: weights, first: 0, down: form.taps, across: 1, height: form.taps, width: form.taps, channels: self.inner, columns: self.columns)
      return pack(rows, of: taps, to: row)
    }
    for view in views {
      let first = view * channels, part = rows.clamped(to: first..<first + channels)
      guard !part.isEmpty else { continue }
      let taps = form.taps(of: view, weights, channels: channels, columns: self.columns)
      let own: Range<Int> = part.lowerBound - first..<part.upperBound - first, to: Int = row + part.lowerBound - rows.lowerBound
      pack(own, of: taps, to: to)
    }
  }
}
