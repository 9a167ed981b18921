import Foundation
import Kernels
import Testing

/// Winograd's minimal filtering against sums in double precision: outputs, the gradient of the inputs, the gradient of the taps.
@Suite struct WinogradTests {
  /// Values are sums of some hundred products; with tiles of 4x4 rounding is about five times that of the sums themselves, with tiles of
  /// 6x6 four times that, with windows of 4x4 twice.
  static func tolerance(_ form: SegueFiltering) -> Double { form == SEGUE_F6X3 ? 2e-4 : form == SEGUE_F4X4 ? 1e-4 : 5e-5 }

  struct Case: Sendable, CustomTestStringConvertible {
    let form: SegueFiltering
    let input: Shape
    let columns: Int
    var taps: Int { form == SEGUE_F4X2 ? 2 : form == SEGUE_F4X4 ? 4 : 3 }
    var outputs: Int { form == SEGUE_F6X3 ? 6 : form == SEGUE_F2X3 ? 2 : 4 }
    var points: Int { outputs + taps - 1 }
    var places: Int { points * points }
    var padding: Int { taps - 2 }
    /// A window of three keeps the size with a border of one; a window of two has none and loses a row and a column; one of four has two and gains
    /// them.
    var output: Shape { Shape(input.images, input.height + 2 * padding - taps + 1, input.width + 2 * padding - taps + 1, columns, gap: input.gap) }
    var testDescription: String { "form \(form.rawValue), \(input.testDescription) to \(columns)" }

    func tiles(_ shape: Shape) -> Int {
      shape.images * ((shape.height + outputs - 1) / outputs) * ((shape.width + outputs - 1) / outputs)
    }

    /// Whole tiles and parts of them, on every side of the border; channels on both sides of sixteen; slices.
    static let table: [Case] = [SEGUE_F6X3, SEGUE_F4X3, SEGUE_F2X3, SEGUE_F4X2, SEGUE_F4X4].flatMap { form in
      [
        Case(form: form, input: Shape(2, 9, 13, 20), columns: 19), Case(form: form, input: Shape(1, 16, 8, 40, gap: 8), columns: 48),
        Case(form: form, input: Shape(1, 5, 3, 3), columns: 7), Case(form: form, input: Shape(1, 2, 2, 1), columns: 1),
        Case(form: form, input: Shape(3, 4, 4, 16), columns: 33),
      ]
    }
    /// Forms whose taps have a gradient.
    static let trained = table.filter { $0.form != SEGUE_F6X3 }

    /// Where taps of `channels` x `columns` lie, the last column of them lacking or not, or flipped.
    func layout(_ weights: UnsafePointer<Float>?, _ channels: Int, _ columns: Int, isShort: Bool = false, isTurned: Bool = false) -> SegueTaps {
      SegueTaps(
        weights: weights, first: isTurned ? taps * taps - 1 : 0, down: isTurned ? -taps : taps, across: isTurned ? -1 : 1, height: taps,
        width: isShort ? taps - 1 : taps, channels: channels, columns: columns)
    }

    /// Tap (p, q) of output (i, j) is input (i + p - padding, j + q - padding).
    func eachTerm(_ body: (_ output: (Int, Int, Int), _ input: (Int, Int, Int), _ tap: Int) -> Void) {
      for n in 0..<input.images {
        for i in 0..<output.height {
          for j in 0..<output.width {
            for tap in 0..<taps * taps {
              let y = i + tap / taps - padding, x = j + tap % taps - padding
              if (0..<input.height).contains(y), (0..<input.width).contains(x) { body((n, i, j), (n, y, x), tap) }
            }
          }
        }
      }
    }
  }

  /// The places of all tiles times the weights of each place.
  private func multiply(_ test: Case, _ from: [Float], _ inner: Int, _ filters: [Float], _ columns: Int, tiles: Int) -> [Float] {
    var to = [Float](repeating: .nan, count: test.places * tiles * columns)
    let stride = segue_packed_floats(inner, columns)
    for place in 0..<test.places {
      from.withUnsafeBufferPointer { from in
        to.withUnsafeMutableBufferPointer { to in
          filters.withUnsafeBufferPointer { filters in
            let rows = SegueRows(
              data: from.baseAddress! + place * tiles * inner, lines: 1, rows: tiles, line_stride: 0, row_stride: inner, runs: 1, run: inner, run_stride: 0)
            segue_multiply_packed(
              rows, filters.baseAddress! + place * stride, columns,
              SegueGrid(data: to.baseAddress! + place * tiles * columns, line_stride: 0, row_stride: columns), false, .none)
          }
        }
      }
    }
    return to
  }

  /// One line of places of `filters`.
  private func pack(
    _ test: Case, _ line: Int, _ weights: [Float], _ channels: Int, _ columns: Int, _ rows: Range<Int>, _ part: Range<Int>, inner: Int, at row: Int,
    turned: Bool = false, _ filters: inout [Float], _ stride: Int
  ) {
    weights.withUnsafeBufferPointer { weights in
      filters.withUnsafeMutableBufferPointer { filters in
        segue_winograd_pack(
          test.form, Int32(line), test.layout(weights.baseAddress, channels, columns, isTurned: turned), rows.lowerBound, rows.count, part.lowerBound, part.count, inner, row,
          filters.baseAddress! + line * test.points * stride, stride)
      }
    }
  }

  /// Parts of the rows and of the columns, as tasks make them, are parts of the whole, to the bit.
  @Test(arguments: Case.table) func partsOfFilters(_ test: Case) {
    let channels = test.input.channels, columns = test.columns, weights = Dice.floats(test.taps * test.taps * channels * columns, seed: 2)
    let stride = segue_packed_floats(channels, columns)
    var filters = [Float](repeating: .nan, count: test.places * stride)
    for line in 0..<test.points { pack(test, line, weights, channels, columns, 0..<channels, 0..<columns, inner: channels, at: 0, &filters, stride) }
    #expect(!filters.contains { $0.isNaN })
    let rows = channels / 3..<channels, line = test.points - 1
    let width = segue_panel_columns()
    for first in Swift.stride(from: 0, to: columns, by: width) {
      let part = first..<min(first + width, columns), partStride = segue_packed_floats(rows.count, part.count)
      var panel = [Float](repeating: .nan, count: test.places * partStride)
      pack(test, line, weights, channels, columns, rows, part, inner: rows.count, at: 0, &panel, partStride)
      for place in line * test.points..<test.places {
        let want = filters[place * stride + first * channels..<(place + 1) * stride].dropFirst(rows.lowerBound * partStride / rows.count).prefix(partStride)
        #expect(Array(want) == Array(panel[place * partStride..<(place + 1) * partStride]))
      }
    }
  }

  /// Whether they are written past the caches or not, and whether or not that is possible where they go.
  @Test(arguments: Case.table) func streamedInputs(_ test: Case) throws {
    let x = Map(test.input), channels = test.input.channels, tiles = test.tiles(test.output), rowStride = (channels + 15) / 16 * 16
    let tiling = SegueTiling(form: test.form, height: test.output.height, width: test.output.width), placeStride = tiles * rowStride
    let count = test.places * placeStride
    let plain = try #require(segue_allocate(count)), streamed = try #require(segue_allocate(count + 1))
    defer {
      free(plain)
      free(streamed)
    }
    for offset in 0...1 {
      for at in 0..<count { (plain[at], streamed[offset + at]) = (7, 7) }
      for (to, isStreamed) in [(plain, false), (streamed + offset, true)] {
        segue_winograd_input(tiling, 0, tiles, x.map, 1, 1, -test.padding, -test.padding, to, placeStride, rowStride, isStreamed)
      }
      #expect((0..<count).allSatisfy { plain[$0] == streamed[offset + $0] })
    }
  }

  @Test(arguments: Case.table) func outputs(_ test: Case) {
    let x = Map(test.input), y = Map(test.output, seed: 9), channels = test.input.channels, columns = test.columns
    let weights = Dice.floats(test.taps * test.taps * channels * columns, seed: 2)
    let tiling = SegueTiling(form: test.form, height: test.output.height, width: test.output.width), tiles = test.tiles(test.output)
    var inputs = [Float](repeating: .nan, count: test.places * tiles * channels)
    segue_winograd_input(tiling, 0, tiles, x.map, 1, 1, -test.padding, -test.padding, &inputs, tiles * channels, channels, false)
    let stride = segue_packed_floats(channels, columns)
    var filters = [Float](repeating: .nan, count: test.places * stride)
    // In two parts, as callers that share the packing out do.
    for (first, rows) in [(0, channels / 2), (channels / 2, channels - channels / 2)] {
      for line in 0..<test.points { pack(test, line, weights, channels, columns, first..<first + rows, 0..<columns, inner: channels, at: first, &filters, stride) }
    }
    let outputs = multiply(test, inputs, channels, filters, columns, tiles: tiles)
    segue_winograd_output(tiling, 0, tiles, outputs, tiles * columns, columns, y.map, 1, 0, 0, false, .none)

    var want = [Double](repeating: 0, count: y.values.count)
    test.eachTerm { output, input, tap in
      for k in 0..<columns {
        let at = ((output.0 * test.output.height + output.1) * test.output.width + output.2) * columns + k
        for c in 0..<channels { want[at] += Double(x[input.0, input.1, input.2, c]) * Double(weights[(tap * channels + c) * columns + k]) }
      }
    }
    expectClose(y.values, want, tolerance: Self.tolerance(test.form))
    #expect(y.guardsIntact)
    // Added to what is there, and with a factor, a summand and a floor.
    segue_winograd_output(tiling, 0, tiles, outputs, tiles * columns, columns, y.map, 1, 0, 0, true, .none)
    expectClose(y.values, want.map { 2 * $0 }, tolerance: 2 * Self.tolerance(test.form))
    let scale = Dice.floats(columns, seed: 5), shift = Dice.floats(columns, seed: 6)
    scale.withUnsafeBufferPointer { scale in
      shift.withUnsafeBufferPointer { shift in
        let after = SegueEpilogue(scale: scale.baseAddress, shift: shift.baseAddress, slope: 0)
        segue_winograd_output(tiling, 0, tiles, outputs, tiles * columns, columns, y.map, 1, 0, 0, false, after)
      }
    }
    expectClose(y.values, want.enumerated().map { max(0, $1 * Double(scale[$0 % columns]) + Double(shift[$0 % columns])) }, tolerance: Self.tolerance(test.form))
  }

  /// Outputs that are written past the caches are those that are added to zeros, which never are; parts of tiles among them.
  @Test(arguments: [SEGUE_F6X3, SEGUE_F4X3, SEGUE_F2X3, SEGUE_F4X2, SEGUE_F4X4]) func largeOutputs(_ form: SegueFiltering) throws {
    let shape = Shape(1, 130, 255, 32), test = Case(form: form, input: shape, columns: 32), tiles = test.tiles(shape)
    let tiling = SegueTiling(form: form, height: shape.height, width: shape.width), count = shape.height * shape.width * 32
    let at = Dice.floats(test.places * tiles * 32, seed: 4), written = try #require(segue_allocate(count)), added = try #require(segue_allocate(count))
    defer {
      free(written)
      free(added)
    }
    written.update(repeating: .nan, count: count)
    added.update(repeating: 0, count: count)
    for (data, accumulate) in [(written, false), (added, true)] {
      let map = SegueMap(data: data, images: 1, height: shape.height, width: shape.width, channels: 32, stride: 32)
      segue_winograd_output(tiling, 0, tiles, at, tiles * 32, 32, map, 1, 0, 0, accumulate, .none)
    }
    #expect((0..<count).allSatisfy { written[$0] == added[$0] })
  }

  @Test(arguments: Case.table) func gradientsOfInputs(_ test: Case) {
    let dx = Map(test.input, seed: 9), dy = Map(test.output, seed: 3), channels = test.input.channels, columns = test.columns
    let weights = Dice.floats(test.taps * test.taps * channels * columns, seed: 2)
    // Transposed, twice side by side, the second time at an odd column, as views of different channel counts lie.
    let all = 2 * channels, matrix = channels * columns
    var turned = [Float](repeating: .nan, count: test.taps * test.taps * 2 * matrix)
    turned.withUnsafeMutableBufferPointer { turned in
      weights.withUnsafeBufferPointer { weights in
        for tap in 0..<test.taps * test.taps {
          for offset in [0, channels] {
            segue_transposed(weights.baseAddress! + tap * matrix, columns, channels, columns, turned.baseAddress! + tap * 2 * matrix + offset, all)
          }
        }
      }
    }
    let tiling = SegueTiling(form: test.form, height: test.input.height, width: test.input.width), tiles = test.tiles(test.input)
    let before = test.taps - 1 - test.padding
    var inputs = [Float](repeating: .nan, count: test.places * tiles * columns)
    segue_winograd_input(tiling, 0, tiles, dy.map, 1, 1, -before, -before, &inputs, tiles * columns, columns, false)
    let stride = segue_packed_floats(columns, all)
    var filters = [Float](repeating: 0, count: test.places * stride)
    for line in 0..<test.points { pack(test, line, turned, columns, all, 0..<columns, 0..<all, inner: columns, at: 0, turned: true, &filters, stride) }
    let outputs = multiply(test, inputs, columns, filters, all, tiles: tiles)
    var want = [Double](repeating: 0, count: dx.values.count)
    test.eachTerm { output, input, tap in
      for c in 0..<channels {
        let at = ((input.0 * test.input.height + input.1) * test.input.width + input.2) * channels + c
        for k in 0..<columns { want[at] += Double(dy[output.0, output.1, output.2, k]) * Double(weights[(tap * channels + c) * columns + k]) }
      }
    }
    for offset in [0, channels] {
      outputs.withUnsafeBufferPointer {
        segue_winograd_output(tiling, 0, tiles, $0.baseAddress! + offset, tiles * all, all, dx.map, 1, 0, 0, false, .none)
      }
      expectClose(dx.values, want, tolerance: Self.tolerance(test.form))
    }
    #expect(dx.guardsIntact)
  }

  @Test(arguments: Case.trained) func gradientsOfTaps(_ test: Case) {
    let x = Map(test.input), dy = Map(test.output, seed: 3), channels = test.input.channels, columns = test.columns
    let tiling = SegueTiling(form: test.form, height: test.output.height, width: test.output.width), tiles = test.tiles(test.output)
    var inputs = [Float](repeating: .nan, count: test.places * tiles * channels)
    segue_winograd_input(tiling, 0, tiles, x.map, 1, 1, -test.padding, -test.padding, &inputs, tiles * channels, channels, false)
    let stride = segue_packed_floats(tiles, columns)
    var gradients = [Float](repeating: 0, count: test.places * stride), sums = [Float](repeating: .nan, count: test.places * channels * columns)
    segue_winograd_output_gradient(tiling, 0, tiles, dy.map, &gradients, stride, tiles, 0)
    for place in 0..<test.places {
      inputs.withUnsafeBufferPointer { inputs in
        gradients.withUnsafeBufferPointer { gradients in
          sums.withUnsafeMutableBufferPointer { sums in
            let rows = SegueRows(
              data: inputs.baseAddress! + place * tiles * channels, lines: 1, rows: tiles, line_stride: 0, row_stride: channels, runs: 1, run: channels,
              run_stride: 0)
            let packed = gradients.baseAddress! + place * stride
            segue_multiply_transposed_packed(
              rows, packed, packed, columns, sums.baseAddress! + place * channels * columns, columns, false)
          }
        }
      }
    }
    var want = [Double](repeating: 0, count: test.taps * test.taps * channels * columns)
    test.eachTerm { output, input, tap in
      for c in 0..<channels {
        for k in 0..<columns {
          want[(tap * channels + c) * columns + k] += Double(x[input.0, input.1, input.2, c]) * Double(dy[output.0, output.1, output.2, k])
        }
      }
    }
    let start = Dice.floats(want.count, seed: 7)
    let added = gradient(test, sums, channels, columns, from: start, accumulate: true)
    expectClose(added, zip(start, want).map { Double($0) + $1 }, tolerance: Self.tolerance(test.form))
    let written = gradient(test, sums, channels, columns, from: [Float](repeating: .nan, count: want.count), accumulate: false)
    expectClose(written, want, tolerance: Self.tolerance(test.form))
  }

  /// Taps that a filter lacks are 0, and have no gradient.
  @Test(arguments: Case.trained.filter { $0.taps % 2 == 0 }) func lackingTaps(_ test: Case) {
    let channels = test.input.channels, columns = test.columns, size = channels * columns, count = test.taps * test.taps
    var weights = Dice.floats(count * size, seed: 2)
    let stride = segue_packed_floats(channels, columns), lacking = (0..<count).filter { $0 % test.taps == test.taps - 1 }
    func filters(isShort: Bool) -> [Float] {
      var filters = [Float](repeating: .nan, count: test.places * stride)
      weights.withUnsafeBufferPointer { weights in
        for line in 0..<test.points {
          filters.withUnsafeMutableBufferPointer {
            segue_winograd_pack(
              test.form, Int32(line), test.layout(weights.baseAddress, channels, columns, isShort: isShort), 0, channels, 0, columns, channels, 0,
              $0.baseAddress! + line * test.points * stride, stride)
          }
        }
      }
      return filters
    }
    let short = filters(isShort: true), sums = Dice.floats(test.places * size, seed: 3)
    for tap in lacking { weights.replaceSubrange(tap * size..<(tap + 1) * size, with: repeatElement(0, count: size)) }
    #expect(short == filters(isShort: false))
    for place in Swift.stride(from: test.points - 1, to: test.places, by: test.points) {
      #expect(short[place * stride..<(place + 1) * stride].allSatisfy { $0 == 0 }, "at infinity there is the last tap alone")
    }

    let start = Dice.floats(weights.count, seed: 7)
    var some = gradient(test, sums, channels, columns, from: start, accumulate: true)
    for tap in lacking { some.replaceSubrange(tap * size..<(tap + 1) * size, with: start[tap * size..<(tap + 1) * size]) }
    #expect(gradient(test, sums, channels, columns, from: start, accumulate: true, isShort: true) == some)
  }

  /// In four parts, as tasks share it out.
  private func gradient(
    _ test: Case, _ sums: [Float], _ channels: Int, _ columns: Int, from start: [Float], accumulate: Bool, isShort: Bool = false
  ) -> [Float] {
    var gradient = start, spoiled = false
    sums.withUnsafeBufferPointer { sums in
      for rows in [0..<channels / 2, channels / 2..<channels] {
        for part in [0..<columns / 2, columns / 2..<columns] {
          segue_winograd_taps_gradient(
            test.form, sums.baseAddress! + rows.lowerBound * columns + part.lowerBound, channels * columns, columns,
            test.layout(nil, channels, columns, isShort: isShort), rows.lowerBound, rows.count, part.lowerBound, part.count, &gradient, accumulate, &spoiled)
        }
      }
    }
    #expect(spoiled == gradient.contains { !$0.isFinite })
    return gradient
  }
}

extension SegueEpilogue {
  static var none: SegueEpilogue { SegueEpilogue(scale: nil, shift: nil, slope: 1) }
}
