package import Imaging

/// Few colours for many. A picture with few colours, such as a label map, keeps them exactly; another gets the means of boxes that halve its
/// colours again and again (median cut, Heckbert 1982), over colours of five bits a channel.
package enum ColourReduction {
  package struct Colour: Hashable { package var red, green, blue: UInt8 }

  /// The palette and each pixel's place in it; `limit` is at most 256.
  package static func reduce(_ image: Image, to limit: Int) -> (palette: [Colour], indices: [UInt8]) {
    exact(image, limit) ?? medianCut(image, limit)
  }

  private static func exact(_ image: Image, _ limit: Int) -> (palette: [Colour], indices: [UInt8])? {
    var places: [Colour: UInt8] = [:]
    var palette: [Colour] = []
    var indices = [UInt8](repeating: 0, count: image.size.area)
    for pixel in indices.indices {
      let colour = Colour(red: image.pixels[3 * pixel], green: image.pixels[3 * pixel + 1], blue: image.pixels[3 * pixel + 2])
      if let place = places[colour] { indices[pixel] = place; continue }
      guard palette.count < limit else { return nil }
      indices[pixel] = UInt8(palette.count)
      places[colour] = UInt8(palette.count)
      palette.append(colour)
    }
    return (palette, indices)
  }

  private static func medianCut(_ image: Image, _ limit: Int) -> (palette: [Colour], indices: [UInt8]) {
    var counts = [Int](repeating: 0, count: 1 << 15)
    func bin(_ pixel: Int) -> Int {
      Int(image.pixels[3 * pixel] >> 3) << 10 | Int(image.pixels[3 * pixel + 1] >> 3) << 5 | Int(image.pixels[3 * pixel + 2] >> 3)
    }
    for pixel in 0..<image.size.area { counts[bin(pixel)] += 1 }
    var boxes = [counts.indices.filter { counts[$0] > 0 }]
    var weights = [weight(boxes[0], counts)]
    while boxes.count < limit {
      // The box with the largest spread times the root of its population is cut; a box of one colour never.
      guard let choice = weights.indices.max(by: { weights[$0] < weights[$1] }), weights[choice] > 0 else { break }
      let (left, right) = halves(boxes[choice], counts)
      boxes[choice] = left
      boxes.append(right)
      weights[choice] = weight(left, counts)
      weights.append(weight(right, counts))
    }
    var place = [UInt8](repeating: 0, count: 1 << 15)
    let palette = boxes.enumerated().map { index, bins in
      for bin in bins { place[bin] = UInt8(index) }
      return mean(bins, counts)
    }
    return (palette, (0..<image.size.area).map { place[bin($0)] })
  }

  private static func channel(_ bin: Int, _ shift: Int) -> Int { bin >> shift & 31 }

  /// The channel in which the colours lie widest apart, as a shift, and how wide.
  private static func widest(_ bins: [Int]) -> (shift: Int, spread: Int) {
    var best = (shift: 10, spread: -1)
    for shift in [10, 5, 0] {
      var (low, high) = (31, 0)
      for bin in bins { (low, high) = (min(low, channel(bin, shift)), max(high, channel(bin, shift))) }
      if high - low > best.spread { best = (shift, high - low) }
    }
    return best
  }

  private static func weight(_ bins: [Int], _ counts: [Int]) -> Double {
    guard bins.count > 1 else { return 0 }
    return Double(widest(bins).spread) * Double(bins.reduce(0) { $0 + counts[$1] }).squareRoot()
  }

  private static func halves(_ bins: [Int], _ counts: [Int]) -> ([Int], [Int]) {
    let shift = widest(bins).shift
    let sorted = bins.sorted { (channel($0, shift), $0) < (channel($1, shift), $1) }
    let half = sorted.reduce(0) { $0 + counts[$1] } / 2
    var sum = 0
    var cut = 1
    for (index, bin) in sorted.enumerated().dropLast() {
      sum += counts[bin]
      cut = index + 1
      if sum >= half { break }
    }
    return (Array(sorted[..<cut]), Array(sorted[cut...]))
  }

  private static func mean(_ bins: [Int], _ counts: [Int]) -> Colour {
    let total = max(bins.reduce(0) { $0 + counts[$1] }, 1)
    func level(_ shift: Int) -> UInt8 {
      UInt8(min(bins.reduce(0) { $0 + (channel($1, shift) * 255 + 15) / 31 * counts[$1] } / total, 255))
    }
    return Colour(red: level(10), green: level(5), blue: level(0))
  }
}
