import Language
public import Tensors
public import Workbench

/// The processes that take part in trainings and evaluations.
private struct Processes: Sendable {
  let peers: any Peers
}

extension Belongings {
  /// One process, unless others have joined.
  var peers: any Peers { thing { Processes(peers: OneProcess()) }.peers }

  /// From the beginning, these take part.
  public func join(_ peers: any Peers) { _ = thing { Processes(peers: peers) } }
}

extension Peers {
  /// Does what may go wrong, or be interrupted, in one process: it then is in all.
  func agreed<Result>(_ work: () throws -> Result) throws -> Result {
    try agreed(wish: { $0 is Interrupted }, making: { Interrupted() }, work)
  }

  /// Images are shared out among the processes, which have one place each.
  func collective() throws -> any Collective { count > 1 ? try ShardTeam(count, peers: self).members[0] : Alone() }
}
