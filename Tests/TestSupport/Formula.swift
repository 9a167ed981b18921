/// The integer formula that makes the weights, images and labels of the fixtures, here and in `scripts/pytorch/formula.py`.
public enum Formula {
  /// FNV-1a of the name.
  public static func salt(_ name: String) -> UInt32 { name.utf8.reduce(2_166_136_261) { ($0 ^ UInt32($1)) &* 16_777_619 } }

  private static func hashes(_ name: String, _ count: Int) -> [UInt32] {
    let salt = salt(name)
    return (0..<count).map { i in
      var h = UInt32(truncatingIfNeeded: i) &* 2_654_435_761 &+ salt &* 2_246_822_519
      h = (h ^ h >> 15) &* 2_246_822_519
      h = (h ^ h >> 13) &* 3_266_489_917
      return h ^ h >> 16
    }
  }

  /// In [-1, 1), times `scale` (a power of two), plus `offset`.
  public static func values(_ name: String, count: Int, scale: Double = 1, offset: Double = 0) -> [Float] {
    hashes(name, count).map { Float((Double($0 >> 8) * 0x1p-23 - 1) * scale + offset) }
  }

  /// Train ids in blocks of 4 x 4 pixels, `[images, height, width]`; 255 in four of 23 blocks.
  public static func labels(_ name: String, images: Int, height: Int, width: Int) -> [UInt8] {
    let rows = (height + 3) / 4, columns = (width + 3) / 4
    let blocks = hashes(name, images * rows * columns).map { h -> UInt8 in h % 23 < 19 ? UInt8(h % 23) : 255 }
    var labels: [UInt8] = []
    labels.reserveCapacity(images * height * width)
    for image in 0..<images {
      for y in 0..<height { for x in 0..<width { labels.append(blocks[(image * rows + y / 4) * columns + x / 4]) } }
    }
    return labels
  }

  /// A parameter or running statistic of this published name and shape.
  public static func parameter(_ name: String, shape: [Int]) -> [Float] {
    let count = shape.reduce(1, *), last = name.split(separator: ".").last.map(String.init) ?? name
    if shape.count == 4 { return values(name, count: count, scale: power(fanIn: shape[1] * shape[2] * shape[3])) }
    switch last {
    case "running_mean": return values(name, count: count, scale: 0.125)
    case "running_var": return values(name, count: count, scale: 0.25, offset: 1)
    case "weight": return values(name, count: count, scale: 0.25, offset: 1)
    default: return values(name, count: count, scale: name.contains("bn") || name.contains("avd_layer") || name.contains("downsample") ? 0.125 : 0.0625)
    }
  }

  /// The largest power of two whose square times `fanIn` is at most 12.
  public static func power(fanIn: Int) -> Double {
    var power = 256.0
    while Double(fanIn) * power * power > 12 { power /= 2 }
    return power
  }
}

extension [UInt8] {
  /// How often each of 0, 1, 2 ... occurs, as fixtures state it.
  public func histogram(upTo count: Int?) -> [Int] {
    var counts = [Int](repeating: 0, count: 256)
    for value in self { counts[Int(value)] += 1 }
    return Swift.Array(counts.prefix(count ?? 256))
  }
}
