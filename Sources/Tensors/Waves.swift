import Synchronization

/// Cosines and sines for `segue_picture_frequencies`, made in double precision and kept, because pictures of one size come one after
/// the other.
enum Waves {
  private struct Shape: Hashable { let length, count: Int }

  /// Of the process, not of a session: the numbers follow from the length alone, and a session would only compute them again.
  private static let kept = Mutex<[Shape: [Float]]>([:])
  /// How many tables are kept at most.
  private static let most = 32

  /// Of `length` values, the frequencies below `count`: a row for each value y up to the middle, or up to the first quarter where the
  /// length is even, with cos(2 pi k y / length) for each even frequency k, for each odd one, and then the sines likewise.
  static func table(_ length: Int, _ count: Int) -> [Float] {
    let shape = Shape(length: length, count: count)
    if let known = kept.withLock({ $0[shape] }) { return known }
    let made = make(length, count)
    kept.withLock {
      if $0.count >= most { $0.removeAll() }
      $0[shape] = made
    }
    return made
  }

  private static func make(_ length: Int, _ count: Int) -> [Float] {
    let turns = (0..<length).map { 2 * Double.pi * Double($0) / Double(length) }
    let cosines = turns.map { Float(cosine($0)) }, sines = turns.map { Float(sine($0)) }
    let frequencies = Array(stride(from: 0, to: count, by: 2)) + Array(stride(from: 1, to: count, by: 2))
    return (0...(length % 2 == 0 ? length / 4 : length / 2)).flatMap { y in
      frequencies.map { cosines[$0 * y % length] } + frequencies.map { sines[$0 * y % length] }
    }
  }
}
