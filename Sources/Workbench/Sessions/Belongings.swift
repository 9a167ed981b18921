import Synchronization

/// What the commands of one session share besides values, such as samples that were decoded: one thing of each type, which is made when
/// it is first asked for and goes with the session. It may save time, and has no influence on values.
public final class Belongings: Sendable {
  private let things = Mutex<[ObjectIdentifier: any Sendable]>([:])

  public init() {}

  /// The thing of this type.
  public func thing<Thing: Sendable>(_ make: () -> Thing) -> Thing {
    things.withLock { things in
      if let thing = things[ObjectIdentifier(Thing.self)] as? Thing { return thing }
      let thing = make()
      things[ObjectIdentifier(Thing.self)] = thing
      return thing
    }
  }
}
