internal import Glibc
public import Tensors

/// Online hard example mining, as STDC-Seg has it (Fan et al., CVPR 2021; Shrivastava et al., CVPR 2016): of a batch the pixels count whose label
/// is given less than this probability, or where they are too few the hardest.
public struct HardPixels: Sendable, Hashable {
  /// From which a pixel is easy.
  public var probability: Float
  /// The least share of a batch's pixels, ignored ones included, that count.
  public var least: Float

  public init(probability: Float = 0.7, least: Float = 1 / 16) { (self.probability, self.least) = (probability, least) }

  /// The labels of the hard pixels, 255 elsewhere, and how many pixels the mean is over: more than have labels where those are too few.
  ///
  /// - Parameters:
  ///   - losses: the cross-entropy of each pixel, 0 where it is ignored.
  ///   - collective: those whose pixels are chosen from together; the count is of all.
  public func kept(_ labels: [UInt8], losses: [Float], collective: any Collective = Alone()) -> (labels: [UInt8], count: Int) {
    precondition(labels.count == losses.count, "one loss a pixel")
    let threshold = -logf(probability), all = collective.sums([Double(labels.count), Double(losses.count { $0 > threshold })])
    let wanted = Int(all[0] * Double(least)), harder = Int(all[1])
    if harder > wanted { return (zip(labels, losses).map { $1 > threshold ? $0 : 255 }, harder) }
    let last = HardPixels.value(ofRank: wanted, in: losses, collective)
    let counts = collective.gather([Double(losses.count { $0 > last }), Double(losses.count { $0 == last })])
    // Of pixels as hard as the last one the first ones, as many as there is room for.
    var room = wanted - counts.reduce(0) { $0 + Int($1[0]) } - counts[..<collective.rank].reduce(0) { $0 + Int($1[1]) }
    return (zip(labels, losses).map { label, loss in
      if loss > last { return label }
      guard loss == last, room > 0 else { return 255 }
      room -= 1
      return label
    }, wanted)
  }

  /// The smallest of the `rank` largest of everybody's numbers, none of which is negative; infinity where none is asked for.
  private static func value(ofRank rank: Int, in losses: [Float], _ collective: any Collective) -> Float {
    guard rank > 0 else { return .infinity }
    // Floats that are not negative are in the order of their bits: first the upper half is found, then the lower.
    func half(_ bits: (UInt32) -> UInt16?, _ rank: Int) -> (value: UInt16, rank: Int) {
      var counts = [Int](repeating: 0, count: 1 << 16), left = rank
      for loss in losses { if let value = bits(max(loss, 0).bitPattern) { counts[Int(value)] += 1 } }
      if !collective.isAlone { counts = collective.sums(counts.map(Double.init)).map { Int($0) } }
      for value in counts.indices.reversed() {
        if counts[value] >= left { return (UInt16(value), left) }
        left -= counts[value]
      }
      preconditionFailure("there are fewer than \(rank) losses")
    }
    let upper = half({ UInt16($0 >> 16) }, rank)
    let lower = half({ UInt16($0 >> 16) == upper.value ? UInt16(truncatingIfNeeded: $0) : nil }, upper.rank)
    return Float(bitPattern: UInt32(upper.value) << 16 | UInt32(lower.value))
  }
}
