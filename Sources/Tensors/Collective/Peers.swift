/// The processes that compute together, each for whole shards of a batch (``ShardTeam``). All call the same methods in the same order.
public protocol Peers: Sendable {
  /// Of this process, from 0.
  var rank: Int { get }
  /// How many there are.
  var count: Int { get }
  /// As many numbers of every process, one process's after the other's.
  func gather(_ values: [Double]) -> [Double]
  /// Bytes of every process, which may be of different lengths.
  func gather(_ bytes: [UInt8]) -> [[UInt8]]
  /// Bytes of process 0.
  func broadcast(_ bytes: [UInt8]) -> [UInt8]
  /// Sends to every process its slice of these numbers, and receives its own slice of the numbers of every process.
  ///
  /// - Parameters:
  ///   - values: nil where this process has none this time.
  ///   - slices: of each process.
  ///   - senders: which processes have some.
  ///   - received: the slices one after the other, with gaps for those that have none.
  func scatter(_ values: UnsafeMutablePointer<Float>?, _ slices: [Range<Int>], from senders: [Bool], into received: UnsafeMutablePointer<Float>)
  /// Completes numbers of which every process has its slice.
  func complete(_ values: UnsafeMutablePointer<Float>, _ slices: [Range<Int>])
}

/// One process by itself.
public struct OneProcess: Peers {
  public init() {}
  public var rank: Int { 0 }
  public var count: Int { 1 }
  public func gather(_ values: [Double]) -> [Double] { values }
  public func gather(_ bytes: [UInt8]) -> [[UInt8]] { [bytes] }
  public func broadcast(_ bytes: [UInt8]) -> [UInt8] { bytes }
  public func scatter(_ values: UnsafeMutablePointer<Float>?, _ slices: [Range<Int>], from senders: [Bool], into received: UnsafeMutablePointer<Float>) {
    if let values { received.update(from: values + slices[0].lowerBound, count: slices[0].count) }
  }
  public func complete(_ values: UnsafeMutablePointer<Float>, _ slices: [Range<Int>]) {}
}
