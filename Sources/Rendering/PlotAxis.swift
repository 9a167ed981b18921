internal import Glibc
internal import Workbench

/// A stretch of numbers and where its labels stand: at 1, 2 or 5 times a power of ten.
package struct PlotAxis: Sendable, Equatable {
  package var low: Double
  package var high: Double
  package var ticks: [Double]
  /// Digits after the point that tell the ticks apart.
  package var places: Int

  /// The axis for these values with about `count` ticks; the values that are not finite are left out. With `rounded` the axis ends at ticks,
  /// else at the values; with `whole` no tick stands between two whole numbers.
  package init(_ values: some Sequence<Double>, count: Int, rounded: Bool, whole: Bool = false) {
    var low = Double.infinity
    var high = -Double.infinity
    for value in values where value.isFinite {
      low = min(low, value)
      high = max(high, value)
    }
    if low > high { (low, high) = (0, 1) }
    if low == high {
      let around = low == 0 ? 1 : abs(low) * 0.5
      (low, high) = (low - around, high + around)
    }
    let raw = (high - low) / Double(max(count, 1))
    let power = pow(10, floor(log10(raw)))
    let nearest = [1, 2, 5, 10].map { $0 * power }.first { $0 >= raw * 0.999 } ?? 10 * power
    let step = whole ? max(nearest, 1) : nearest
    let first = (low / step + (rounded ? 1e-9 : -1e-9)).rounded(rounded ? .down : .up)
    let last = (high / step + (rounded ? -1e-9 : 1e-9)).rounded(rounded ? .up : .down)
    ticks = stride(from: first, through: max(last, first), by: 1).map { $0 * step }
    self.low = rounded ? first * step : low
    self.high = rounded ? last * step : high
    places = min(max(0, Int((-log10(step) - 1e-9).rounded(.up))), 12)
  }

  package func label(_ tick: Double) -> String { fixedPoint(tick, places: places) }

  /// 0 at the low end, 1 at the high end.
  package func position(_ value: Double) -> Double { (value - low) / (high - low) }
}

extension Plot {
  /// The axes of curves: across just the values, upwards to whole ticks.
  package func axes(across: Int, upwards: Int) -> (x: PlotAxis, y: PlotAxis) {
    let xs = series.flatMap { $0.points.map(\.x) }
    // Epochs are counted.
    return (PlotAxis(xs, count: across, rounded: false, whole: xs.allSatisfy { $0.isFinite && $0 == $0.rounded() } && Set(xs).count > 1),
     PlotAxis(series.flatMap { $0.points.map(\.y) }, count: upwards, rounded: true))
  }

  /// The axis of bars, which always holds zero.
  package func barAxis(count: Int) -> PlotAxis {
    PlotAxis([0] + series.flatMap { $0.points.map(\.y) }, count: count, rounded: true)
  }

  /// What series `series` says of category `category`: the point whose x is the category's number, from 0.
  package func bar(_ series: Int, _ category: Int) -> Double? {
    self.series[series].points.first { $0.x == Double(category) }?.y
  }

  /// Digits after the point for the values of bars: three significant ones of the largest.
  package var barPlaces: Int {
    let largest = series.flatMap { $0.points.map { abs($0.y) } }.filter(\.isFinite).max() ?? 0
    return largest == 0 ? 0 : min(max(0, 2 - Int(floor(log10(largest)))), 6)
  }
}
