internal import Kernels

/// A convolution's weights as minimal filtering sees them: the taps of one or more views below each other, and the matrices that they
/// become at the points, `inner` rows by `columns` for each place.
///
/// At the points there are four times as many numbers as there are weights (36 places for 9 taps). Where that is much, a product has
/// small parts of them made where it uses them, in the cache, instead of all of them in memory.
struct WinogradFilters {
  let form: WinogradForm
  let inner: Int
  let columns: Int
  private let weights: UnsafePointer<Float>
  /// Rows of each view.
  private let channels: Int
  /// Which matrix of the weights each tap is, view after view.
  private let taps: [Int32]
  private let parameters: Parameters
  private let key: PackedKey
  /// For each place the rows and the columns that are not 0; empty where all places need all of them.
  private let needed: [(rows: [Range<Int>], columns: [Range<Int>])]

  /// For the convolution itself: all views side by side in, output channels out.
  init(_ form: WinogradForm, _ convolution: Convolution, channels: Int, _ parameters: Parameters) {
    (self.form, self.channels, self.parameters) = (form, channels, parameters)
    (inner, columns) = (form.views.count * channels, convolution.outputChannels)
    weights = UnsafePointer(parameters.value(convolution.weights))
    taps = form.views.flatMap { form.taps(of: $0) }
    key = PackedKey(convolution.weights, .winograd(form.filtering.rawValue))
    let (views, all) = (0..<form.views.count, 0..<columns)
    needed = form.hasShortViews ? (0..<form.places).map { (form.needed(of: views, channels: channels, at: $0), [all]) } : []
  }

  /// For the gradient of some views of the input: output channels in, the views' channels side by side out. Made anew in scratch 4.
  init(turned form: WinogradForm, views: Range<Int>, _ convolution: Convolution, channels: Int, _ parameters: Parameters) {
    let inner = convolution.outputChannels, columns = views.count * channels, matrix = channels * inner
    let weights = parameters.value(convolution.weights), turned = Threads.scratch(4, form.taps * form.taps * inner * columns)
    let sources = form.views[views].map { form.taps(of: $0, turned: true) }
    let rowsAtOnce = max(16, 16_384 / inner / 16 * 16), parts = (channels + rowsAtOnce - 1) / rowsAtOnce
    Threads.run(form.taps * form.taps * parts) { task in
      let (tap, part) = task.quotientAndRemainder(dividingBy: parts), first = part * rowsAtOnce
      for (position, source) in sources.enumerated() {
        let count = min(rowsAtOnce, channels - first), to = turned + tap * inner * columns + position * channels + first
        if source[tap] >= 0 {
          segue_transposed(weights + Int(source[tap]) * matrix + first * inner, inner, count, inner, to, columns)
        } else {
          for row in 0..<inner { (to + row * columns).update(repeating: 0, count: count) }
        }
      }
    }
    (self.form, self.inner, self.columns, self.channels, self.parameters) = (form, inner, columns, inner, parameters)
    self.weights = UnsafePointer(turned)
    taps = (0..<Int32(form.taps * form.taps)).map { $0 }
    key = PackedKey(convolution.weights, .turnedWinograd(form.filtering.rawValue, views: views))
    let all = 0..<inner
    needed = form.hasShortViews ? (0..<form.places).map { ([all], form.needed(of: views, channels: channels, at: $0)) } : []
  }

  /// The rows and the columns that are not 0 at a place; nil for all of them.
  func needed(at place: Int) -> (rows: [Range<Int>], columns: [Range<Int>])? { needed.isEmpty ? nil : needed[place] }

  /// Columns of a panel of a packed matrix (Matrix/pack.h), one row of which after the other is a matrix of its own.
  static let panel = 32

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
    let count = form.taps * form.taps
    taps.withUnsafeBufferPointer { taps in
      for view in 0..<taps.count / count {
        let part = rows.clamped(to: view * channels..<(view + 1) * channels)
        guard !part.isEmpty else { continue }
        segue_winograd_pack(
          form.filtering, Int32(line), SegueTaps(weights: weights, matrix: taps.baseAddress! + view * count, channels: channels, columns: self.columns),
          part.lowerBound - view * channels, part.count, columns.lowerBound, columns.count, inner, row + part.lowerBound - rows.lowerBound, packed,
          placeStride)
      }
    }
  }
}
