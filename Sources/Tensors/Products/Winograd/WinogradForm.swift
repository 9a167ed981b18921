internal import Kernels

/// A convolution as Winograd's minimal filtering sees it: windows of r x r over one or more *views* of the source.
///
/// A 3x3 convolution of stride 1 has one view, the source itself. A 4x4 convolution of stride 2 is a 2x2 convolution of stride 1 over
/// four views, each every other pixel of every other row: tap 2a + p of the kernel is tap a of view p. The views are not copied; the
/// tiles are read from the source with a step. A 3x3 convolution of stride 2 is the same without the last row and column of taps: three
/// of its views are *short*, and what is 0 at the points is left out (`needs`): 81 products of 100, where 144 would be used.
struct WinogradForm {
  let filtering: SegueFiltering
  let kernel: Int
  let step: Int
  let padding: Int

  /// Nil where filtering does not apply or does not pay: other kernels, and so few channels that moving between pixels and points
  /// costs more than the products that are saved. A window of 7x7 has so many that three are enough.
  ///
  /// - Parameter grid: height and width of what is computed, one image's outputs or the gradient of a view of its input.
  init?(
    _ convolution: Convolution, channels: Int, grid: (height: Int, width: Int), _ algorithm: ConvolutionAlgorithms.Algorithm,
    _ precision: ConvolutionAlgorithms.Precision
  ) {
    guard MatrixProduct.inUse == .kernels, convolution.outputChannels >= WinogradForm.leastChannels else { return nil }
    guard channels >= WinogradForm.leastChannels || convolution.kernel == 7 else { return nil }
    switch (convolution.kernel, convolution.step, algorithm) {
    case (3, 1, .f6):
      guard let cheapest = WinogradForm.cheapest(grid) else { return nil }
      filtering = cheapest
    case (3, 1, .f4): filtering = SEGUE_F4X3
    case (3, 1, .f2): filtering = SEGUE_F2X3
    case (4, 2, .f6), (4, 2, .f4): filtering = SEGUE_F4X2
    case (3, 2, .f6), (3, 2, .f4): filtering = SEGUE_F4X2
    case (7, 2, .f6), (7, 2, .f4): filtering = SEGUE_F4X4
    default: return nil
    }
    (kernel, step, padding) = (convolution.kernel, convolution.step, convolution.padding)
    if hasShortViews { guard precision == .float32, sparesProducts(grid) else { return nil } }
  }

  static let leastChannels = 16

  /// A weight that comes from memory takes as long as the products of about this many tiles by it.
  private static let tilesOfAWeight = 20

  /// The form in which a 3x3 convolution with weights from memory costs least; nil for none of them.
  ///
  /// Large tiles spare products. But those that stick out of the grid cost as much as whole ones, and there are more weights at the points than
  /// taps: 64, 36 and 16 for 9; so the smaller the map, the smaller the best tile. One that rounds more must cost a tenth less. Only one image
  /// counts, so that results never depend on the batch.
  private static func cheapest(_ grid: (height: Int, width: Int)) -> SegueFiltering? {
    func cost(_ outputs: Int, places: Int) -> Int {
      places * (((grid.height + outputs - 1) / outputs) * ((grid.width + outputs - 1) / outputs) + tilesOfAWeight)
    }
    var best: (form: SegueFiltering?, cost: Int) = (nil, cost(1, places: 9))
    for (form, outputs) in [(SEGUE_F2X3, 2), (SEGUE_F4X3, 4), (SEGUE_F6X3, 6)] {
      let next = cost(outputs, places: (outputs + 2) * (outputs + 2))
      if 10 * next <= 9 * best.cost { best = (form, next) }
    }
    return best.form
  }

  /// Whether a third of the products are spared, parts of tiles counted whole. Fewer than that are not worth moving the views.
  private func sparesProducts(_ grid: (height: Int, width: Int)) -> Bool {
    let across = (0..<step).reduce(0) { $0 + (taps(from: $1) == taps ? points : points - 1) }
    return 3 * across * across * tiles(images: 1, height: grid.height, width: grid.width) <= 2 * kernel * kernel * grid.height * grid.width
  }

  /// Outputs, taps and points along one axis.
  var outputs: Int { filtering == SEGUE_F6X3 ? 6 : filtering == SEGUE_F2X3 ? 2 : 4 }
  var taps: Int { (kernel + step - 1) / step }
  var points: Int { outputs + taps - 1 }
  /// Points of a tile.
  var places: Int { points * points }

  /// Whether some views lack the last tap.
  var hasShortViews: Bool { kernel % step > 0 }

  var viewCount: Int { step * step }

  /// A view by where its first pixel lies in the kernel.
  func view(_ number: Int) -> (y: Int, x: Int) { (number / step, number % step) }

  /// Taps along an axis of a view that begins with tap `first` of the kernel.
  func taps(from first: Int) -> Int { (kernel - first + step - 1) / step }

  /// How a view's taps lie in the kernel's weights or their gradient.
  func taps(of number: Int, _ weights: UnsafePointer<Float>?, channels: Int, columns: Int) -> SegueTaps {
    let view = view(number)
    return SegueTaps(
      weights: weights, first: view.y * kernel + view.x, down: step * kernel, across: step, height: taps(from: view.y), width: taps(from: view.x),
      channels: channels, columns: columns)
  }

  /// Which matrix of the kernel's weights is tap (a, b) of a view for the gradient of its input, the taps flipped; nil where it has none.
  func turnedTap(_ a: Int, _ b: Int, of number: Int) -> Int? {
    let view = view(number), (height, width) = (taps(from: view.y), taps(from: view.x))
    return a < height && b < width ? (view.y + (height - 1 - a) * step) * kernel + view.x + (width - 1 - b) * step : nil
  }

  /// Whether a view's weights can differ from 0 at a place. At infinity, the last point, a filter is its last tap, which a short view lacks.
  func needs(_ number: Int, at place: Int) -> Bool {
    guard hasShortViews else { return true }
    let view = view(number)
    return (taps(from: view.y) == taps || place / points < points - 1) && (taps(from: view.x) == taps || place % points < points - 1)
  }

  /// The channels of the views that a place needs, of all of them side by side, those beside each other as one range.
  func eachNeededRun(of views: Range<Int>, channels: Int, at place: Int, _ body: (Range<Int>) -> Void) {
    var first = views.lowerBound
    for view in views where !needs(view, at: place) {
      give(first..<view)
      first = view + 1
    }
    give(first..<views.upperBound)

    func give(_ run: Range<Int>) {
      if !run.isEmpty { body((run.lowerBound - views.lowerBound) * channels..<(run.upperBound - views.lowerBound) * channels) }
    }
  }

  func tiling(height: Int, width: Int) -> SegueTiling { SegueTiling(form: filtering, height: height, width: width) }

  func tiles(images: Int, height: Int, width: Int) -> Int {
    images * ((height + outputs - 1) / outputs) * ((width + outputs - 1) / outputs)
  }

  /// Moves tiles between pixels and points: some at a time where there are many, and one by one where threads would share them unevenly.
  static func share(_ tiles: Range<Int>, _ move: (Range<Int>) -> Void) {
    let atOnce = tiles.count < 64 ? 1 : 4
    Threads.run((tiles.count + atOnce - 1) / atOnce) { task in
      let first = tiles.lowerBound + task * atOnce
      move(first..<min(first + atOnce, tiles.upperBound))
    }
  }

  /// Views that are read together: `span` pixels from where tap (0, 0) of output pixel (0, 0) lies.
  struct Source {
    let start: Lattice
    var span = 1

    var channels: Int { span * start.map.shape.channels }
  }

  /// Tiles of `sources` at the points, side by side in rows of `to`.
  ///
  /// - Parameter forOtherThreads: whether the thread that reads them is not likely to be this one.
  static func evaluate(
    _ sources: [Source], _ tiling: SegueTiling, tiles: Range<Int>, into to: UnsafeMutablePointer<Float>, placeStride: Int, rowStride: Int,
    forOtherThreads: Bool
  ) {
    var to = to
    for source in sources {
      let start = source.start
      segue_winograd_input(
        tiling, tiles.lowerBound, tiles.count, start.map, start.step, source.span, start.y, start.x, to, placeStride, rowStride, forOtherThreads)
      to += source.channels
    }
  }

  /// What is to be read of `source`, in the order of the views. Views of the same rows lie side by side in a dense map, and are one.
  func sources(_ source: SegueMap) -> [Source] {
    let span = source.stride == source.shape.channels ? step : 1
    return stride(from: 0, to: viewCount, by: span).map { number in
      let view = view(number)
      return Source(start: Lattice(map: source, step: step, y: view.y - padding, x: view.x - padding), span: span)
    }
  }
}
