#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif
import Kernels
import Testing

@Suite struct OutputTests {
  /// Labels with some 255 and some that are just too large among them.
  private func labels(_ size: Enlargement, seed: Int) -> [UInt8] {
    var dice = Dice(seed)
    return (0..<size.low.images * size.height * size.width).map { _ in
      let value = Int(dice.next() % UInt64(size.low.channels + 2))
      return value > size.low.channels ? 255 : UInt8(value)
    }
  }

  @Test(arguments: Enlargement.table)
  func crossEntropy(size: Enlargement) {
    let logits = Map(size.low, scale: 5), upsampled = Upsampled(low: logits, height: size.height, width: size.width)
    let labels = labels(size, seed: 3), classes = size.low.channels
    let label = { (n: Int, y: Int, x: Int) in Int(labels[(n * size.height + y) * size.width + x]) }
    var loss = 0.0, valid = 0
    for n in 0..<size.low.images {
      loss += sum(size.height, size.width) { y, x in
        guard label(n, y, x) < classes else { return 0 }
        valid += 1
        return -log(upsampled.softmax(n, y, x)[label(n, y, x)])
      }
    }
    let gradient = upsampled.adjoint { n, y, x in
      guard label(n, y, x) < classes else { return [Double](repeating: 0, count: classes) }
      var values = upsampled.softmax(n, y, x)
      values[label(n, y, x)] -= 1
      return values.map { $0 * 1.5 / Double(valid) }
    }

    for accumulate in [false, true] {
      var counted = -1
      let d = Map(size.low, seed: 8), before = Map(size.low, seed: 8).values
      let have = segue_upsample_cross_entropy(logits.map, labels, size.height, size.width, 1.5, d.map, accumulate, &counted)
      #expect(counted == valid)
      #expect(abs(have - loss) <= 2e-6 * max(1, loss), "\(have) is not \(loss)")
      expectClose(d.values, zip(gradient, before).map { accumulate ? $0 + Double($1) : $0 }, tolerance: 1e-6)
      #expect(d.guardsIntact && logits.guardsIntact)
    }
    var counted = -1
    let alone = segue_upsample_cross_entropy(logits.map, labels, size.height, size.width, 1.5, .absent, false, &counted)
    #expect(abs(alone - loss) <= 2e-6 * max(1, loss) && counted == valid)
  }

  @Test func nothingButIgnored() {
    let logits = Map(Shape(2, 3, 4, 19)), d = Map(Shape(2, 3, 4, 19), seed: 2)
    var counted = -1
    let labels = [UInt8](repeating: 255, count: 2 * 20 * 30)
    let loss = segue_upsample_cross_entropy(logits.map, labels, 20, 30, 1, d.map, false, &counted)
    #expect(loss == 0 && counted == 0 && d.values.allSatisfy { $0 == 0 })
    let kept = Map(Shape(2, 3, 4, 19), seed: 2)
    _ = segue_upsample_cross_entropy(logits.map, labels, 20, 30, 1, kept.map, true, &counted)
    #expect(kept.values == Map(Shape(2, 3, 4, 19), seed: 2).values)
  }

  /// Logits hundreds apart: no overflow, and the loss of a wrong and certain prediction is their distance.
  @Test func certainAndWrong() {
    let logits = Map(Shape(1, 1, 1, 3))
    for (c, value) in [300, 0, -300].enumerated() { logits[0, 0, 0, c] = Float(value) }
    var counted = 0
    let loss = segue_upsample_cross_entropy(logits.map, [0, 1, 2], 1, 3, 1, .absent, false, &counted)
    #expect(loss == 900 && counted == 3)
  }

  @Test(arguments: Enlargement.table)
  func softmax(size: Enlargement) {
    let logits = Map(size.low, scale: 5), upsampled = Upsampled(low: logits, height: size.height, width: size.width)
    let full = size.low.sized(size.height, size.width)
    let p = Map(full, seed: 2), before = Map(full, seed: 2), q = Map(full, seed: 4)
    segue_upsample_softmax(logits.map, 0.5, p.map, true)
    var cache: (at: [Int], values: [Double]) = ([], [])
    let value = { (n: Int, y: Int, x: Int, c: Int) in
      if cache.at != [n, y, x] { cache = ([n, y, x], upsampled.softmax(n, y, x)) }
      return cache.values[c]
    }
    p.expect(tolerance: 3e-6) { Double(before[$0, $1, $2, $3]) + 0.5 * value($0, $1, $2, $3) }
    segue_upsample_softmax(logits.map, 1, p.map, false)
    p.expect(tolerance: 3e-6, value)

    let gradient = upsampled.adjoint { n, y, x in
      let values = upsampled.softmax(n, y, x), classes = 0..<full.channels
      let inner = classes.reduce(0) { $0 + values[$1] * Double(q[n, y, x, $1]) }
      return classes.map { values[$0] * (Double(q[n, y, x, $0]) - inner) }
    }
    for accumulate in [false, true] {
      let d = Map(size.low, seed: 8), old = Map(size.low, seed: 8).values
      segue_upsample_softmax_backward(p.map, q.map, d.map, accumulate)
      expectClose(d.values, zip(gradient, old).map { accumulate ? $0 + Double($1) : $0 }, tolerance: 5e-6)
      #expect(d.guardsIntact)
    }
  }

  /// Where the two largest logits are further apart than rounding, the class is the reference's; elsewhere it is one of the two.
  @Test(arguments: Enlargement.table, [0, 1])
  func argmaxOfLogits(size: Enlargement, confident: Int) {
    let logits = Map(size.low, scale: 2)
    // Large areas of one class, as in a trained network's answer, so that classes can be ruled out.
    for n in 0..<size.low.images * confident {
      for y in 0..<size.low.height { for x in 0..<size.low.width { logits[n, y, x, x / 4 % size.low.channels] += 10 } }
    }
    let upsampled = Upsampled(low: logits, height: size.height, width: size.width)
    var labels = [UInt8](repeating: 99, count: size.low.images * size.height * size.width)
    segue_upsample_argmax(logits.map, size.height, size.width, &labels)
    for n in 0..<size.low.images {
      for y in 0..<size.height {
        for x in 0..<size.width {
          let values = upsampled.logits(n, y, x), label = Int(labels[(n * size.height + y) * size.width + x])
          guard label < values.count, values[label] >= values.max()! - 1e-5 else {
            Issue.record("class \(label) at [\(n), \(y), \(x)]")
            return
          }
        }
      }
    }
  }

  @Test func tiesGoToTheSmallerClass() {
    let logits = Map(Shape(1, 3, 3, 19))
    for y in 0..<3 { for x in 0..<3 { for c in 0..<19 { logits[0, y, x, c] = c == 5 || c == 17 ? 1 : 0 } } }
    var labels = [UInt8](repeating: 0, count: 24 * 24)
    segue_upsample_argmax(logits.map, 24, 24, &labels)
    #expect(labels.allSatisfy { $0 == 5 })
    var (classes, confidence) = ([UInt8](repeating: 0, count: 9), [Float](repeating: 0, count: 9))
    segue_argmax(logits.map, &classes, &confidence)
    #expect(classes.allSatisfy { $0 == 5 } && confidence.allSatisfy { $0 == 1 })
  }

  @Test(arguments: Shape.table)
  func argmaxOfProbabilities(shape: Shape) {
    let p = Map(shape)
    var labels = [UInt8](repeating: 99, count: shape.pixels), confidence = [Float](repeating: 9, count: shape.pixels)
    segue_argmax(p.map, &labels, &confidence)
    let values = p.values
    for pixel in 0..<shape.pixels {
      let row = values[pixel * shape.channels..<(pixel + 1) * shape.channels]
      let best = row.max()!
      #expect(confidence[pixel] == best && Int(labels[pixel]) == row.firstIndex(of: best)! - row.startIndex)
    }
  }

  @Test(arguments: Shape.table, [Float(0), 1])
  func binaryCrossEntropy(shape: Shape, target: Float) {
    let x = Map(shape, scale: 12), d = Map(shape, seed: 2), count = Double(shape.pixels * shape.channels)
    let have = segue_binary_cross_entropy(x.map, target, 2, d.map)
    let want = x.values.reduce(0.0) { $0 + log1p(exp(target == 1 ? -Double($1) : Double($1))) } / count
    #expect(abs(have - want) <= 2e-6 * max(want, 1e-9), "\(have) is not \(want)")
    d.expect(tolerance: 1e-6) { 2 / count * (1 / (1 + exp(-Double(x[$0, $1, $2, $3]))) - Double(target)) }
    #expect(segue_binary_cross_entropy(x.map, target, 2, .absent) == have)
  }
}
