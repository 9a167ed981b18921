import Synchronization

/// The wish that what is running should stop. Safe to raise from any thread and from a signal handler.
public final class Interrupt: Sendable {
  private let flag = Atomic<Bool>(false)

  public init() {}

  public func request() { flag.store(true, ordering: .relaxed) }
  public var isRequested: Bool { flag.load(ordering: .relaxed) }

  /// Forgets the wish, before the next work begins. Whoever starts the work calls it, once: a wish that comes between two statements of one
  /// script is meant for the script.
  public func reset() { flag.store(false, ordering: .relaxed) }
}

/// Thrown by ``Context/step(_:)`` where somebody asked to stop.
public struct Interrupted: Error, Sendable {
  /// Whether what was done is written down, so that the same statement goes on from there.
  public internal(set) var goesOn = false
  public init() {}
}
