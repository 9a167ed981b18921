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
  /// Begins messages to and from other processes, which begin theirs in an order of their own.
  func begin(_ messages: [Message]) -> any MessagesUnderWay
}

/// One process by itself.
public struct OneProcess: Peers {
  public init() {}
  public var rank: Int { 0 }
  public var count: Int { 1 }
  public func gather(_ values: [Double]) -> [Double] { values }
  public func gather(_ bytes: [UInt8]) -> [[UInt8]] { [bytes] }
  public func broadcast(_ bytes: [UInt8]) -> [UInt8] { bytes }
  public func begin(_ messages: [Message]) -> any MessagesUnderWay { preconditionFailure("there is no other process") }
}
