/// Random numbers that depend on what they are for and on nothing else.
///
/// A stream is named by (seed, purpose, epoch, sample): whatever else was drawn before, on whichever thread, the same stream gives
/// the same numbers. That is what lets one change of a parameter change nothing else, and what lets training continue to the same
/// bits. The generator is Philox4x32-10 (Salmon et al., *Parallel Random Numbers: As Easy as 1, 2, 3*, SC 2011).
///
///     var crops = RandomStream(seed: 7, purpose: "crop", epoch: 3, sample: 12)
///     let x = crops.integer(below: 100)
public struct RandomStream: RandomNumberGenerator, Sendable {
  private let key: (UInt32, UInt32)
  private let name: (UInt32, UInt32, UInt32)
  private var block: UInt32 = 0
  private var words: (UInt64, UInt64) = (0, 0)
  private var left = 0

  /// The stream for `purpose` within `epoch` for `sample`, all of them non-negative.
  public init(seed: UInt64, purpose: String, epoch: Int = 0, sample: Int = 0) {
    precondition(epoch >= 0 && sample >= 0, "epochs and samples are counted from 0")
    key = (UInt32(truncatingIfNeeded: seed), UInt32(truncatingIfNeeded: seed >> 32))
    name = (RandomStream.hash(purpose), UInt32(truncatingIfNeeded: epoch), UInt32(truncatingIfNeeded: sample))
  }

  public mutating func next() -> UInt64 {
    if left == 0 {
      let out = Philox.block(counter: (block, name.0, name.1, name.2), key: key)
      words = (UInt64(out.0) | UInt64(out.1) << 32, UInt64(out.2) | UInt64(out.3) << 32)
      block += 1
      left = 2
    }
    left -= 1
    return left == 1 ? words.0 : words.1
  }

  /// A number in [low, high), of 24 random bits; `low` where the range is empty.
  public mutating func uniform(_ low: Float = 0, _ high: Float = 1) -> Float {
    let number = low + (high - low) * (Float(next() >> 40) * 0x1p-24)
    return number < high ? number : max(low, high.nextDown)  // rounding can reach the end that does not belong
  }

  /// A number from the normal distribution with mean 0 and deviation 1, by Box and Muller.
  public mutating func normal() -> Float {
    let radius = (-2 * logarithm(1 - uniform())).squareRoot()
    return radius * cosine(2 * Float.pi * uniform())
  }

  /// An integer in 0..<`count`.
  public mutating func integer(below count: Int) -> Int {
    precondition(count > 0, "there is no integer below \(count)")
    return Int(next().multipliedFullWidth(by: UInt64(count)).high)
  }

  /// True with this probability.
  public mutating func chance(_ probability: Float) -> Bool { uniform() < probability }

  /// The integers 0..<`count` in random order.
  public mutating func permutation(of count: Int) -> [Int] {
    var order = Array(0..<count)
    for last in stride(from: count - 1, to: 0, by: -1) { order.swapAt(last, integer(below: last + 1)) }
    return order
  }

  /// FNV-1a over the bytes of the purpose: streams need distinct names, not secret ones.
  private static func hash(_ purpose: String) -> UInt32 {
    purpose.utf8.reduce(2_166_136_261) { ($0 ^ UInt32($1)) &* 16_777_619 }
  }
}
