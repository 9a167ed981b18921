/// Numbers on their way from one process to another, which both know by the same tag. The memory belongs to the message until it is over.
public struct Message {
  /// Where the numbers are read or written.
  public enum Direction {
    case send(UnsafePointer<Float>)
    case receive(UnsafeMutablePointer<Float>)
  }

  public let direction: Direction
  /// How many numbers, the same at both ends.
  public let count: Int
  /// The rank of the process at the other end.
  public let process: Int
  /// Tells messages between the same two processes apart; 0 or more.
  public let tag: Int
}

/// Messages that are under way together.
public protocol MessagesUnderWay: AnyObject {
  /// Whether all are over. Asking also moves them on.
  var areOver: Bool { get }
  /// Waits until they are.
  func wait()
}
