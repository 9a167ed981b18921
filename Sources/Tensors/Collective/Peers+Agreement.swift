/// What went wrong in another process.
public struct PeerError: Error, CustomStringConvertible {
  public let rank: Int
  public let words: String
  public var description: String { "process \(rank): \(words)" }
}

/// Thrown where a member stops because another one does, which says why.
public struct StoppedElsewhere: Error {
  public init() {}
}

extension Peers {
  /// Does what may go wrong in one process alone: it then goes wrong in all.
  ///
  /// - Throws: what this process's work threw; what `wish` makes where some process's error is one; else ``PeerError``.
  public func agreed<Result>(wish: (any Error) -> Bool, making stop: () -> any Error, _ work: () throws -> Result) throws -> Result {
    guard count > 1 else { return try work() }
    let result = Swift.Result { try work() }
    let kind: Kind
    if case .failure(let error) = result { kind = wish(error) ? .wish : error is StoppedElsewhere ? .elsewhere : .failed } else { kind = .done }
    let kinds = gather([Double(kind.rawValue)]).map { Kind(rawValue: Int($0)) }
    if kinds.allSatisfy({ $0 == .done }) { return try result.get() }
    if kinds.contains(.wish) {
      if kind == .wish { return try result.get() }
      throw stop()
    }
    var words = ""
    if case .failure(let error) = result { words = "\(error)" }
    let all = gather(Array(words.utf8))
    if kind == .failed { return try result.get() }
    let rank = kinds.firstIndex(of: .failed) ?? 0
    throw PeerError(rank: rank, words: String(decoding: all[rank], as: UTF8.self))
  }

  /// Whether it holds for all processes.
  public func agrees(_ holds: Bool) -> Bool { count == 1 ? holds : gather([holds ? 1 : 0]).allSatisfy { $0 == 1 } }
}

private enum Kind: Int { case done, wish, failed, elsewhere }
