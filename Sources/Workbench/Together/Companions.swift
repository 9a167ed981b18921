/// The processes that evaluate the same statements together. Process 0 leads: it has session, store and screen. The others follow: they read
/// the same store, write nothing, and take part where a command is shared (``Command/isShared``).
public protocol Companions: Sendable {
  /// Of this process, from 0.
  var rank: Int { get }
  /// How many there are.
  var count: Int { get }
  /// Bytes of every process, for as long as it takes until all are there.
  func gather(_ bytes: [UInt8]) -> [[UInt8]]
  /// Bytes of process 0, the same.
  func broadcast(_ bytes: [UInt8]) -> [UInt8]
}

extension Companions {
  var leads: Bool { rank == 0 }
  func tell(_ message: CourseMessage) { _ = broadcast(message.bytes) }
  func hear() -> CourseMessage { CourseMessage(broadcast([])) }
}
