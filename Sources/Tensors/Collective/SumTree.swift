/// In which order the numbers of shards are added: each half by itself, then both. A process that has a whole half
/// adds it by itself, so that one process and several compute the same bits.
struct SumTree {
  let shards: Int

  /// A part that is added by itself: the two that it is the sum of, or none for one shard.
  static func halves(of part: Range<Int>) -> (Range<Int>, Range<Int>)? {
    guard part.count > 1 else { return nil }
    let middle = part.lowerBound + (part.count + 1) / 2
    return (part.lowerBound..<middle, middle..<part.upperBound)
  }

  /// The largest parts of the tree that make up these shards, in their order.
  func pieces(of block: Range<Int>) -> [Range<Int>] {
    func pieces(_ part: Range<Int>) -> [Range<Int>] {
      if part.clamped(to: block) == part { return [part] }
      guard part.overlaps(block), let (left, right) = SumTree.halves(of: part) else { return [] }
      return pieces(left) + pieces(right)
    }
    return pieces(0..<shards)
  }

  /// Adds up a part, each half before the whole, as far as `isThere` does not say that its sum is there already. The sum of a part takes the
  /// place of its first shard's numbers.
  static func add(_ part: Range<Int>, unless isThere: (Range<Int>) -> Bool = { _ in false }, _ addTo: (_ first: Int, _ other: Int) -> Void) {
    guard !isThere(part), let (left, right) = halves(of: part) else { return }
    add(left, unless: isThere, addTo)
    add(right, unless: isThere, addTo)
    addTo(left.lowerBound, right.lowerBound)
  }
}
