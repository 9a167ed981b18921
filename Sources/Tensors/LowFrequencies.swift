internal import Kernels

/// The lowest spatial frequencies of a colour picture, without a transform of the whole: two thin matrix products, first along the
/// columns, then along the rows.
///
/// What `Spectrum` holds of the same frequencies, to rounding. The work grows with the frequencies asked for, where that of a transform
/// does not: `isQuicker` says which to take.
///
///     var low = LowFrequencies(of: pixels, height: 512, width: 1024, vertical: 5, horizontal: 5)
///     low[0, -3, 2]        // channel 0, vertical frequency -3, horizontal frequency 2
public struct LowFrequencies: Sendable, Hashable {
  public static let channels = 3

  public let height: Int
  public let width: Int
  /// The largest frequencies, at most half a side: all from `-vertical` to `vertical` and from `-horizontal` to `horizontal` are held.
  public let vertical: Int
  public let horizontal: Int
  /// The products with cosines and with sines, `[cos and sin along x][3][cos and sin along y]`.
  private var sums: [Float]

  /// No frequency of a picture of this size.
  public init(height: Int, width: Int, vertical: Int, horizontal: Int) {
    precondition(0...height / 2 ~= vertical && 0...width / 2 ~= horizontal, "a picture has frequencies up to half its sides")
    (self.height, self.width, self.vertical, self.horizontal) = (height, width, vertical, horizontal)
    sums = [Float](repeating: 0, count: 4 * (vertical + 1) * (horizontal + 1) * LowFrequencies.channels)
  }

  /// Those of `pixels`, `[height, width, 3]`.
  public init(of pixels: [Float], height: Int, width: Int, vertical: Int, horizontal: Int) {
    precondition(pixels.count == LowFrequencies.channels * height * width, "a picture has 3 values a pixel")
    self.init(height: height, width: width, vertical: vertical, horizontal: horizontal)
    segue_picture_frequencies(
      pixels, height, width, LowFrequencies.channels, Waves.table(height, vertical + 1), vertical + 1,
      Waves.table(width, horizontal + 1), horizontal + 1, &sums)
  }

  /// Whether this is quicker than a transform of the whole: measured with two threads, it is up to some 350 frequencies in both
  /// directions together, and to more in pictures that no cache holds (sizes from 480x360 to 2048x1024).
  public static func isQuicker(_ frequencies: (vertical: Int, horizontal: Int), height: Int, width: Int) -> Bool {
    frequencies.vertical + frequencies.horizontal <= max(350, (height + width) / 5)
  }

  /// A coefficient, real part first. Setting it sets the negative frequency's too, to the conjugate: that is how real pictures are.
  public subscript(channel: Int, vertical: Int, horizontal: Int) -> SIMD2<Float> {
    get { coefficient(at: places(channel, vertical, horizontal), vertical, horizontal) }
    set { add(newValue - self[channel, vertical, horizontal], at: places(channel, vertical, horizontal), vertical, horizontal) }
  }

  /// What `change` makes of each frequency's coefficients here and in `other`, a picture of the same size. It is called once for every
  /// frequency and channel, not for the negatives of frequencies.
  public func combined(
    with other: LowFrequencies, by change: (_ channel: Int, _ vertical: Int, _ horizontal: Int, _ own: SIMD2<Float>, _ other: SIMD2<Float>) -> SIMD2<Float>
  ) -> LowFrequencies {
    precondition((height, width, vertical, horizontal) == (other.height, other.width, other.vertical, other.horizontal), "other frequencies")
    var combined = LowFrequencies(height: height, width: width, vertical: vertical, horizontal: horizontal)
    for v in 0...vertical {
      for u in -horizontal...horizontal where !isNegativeOfAnother(v, u) {
        for channel in 0..<LowFrequencies.channels {
          let place = places(channel, v, u)
          combined.add(change(channel, v, u, coefficient(at: place, v, u), other.coefficient(at: place, v, u)), at: place, v, u)
        }
      }
    }
    return combined
  }

  /// Every frequency once that is not another one's negative.
  public var frequencies: [(vertical: Int, horizontal: Int)] {
    (0...vertical).flatMap { v in (-horizontal...horizontal).compactMap { u in isNegativeOfAnother(v, u) ? nil : (v, u) } }
  }

  /// `pixels` and the picture of these frequencies: the way back, which divides by the number of pixels.
  public func added(to pixels: [Float]) -> [Float] {
    precondition(pixels.count == LowFrequencies.channels * height * width, "a picture has 3 values a pixel")
    let (rows, columns) = (vertical + 1, horizontal + 1), share = 1 / Float(height * width)
    var scaled = sums
    // A frequency that is not its own negative occurs twice.
    let upright = (0..<2 * rows).map { share * (isItsNegative($0 % rows, height) ? 1 : 2) }
    for along in 0..<2 * columns {
      let twice: Float = isItsNegative(along % columns, width) ? 1 : 2
      for channel in 0..<LowFrequencies.channels {
        let first = (along * LowFrequencies.channels + channel) * 2 * rows
        for up in 0..<2 * rows { scaled[first + up] *= twice * upright[up] }
      }
    }
    return [Float](unsafeUninitializedCapacity: pixels.count) { out, count in
      segue_add_picture_frequencies(
        pixels, scaled, height, width, LowFrequencies.channels, Waves.table(height, rows), rows, Waves.table(width, columns), columns,
        out.baseAddress!)
      count = pixels.count
    }
  }

  /// Where the four sums of a frequency lie: the first word is the wave along y, the second that along x.
  private typealias Places = (cosCos: Int, sinCos: Int, cosSin: Int, sinSin: Int)

  private func places(_ channel: Int, _ vertical: Int, _ horizontal: Int) -> Places {
    let rows = self.vertical + 1, columns = self.horizontal + 1
    let first = (abs(horizontal) * LowFrequencies.channels + channel) * 2 * rows + abs(vertical)
    let up = rows, along = columns * LowFrequencies.channels * 2 * rows
    return (first, first + up, first + along, first + along + up)
  }

  private func coefficient(at place: Places, _ vertical: Int, _ horizontal: Int) -> SIMD2<Float> {
    let (sine, cosine) = (sign(vertical), sign(horizontal))
    return SIMD2(
      sums[place.cosCos] - sine * cosine * sums[place.sinSin], -(sine * sums[place.sinCos] + cosine * sums[place.cosSin]))
  }

  private mutating func add(_ change: SIMD2<Float>, at place: Places, _ vertical: Int, _ horizontal: Int) {
    let (sine, cosine) = (sign(vertical), sign(horizontal))
    let rises = !isItsNegative(vertical, height), runs = !isItsNegative(horizontal, width)
    // A wave that leans one way and its mirror image, which leans the other way, share the four sums.
    let change = change * (rises && runs ? 0.5 : 1)
    sums[place.cosCos] += change.x
    if rises { sums[place.sinCos] -= sine * change.y }
    if runs { sums[place.cosSin] -= cosine * change.y }
    if rises && runs { sums[place.sinSin] -= sine * cosine * change.x }
  }

  private func sign(_ frequency: Int) -> Float { frequency < 0 ? -1 : 1 }

  /// True for frequency 0 and for half the side.
  private func isItsNegative(_ frequency: Int, _ side: Int) -> Bool { frequency == 0 || 2 * abs(frequency) == side }

  private func isNegativeOfAnother(_ vertical: Int, _ horizontal: Int) -> Bool {
    horizontal < 0 && (isItsNegative(vertical, height) || isItsNegative(horizontal, width))
  }
}
