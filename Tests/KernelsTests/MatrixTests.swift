import Kernels
import Testing

/// A product's sizes: windows in a padded map, as convolution has them. One line of rows of one run is a plain matrix.
struct ProductCase: Sendable, CustomTestStringConvertible {
  var lines: Int, rows: Int, runs: Int, run: Int, columns: Int
  /// Floats between the first floats of neighbouring rows, and room after each row of the result.
  var step: Int, gap: Int

  init(_ rows: Int, _ run: Int, columns: Int, gap: Int = 0) { self.init(1, rows, 1, run, columns: columns, step: run, gap: gap) }

  init(_ lines: Int, _ rows: Int, _ runs: Int, _ run: Int, columns: Int, step: Int, gap: Int = 0) {
    (self.lines, self.rows, self.runs, self.run, self.columns) = (lines, rows, runs, run, columns)
    (self.step, self.gap) = (step, gap)
  }

  var inner: Int { runs * run }
  var pitch: Int { (rows - 1) * step + run }
  var testDescription: String { "\(lines)x\(rows) rows of \(runs)x\(run), \(columns) columns, step \(step), gap \(gap)" }

  func a(_ data: UnsafePointer<Float>) -> SegueRows {
    SegueRows(data: data, lines: lines, rows: rows, line_stride: pitch, row_stride: step, runs: runs, run: run, run_stride: pitch)
  }
  /// How many floats `a` looks at, and where element (line, row, k) is.
  var floats: Int { (lines + runs) * pitch }
  func at(_ line: Int, _ row: Int, _ k: Int) -> Int { (line + k / run) * pitch + row * step + k % run }

  /// Every number of rows up to two tiles, every kind of last panel, long and short sums, windows that overlap.
  static let table: [ProductCase] = everyHeight + everyWidth + everyDepth + windows

  private static let everyHeight: [ProductCase] = (1...29).map { ProductCase($0, 40, columns: 32) }
  private static let everyWidth: [ProductCase] = [1, 2, 4, 7, 8, 9, 15, 16, 17, 19, 24, 31, 33, 47, 48, 49, 64, 100].map {
    ProductCase(23, 21, columns: $0, gap: $0 % 3)
  }
  private static let everyDepth: [ProductCase] = [1, 3, 27, 255, 256, 383, 384, 385, 768, 1153].map { ProductCase(17, $0, columns: 40, gap: 5) }
  private static let windows: [ProductCase] = [
    ProductCase(1, 1, columns: 1), ProductCase(3, 20, 3, 9, columns: 32, step: 6), ProductCase(2, 33, 7, 21, columns: 8, step: 6),
    ProductCase(5, 13, 3, 48, columns: 19, step: 16, gap: 1), ProductCase(2, 14, 3, 390, columns: 33, step: 130),
    ProductCase(4, 7, 2, 100, columns: 50, step: 50), ProductCase(6, 1, 3, 3, columns: 4, step: 1),
  ]
}

/// Products of the instruction set in use against sums in double precision.
@Suite struct MatrixTests {
  /// What is before and between the rows of a result, to see that it stays.
  static let guardValue: Float = 777

  static func multiply(_ test: ProductCase, accumulate: Bool, turned: Bool = false, after: SegueEpilogue = .none) -> [Float] {
    let a = Dice.floats(test.floats, seed: 1), b = Dice.floats(test.inner * test.columns, seed: 2)
    var packed = [Float](repeating: .nan, count: segue_packed_floats(test.inner, test.columns))
    // In two parts, as callers that share the packing out do.
    for range in [0..<test.inner / 2, test.inner / 2..<test.inner] {
      let source = turned ? (0..<test.columns).flatMap { j in range.map { b[$0 * test.columns + j] } } : Array(b[(range.lowerBound * test.columns)...])
      segue_pack(
        source, turned ? 1 : test.columns, turned ? range.count : 1, range.count, test.columns, test.inner, range.lowerBound, &packed)
    }
    let stride = test.columns + test.gap
    var c = start(test.lines * test.rows, test.columns, stride)
    c.withUnsafeMutableBufferPointer {
      segue_multiply_packed(
        test.a(a), packed, test.columns, SegueGrid(data: $0.baseAddress!, line_stride: test.rows * stride, row_stride: stride), accumulate, after)
    }
    return c
  }

  static func multiplyTransposed(_ test: ProductCase, accumulate: Bool) -> [Float] {
    let stride = test.columns + test.gap, a = Dice.floats(test.floats, seed: 1)
    var b = Dice.floats(test.lines * test.rows * stride, seed: 2), c = start(test.inner, test.columns, stride)
    b.withUnsafeMutableBufferPointer { b in
      let rows = SegueGrid(data: b.baseAddress!, line_stride: test.rows * stride, row_stride: stride)
      segue_multiply_transposed(test.a(a), rows, rows, test.columns, &c, stride, accumulate)
    }
    return c
  }

  private static func start(_ rows: Int, _ columns: Int, _ stride: Int) -> [Float] {
    var dice = Dice(3)
    return (0..<rows * stride).map { $0 % stride < columns ? dice.float() : guardValue }
  }

  /// Each value of `c` is `sum(row, column)` to float32 rounding, on top of what was there if `accumulate`; guards are untouched.
  private func expect(
    _ c: [Float], _ test: ProductCase, rows: Int, terms: Int, accumulate: Bool, _ sum: (Int, Int) -> Double,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let stride = test.columns + test.gap, before = Self.start(rows, test.columns, stride)
    let tolerance = 1e-6 * (2 + Double(terms).squareRoot())
    for row in 0..<rows {
      for column in 0..<stride {
        let at = row * stride + column
        let want = column < test.columns ? sum(row, column) + (accumulate ? Double(before[at]) : 0) : Double(Self.guardValue)
        guard !(abs(Double(c[at]) - want) <= tolerance) else { continue }
        Issue.record("[\(row), \(column)] is \(c[at]), not \(want)", sourceLocation: sourceLocation)
        return
      }
    }
  }

  @Test(arguments: ProductCase.table, [false, true])
  func products(_ test: ProductCase, accumulate: Bool) {
    let a = Dice.floats(test.floats, seed: 1), b = Dice.floats(test.inner * test.columns, seed: 2)
    for turned in [false, true] {
      expect(
        Self.multiply(test, accumulate: accumulate, turned: turned), test, rows: test.lines * test.rows, terms: test.inner,
        accumulate: accumulate
      ) { row, column in
        (0..<test.inner).reduce(0.0) {
          $0 + Double(a[test.at(row / test.rows, row % test.rows, $1)]) * Double(b[$1 * test.columns + column])
        }
      }
    }
  }

  @Test(arguments: ProductCase.table, [false, true])
  func finishedProducts(_ test: ProductCase, accumulate: Bool) {
    let plain = Self.multiply(test, accumulate: accumulate), stride = test.columns + test.gap
    let scale = Dice.floats(test.columns, seed: 5), shift = Dice.floats(test.columns, seed: 6)
    let finished = scale.withUnsafeBufferPointer { scale in
      shift.withUnsafeBufferPointer { shift in
        Self.multiply(test, accumulate: accumulate, after: SegueEpilogue(scale: scale.baseAddress, shift: shift.baseAddress, slope: 0.25))
      }
    }
    let want = plain.enumerated().map { at, value in
      let column = at % stride
      guard column < test.columns else { return Double(value) }
      let moved = Double(value) * Double(scale[column]) + Double(shift[column])
      return moved > 0 ? moved : 0.25 * moved
    }
    expectClose(finished, want, tolerance: 1e-5)
  }

  @Test(arguments: ProductCase.table, [false, true])
  func transposedProducts(_ test: ProductCase, accumulate: Bool) {
    let stride = test.columns + test.gap, pixels = test.lines * test.rows
    let a = Dice.floats(test.floats, seed: 1), b = Dice.floats(pixels * stride, seed: 2)
    expect(Self.multiplyTransposed(test, accumulate: accumulate), test, rows: test.inner, terms: pixels, accumulate: accumulate) { k, column in
      (0..<pixels).reduce(0.0) { $0 + Double(a[test.at($1 / test.rows, $1 % test.rows, k)]) * Double(b[$1 * stride + column]) }
    }
  }

  @Test(arguments: [(0, 0, 2, 3), (-1, -2, 4, 9), (3, 2, 5, 3), (-4, -4, 3, 3), (5, 6, 2, 2), (1, -1, 1, 8)])
  func paddedCopies(top: Int, left: Int, height: Int, width: Int) {
    for shape in [Shape(2, 5, 6, 3), Shape(2, 5, 6, 16), Shape(2, 5, 6, 19, gap: 4)] {
      let x = Map(shape), count = height * width * shape.channels
      var to = [Float](repeating: Self.guardValue, count: count + 1)
      segue_copy_padded(x.map, 1, top, left, height, width, &to)
      let want = (0..<count).map { i -> Double in
        let (pixel, c) = i.quotientAndRemainder(dividingBy: shape.channels), row = top + pixel / width, column = left + pixel % width
        return (0..<shape.height).contains(row) && (0..<shape.width).contains(column) ? Double(x[1, row, column, c]) : 0
      }
      expectClose(to, want + [Double(Self.guardValue)], tolerance: 0)
    }
  }
}
