import Kernels
import Testing

/// Products of bfloat16 against sums in double precision of numbers that are rounded here, by the definition.
@Suite struct BFloat16Tests {
  /// The nearest of the numbers of 8 significant bits; of two that are equally near, the one whose last bit is 0.
  static func rounded(_ x: Float) -> Float {
    guard x != 0, x.isFinite else { return x }
    // In units of the last place that stays, an exact step, integers are what can be kept.
    let unit = Float(sign: .plus, exponent: x.exponent - 7, significand: 1)
    return (x / unit).rounded(.toNearestOrEven) * unit
  }

  /// Words of an even number of floats, two neighbours in each.
  static func words(_ floats: some Collection<Float>) -> [Float] {
    let halves = floats.map { rounded($0).bitPattern >> 16 }
    return stride(from: 0, to: halves.count, by: 2).map { Float(bitPattern: halves[$0] | halves[$0 + 1] << 16) }
  }

  /// Ties to both sides, carries into the exponent, the largest finite numbers, infinities; neighbours at random.
  @Test func rounding() {
    let special: [UInt32] = [
      0x3F80_0000, 0x3F80_8000, 0x3F81_8000, 0x3F80_7FFF, 0x3F80_8001, 0x3FFF_8000, 0x3FFF_FFFF, 0xBF80_8000, 0xBF81_8000, 0x7F7F_0000, 0x7F7F_7FFF,
      0x0080_0000, 0x0080_8000, 0x0000_0000, 0x8000_0000, 0x7F80_0000, 0xFF80_0000, 0x4049_0FDB,
    ]
    var dice = Dice(1)
    let values = special.map(Float.init(bitPattern:)) + (0..<2000).map { _ in
      Float(bitPattern: UInt32(truncatingIfNeeded: dice.next()) & 0x807F_FFFF | UInt32(1 + dice.next() % 253) << 23)
    }
    #expect(Self.paired(values).map(\.bitPattern) == Self.words(values).map(\.bitPattern))
    // Beyond the largest number is infinity, and what is not a number stays none.
    let others = Self.paired([Float(bitPattern: 0x7F7F_8000), -.greatestFiniteMagnitude, .nan, Float(bitPattern: 0xFFFF_FFFF)]).flatMap {
      [Float(bitPattern: $0.bitPattern << 16), Float(bitPattern: $0.bitPattern & 0xFFFF_0000)]
    }
    #expect(others[0] == .infinity && others[1] == -.infinity && others[2].isNaN && others[3].isNaN)
  }

  private static func paired(_ values: [Float]) -> [Float] {
    var values = values, words = [Float](repeating: 0, count: values.count / 2)
    let count = values.count
    values.withUnsafeMutableBufferPointer {
      let map = SegueMap(data: $0.baseAddress!, images: 1, height: 1, width: 1, channels: count, stride: count)
      segue_copy_padded_bf16(map, 0, 0, 0, 1, 1, &words, count / 2)
    }
    return words
  }

  /// The products' runs are words here, each for two numbers.
  private static func multiply(_ test: ProductCase, turned: Bool, accumulate: Bool) -> [Float] {
    let a = words(Dice.floats(2 * test.floats, seed: 1)), b = Dice.floats(2 * test.inner * test.columns, seed: 2)
    var packed = [Float](repeating: .nan, count: segue_packed_floats(test.inner, test.columns))
    for range in [0..<test.inner / 2, test.inner / 2..<test.inner] {
      let rows = 2 * range.lowerBound..<2 * range.upperBound
      let source = turned ? (0..<test.columns).flatMap { j in rows.map { b[$0 * test.columns + j] } } : Array(b[(rows.lowerBound * test.columns)...])
      segue_pack_bf16(source, turned ? 1 : test.columns, turned ? rows.count : 1, rows.count, test.columns, test.inner, range.lowerBound, &packed)
    }
    let stride = test.columns + test.gap
    var c = start(test.lines * test.rows, test.columns, stride)
    c.withUnsafeMutableBufferPointer {
      segue_multiply_bf16(
        test.a(a), packed, test.columns, SegueGrid(data: $0.baseAddress!, line_stride: test.rows * stride, row_stride: stride), accumulate, .none)
    }
    return c
  }

  /// A line of `pixels` pixels, of which the last is alone where that is odd: the windows of the case are those of pairs.
  private static func multiplyTransposed(_ test: ProductCase, pixels: Int, accumulate: Bool) -> [Float] {
    let stride = test.columns + test.gap, run = test.runs * test.run
    var a = Dice.floats(test.lines * pixels * run, seed: 1), b = Dice.floats(test.lines * pixels * stride, seed: 2)
    var words = [Float](repeating: .nan, count: test.lines * test.rows * run), c = start(test.inner, test.columns, stride)
    a.withUnsafeMutableBufferPointer { segue_pack_pixels_bf16($0.baseAddress!, pixels * run, run, test.lines, pixels, run, run, &words) }
    words.withUnsafeBufferPointer { words in
      b.withUnsafeMutableBufferPointer { b in
        let rows = SegueRows(
          data: words.baseAddress!, lines: test.lines, rows: test.rows, line_stride: test.rows * run, row_stride: run, runs: test.runs, run: test.run,
          run_stride: test.run)
        let outputs = SegueGrid(data: b.baseAddress!, line_stride: pixels * stride, row_stride: stride)
        segue_multiply_transposed_bf16(rows, outputs, outputs, pixels, test.columns, &c, stride, accumulate)
      }
    }
    return c
  }

  private static func start(_ rows: Int, _ columns: Int, _ stride: Int) -> [Float] {
    var dice = Dice(3)
    return (0..<rows * stride).map { $0 % stride < columns ? dice.float() : 777 }
  }

  /// As floats they are summed in double precision; what was there is added, and guards stay.
  private static func expected(_ test: ProductCase, rows: Int, accumulate: Bool, _ sum: (Int, Int) -> Double) -> [Double] {
    let stride = test.columns + test.gap, before = start(rows, test.columns, stride)
    return before.indices.map { at in
      let (row, column) = at.quotientAndRemainder(dividingBy: stride)
      return column < test.columns ? sum(row, column) + (accumulate ? Double(before[at]) : 0) : Double(before[at])
    }
  }

  @Test(arguments: ProductCase.table, [false, true]) func products(_ test: ProductCase, accumulate: Bool) {
    let a = Dice.floats(2 * test.floats, seed: 1).map { Double(Self.rounded($0)) }
    let b = Dice.floats(2 * test.inner * test.columns, seed: 2).map { Double(Self.rounded($0)) }
    let want = Self.expected(test, rows: test.lines * test.rows, accumulate: accumulate) { row, column in
      (0..<2 * test.inner).reduce(0.0) {
        $0 + a[2 * test.at(row / test.rows, row % test.rows, $1 / 2) + $1 % 2] * b[$1 * test.columns + column]
      }
    }
    for turned in [false, true] {
      expectClose(Self.multiply(test, turned: turned, accumulate: accumulate), want, tolerance: 1e-6 * (2 + Double(2 * test.inner).squareRoot()))
    }
  }

  @Test(arguments: ProductCase.table, [false, true]) func transposedProducts(_ test: ProductCase, accumulate: Bool) {
    for pixels in [2 * test.rows - 1, 2 * test.rows] {
      let stride = test.columns + test.gap, run = test.runs * test.run
      let a = Dice.floats(test.lines * pixels * run, seed: 1).map { Double(Self.rounded($0)) }
      let b = Dice.floats(test.lines * pixels * stride, seed: 2).map { Double(Self.rounded($0)) }
      let want = Self.expected(test, rows: test.inner, accumulate: accumulate) { k, column in
        (0..<test.lines * pixels).reduce(0.0) { $0 + a[$1 * run + k] * b[$1 * stride + column] }
      }
      expectClose(
        Self.multiplyTransposed(test, pixels: pixels, accumulate: accumulate), want,
        tolerance: 1e-6 * (2 + Double(test.lines * pixels).squareRoot()))
    }
  }

  /// Whatever multiplies them: instructions for bfloat16, or floats one after another in registers of any length.
  @Test(arguments: ProductCase.table) func sameBitsEverywhere(_ test: ProductCase) {
    let before = String(cString: segue_instruction_set())
    defer { _ = segue_use_instruction_set(before) }
    let sets: [String] = ["avx512", "avx512-without-bf16", "avx2", "portable"].filter { segue_use_instruction_set($0) }
    let results = sets.map { name in
      _ = segue_use_instruction_set(name)
      return (Self.multiply(test, turned: true, accumulate: true) + Self.multiplyTransposed(test, pixels: 2 * test.rows - 1, accumulate: false)).map(\.bitPattern)
    }
    #expect(results.allSatisfy { $0 == results[0] })
  }

  @Test(arguments: [(0, 0, 2, 3), (-1, -2, 4, 9), (3, 2, 5, 3), (-4, -4, 3, 3), (5, 6, 2, 2), (1, -1, 1, 8)], [0, 3])
  func paddedCopies(_ part: (top: Int, left: Int, height: Int, width: Int), gap: Int) {
    for shape in [Shape(2, 5, 6, 2), Shape(2, 5, 6, 16), Shape(2, 5, 6, 38, gap: 4), Shape(2, 5, 6, 70)] {
      let x = Map(shape), words = shape.channels / 2, stride = words + gap
      var to = [Float](repeating: 777, count: part.height * part.width * stride + 1)
      segue_copy_padded_bf16(x.map, 1, part.top, part.left, part.height, part.width, &to, stride)
      #expect(to.last == 777)
      for pixel in 0..<part.height * part.width {
        let row = part.top + pixel / part.width, column = part.left + pixel % part.width
        let isInside = (0..<shape.height).contains(row) && (0..<shape.width).contains(column)
        let want = Self.words((0..<shape.channels).map { isInside ? x[1, row, column, $0] : 0 })
        #expect(to[pixel * stride..<pixel * stride + words].map(\.bitPattern) == want.map(\.bitPattern))
      }
    }
  }
}
