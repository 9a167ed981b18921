import Synchronization

/// A value that is computed when it is first asked for, by whichever thread.
final class Lazily<Value: Sendable>: Sendable {
  private let known = Mutex<Value?>(nil)
  private let compute: @Sendable () throws -> Value

  init(_ compute: @escaping @Sendable () throws -> Value) { self.compute = compute }

  var value: Value {
    get throws {
      try known.withLock { known in
        if let known { return known }
        let value = try compute()
        known = value
        return value
      }
    }
  }
}
