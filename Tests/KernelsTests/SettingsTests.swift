#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif
import Kernels
import Testing

/// A kernel's results from the same input, wherever and however it runs.
struct Sample: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let results: @Sendable () -> [Float]

  init(_ name: String, _ results: @escaping @Sendable () -> [Float]) { (testDescription, self.results) = (name, results) }

  private static let shapes = [Shape(2, 50, 60, 19), Shape(1, 40, 70, 8), Shape(2, 33, 31, 64), Shape(2, 90, 70, 4, gap: 4)]

  static let table: [Sample] = ofMaps + ofPictures

  /// The way there and the way back; odd sides have other symmetries than even ones.
  private static func lowFrequencies(_ height: Int, _ width: Int) -> Sample {
    Sample("low frequencies of \(height)x\(width)") {
      let pixels = Dice.floats(3 * height * width, seed: 4), (upright, flat) = (waves(height, 9), waves(width, 17))
      var frequencies = [Float](repeating: 0, count: 4 * 9 * 17 * 3), picture = pixels
      segue_picture_frequencies(pixels, height, width, 3, upright, 9, flat, 17, &frequencies)
      segue_add_picture_frequencies(pixels, frequencies, height, width, 3, upright, 9, flat, 17, &picture)
      return frequencies + picture.map { $0 / 1000 }
    }
  }

  /// Kernels of bytes and of whole pictures, at sizes that fill no block.
  private static let ofPictures: [Sample] = [
    Sample("pairs of labels") {
      var dice = Dice(3), counts = [UInt64](repeating: 0, count: 361)
      let rows = (0..<300_001).map { _ -> UInt8 in UInt8(dice.next() % 23) }
      let columns = (0..<300_001).map { (i: Int) -> UInt8 in UInt8(i / 100 % 21) }
      segue_count_pairs(rows, columns, rows.count, 19, &counts)
      return counts.map { Float($0) }
    },
    lowFrequencies(37, 101), lowFrequencies(38, 100),
    Sample("resampled bytes") {
      var dice = Dice(5)
      let height = 41, width = 53, made = 19
      let pixels = (0..<3 * height * width).map { _ -> UInt8 in UInt8(dice.next() % 256) }
      let starts = (0..<made).map { (i: Int) -> Int32 in Int32(2 * i) }
      let counts = (0..<made).map { (i: Int) -> Int32 in Int32(i % 3 + 1) }
      let weights = (0..<3 * made).map { (i: Int) -> Int32 in
        let count = Int32(i / 3 % 3 + 1), place = Int32(i % 3)
        return place < count ? (1 << 22) / count + 1000 * place : 0
      }
      var rows = [UInt8](repeating: 0, count: 3 * height * made), both = [UInt8](repeating: 0, count: 3 * made * made)
      segue_resample_rows(pixels, height, width, starts, counts, weights, 3, made, &rows)
      segue_resample_columns(rows, height, 3 * made, starts, counts, weights, 3, made, &both)
      return (rows + both).map { Float($0) }
    },
  ]

  private static func waves(_ length: Int, _ count: Int) -> [Float] {
    let frequencies = Array(stride(from: 0, to: count, by: 2)) + Array(stride(from: 1, to: count, by: 2))
    return (0...(length % 2 == 0 ? length / 4 : length / 2)).flatMap { (y: Int) -> [Float] in
      let turns = frequencies.map { (k: Int) -> Double in 2 * Double.pi * Double(k * y) / Double(length) }
      return turns.map { Float(cos($0)) } + turns.map { Float(sin($0)) }
    }
  }

  /// Both ways; half of the numbers are equal, as behind a ReLU.
  private static func maxPool(_ shape: Shape) -> Sample {
    Sample("max pool \(shape.testDescription)") {
      let window = Window(shape: shape, kernel: 3, step: 2, padding: 1), x = Map(shape), y = Map(window.output, seed: 2), d = Map(shape, seed: 3)
      segue_leaky_relu(x.map, 0, x.map)
      segue_max_pool(x.map, 3, 2, 1, y.map)
      let pooled = y.values, dy = Map(window.output, seed: 4)
      segue_max_pool_backward(x.map, dy.map, 3, 2, 1, d.map, true)
      return pooled + d.values
    }
  }

  private static let ofMaps: [Sample] = shapes.flatMap { shape in
    let c = shape.channels, named = shape.testDescription
    return [
      Sample("moments \(named)") {
        var (mean, variance) = ([Float](repeating: 0, count: c), [Float](repeating: 0, count: c))
        let x = Map(shape)
        segue_channel_moments(x.map, &mean, &variance)
        return mean + variance
      },
      Sample("affine sums \(named)") {
        let rows = (4..<7).map { Dice.floats(c, seed: $0) }
        var (g, gx) = ([Float](repeating: 0, count: c), [Float](repeating: 0, count: c))
        let x = Map(shape), y = Map(shape, seed: 2)
        segue_channel_affine_sums(x.map, y.map, rows[0], rows[1], true, rows[2], &g, &gx)
        return g + gx
      },
      Sample("pixel sums \(named)") {
        let sums = Map(shape.sized(1, 1))
        let x = Map(shape)
        segue_pixel_sums(x.map, 1, sums.map, false)
        return sums.values
      },
      Sample("gate sums \(named)") {
        let sums = Map(shape.sized(1, 1))
        let x = Map(shape), y = Map(shape, seed: 2)
        segue_gate_sums(x.map, y.map, sums.map, false)
        return sums.values
      },
      Sample("bias backward \(named)") {
        var gradient = [Float](repeating: 0, count: c)
        let x = Map(shape)
        segue_bias_backward(x.map, &gradient)
        return gradient
      },
      Sample("depthwise weights \(named)") {
        let window = Window(shape: shape, kernel: 3, step: 2, padding: 1)
        var gradient = [Float](repeating: 0, count: 9 * c)
        let x = Map(shape), y = Map(window.output, seed: 2)
        segue_depthwise_backward_weights(x.map, y.map, 3, 2, 1, &gradient)
        return gradient
      },
      Sample("cross-entropy \(named)") {
        let low = shape.sized(9, 17), d = Map(low, seed: 5)
        let labels = (0..<shape.images * 64 * 130).map { UInt8($0 / 7 % (c + 1)) }
        var counted = 0
        let x = Map(low, scale: 3)
        let loss = segue_upsample_cross_entropy(x.map, labels, 64, 130, 1, d.map, true, &counted)
        return [Float(loss), Float(counted)] + d.values
      },
      Sample("entropy \(named)") {
        let low = shape.sized(9, 17), d = Map(low, seed: 5)
        let x = Map(low, scale: 3)
        let mean = segue_upsample_entropy(x.map, 64, 130, c == 8, 1e-6, 1, d.map, true)
        return [Float(mean)] + d.values
      },
      Sample("softmax and backwards \(named)") {
        let low = shape.sized(5, 9), p = Map(shape.sized(40, 72)), d = Map(low)
        let x = Map(low, scale: 3)
        segue_upsample_softmax(x.map, 1, p.map, false)
        let q = Map(p.shape, seed: 3)
        segue_upsample_softmax_backward(p.map, q.map, d.map, false)
        return p.values + d.values
      },
      maxPool(shape),
      Sample("binary cross-entropy \(named)") {
        let d = Map(shape)
        let x = Map(shape, scale: 4)
        return [Float(segue_binary_cross_entropy(x.map, 1, 1, d.map))] + d.values
      },
    ]
  }
}

/// Tests that change what is global: the number of threads and the instruction set. One after the other; tests elsewhere hold under
/// any setting.
@Suite(.serialized) struct SettingsTests {
  @Test(arguments: Sample.table)
  func sameBitsAtAnyNumberOfThreads(sample: Sample) {
    let before = segue_thread_count()
    defer { segue_set_thread_count(before) }
    let bits = [1, 2, 3, 8].map { count in
      segue_set_thread_count(Int32(count))
      return sample.results().map(\.bitPattern)
    }
    for (index, other) in bits.enumerated() where other != bits[0] { Issue.record("other bits at setting \(index)") }
  }

  @Test(arguments: Sample.table)
  func instructionSetsAgree(sample: Sample) {
    let before = segue_instruction_set()
    defer { _ = segue_use_instruction_set(before) }
    #expect(segue_use_instruction_set("portable"))
    let wanted = sample.results()
    for name in ["avx2", "avx512"] where segue_use_instruction_set(name) {
      #expect(String(cString: segue_instruction_set()) == name)
      expectClose(sample.results(), wanted.map { Double($0) }, tolerance: 1e-5)
    }
  }

  /// Those that this processor has.
  static let available: [String] = {
    let before = segue_instruction_set()
    defer { _ = segue_use_instruction_set(before) }
    return ["portable", "avx2", "avx512"].filter { segue_use_instruction_set($0) }
  }()

  /// Max pooling selects and adds, so that no bit depends on the instruction set.
  @Test(arguments: Sample.table.filter { $0.testDescription.hasPrefix("max pool") })
  func sameBitsInEveryInstructionSet(sample: Sample) {
    let before = segue_instruction_set()
    defer { _ = segue_use_instruction_set(before) }
    #expect(segue_use_instruction_set("portable"))
    let wanted = sample.results().map(\.bitPattern)
    for name in ["avx2", "avx512"] where segue_use_instruction_set(name) { #expect(sample.results().map(\.bitPattern) == wanted, "\(name)") }
  }

  /// Each against the reference in double precision, which the suite of the products has.
  @Test(arguments: available)
  func productsOfEveryInstructionSet(name: String) {
    let before = segue_instruction_set()
    defer { _ = segue_use_instruction_set(before) }
    #expect(segue_use_instruction_set(name))
    let tests = MatrixTests()
    for test in ProductCase.table {
      for accumulate in [false, true] {
        tests.products(test, accumulate: accumulate)
        tests.transposedProducts(test, accumulate: accumulate)
      }
    }
  }

  @Test func unknownInstructionSet() {
    let before = String(cString: segue_instruction_set())
    #expect(!segue_use_instruction_set("abacus"))
    #expect(String(cString: segue_instruction_set()) == before)
  }

  @Test(arguments: [(0, 1), (3, 3), (1000, 256)])
  func threadCounts(wish: Int32, count: Int32) {
    let before = segue_thread_count()
    segue_set_thread_count(wish)
    #expect(segue_thread_count() == count)
    segue_set_thread_count(before)
  }
}
