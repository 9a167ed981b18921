/// Those who compute one result together. Everything that is summed over samples goes through it: gradients, the moments of batch
/// normalisation, the counts that losses are divided by, confusion counts. All members call the same methods in the same order.
///
/// By default there is one member, ``Alone``, and nothing is done. A ``ShardTeam`` has one for each part of a batch, whichever process computes it.
public protocol Collective: Sendable {
  /// Of this member, from 0.
  var rank: Int { get }
  /// How many there are.
  var size: Int { get }
  /// As many numbers of every member, in the order of ranks, the same everywhere.
  func gather(_ values: [Double]) -> [[Double]]
  /// Replaces numbers by their sums over the members, added in an order that depends on how many there are alone.
  func sum(_ values: UnsafeMutableBufferPointer<Float>)
  /// Says of a part of the numbers whose ``sum(_:)`` will be asked for next that nobody reads or writes it before, so that the others may have
  /// it while this member goes on computing.
  func isReady(_ part: Range<Int>, of values: UnsafeMutableBufferPointer<Float>)
  /// Changes memory that the members of this process have in common: one of them does it, once all have come here.
  func once(_ change: () -> Void)
}

/// One member by itself.
public struct Alone: Collective {
  public init() {}
  public var rank: Int { 0 }
  public var size: Int { 1 }
  public func gather(_ values: [Double]) -> [[Double]] { [values] }
  public func sum(_ values: UnsafeMutableBufferPointer<Float>) {}
}

extension Collective {
  public func isReady(_ part: Range<Int>, of values: UnsafeMutableBufferPointer<Float>) {}

  /// Of members that have nothing in common.
  public func once(_ change: () -> Void) { change() }
}

extension Collective {
  public var isAlone: Bool { size == 1 }

  /// The sums of each number over the members.
  public func sums(_ values: [Double]) -> [Double] {
    guard !isAlone else { return values }
    return gather(values).reduce([Double](repeating: 0, count: values.count)) { zip($0, $1).map(+) }
  }

  /// What part of everybody's samples this member has, by which a mean over its own counts in the mean over all: 1 for one member, and
  /// where nobody has any.
  public func share(of count: Int) -> Double {
    guard !isAlone else { return 1 }
    let total = sums([Double(count)])[0]
    return total == 0 ? 1 : Double(count) / total
  }

  /// Whether something holds for every member.
  public func agrees(_ holds: Bool) -> Bool { isAlone ? holds : sums([holds ? 0 : 1])[0] == 0 }

  /// Which of `count` pieces of work are this member's.
  public func part(of count: Int) -> [Int] { Array(stride(from: rank, to: count, by: size)) }
}
