/// How long each node of a plan took, forward and backward, summed over runs: for benchmarks.
public final class LayerTimes {
  public struct Entry: Sendable {
    public var forward = Duration.zero
    public var backward = Duration.zero
  }

  /// By index in `Graph.nodes`.
  public private(set) var entries: [Int: Entry] = [:]
  public init() {}

  func forward(_ node: Int, _ work: () -> Void) { entries[node, default: Entry()].forward += ContinuousClock().measure(work) }
  func backward(_ node: Int, _ work: () -> Void) { entries[node, default: Entry()].backward += ContinuousClock().measure(work) }
}
