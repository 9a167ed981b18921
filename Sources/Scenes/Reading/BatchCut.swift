/// The part of each batch that is read: some of the equal shards that it is cut into.
public struct BatchCut: Sendable, Hashable {
  public let shards: Int
  public let own: Range<Int>

  public init(shards: Int, own: Range<Int>) {
    precondition(shards > 0 && !own.isEmpty && own.clamped(to: 0..<shards) == own, "some of \(shards) shards")
    (self.shards, self.own) = (shards, own)
  }

  /// All of it, in one piece.
  public static let whole = BatchCut(shards: 1, own: 0..<1)

  /// The samples of each shard that is read, among those of a batch.
  func samples(of batch: Int) -> [Range<Int>] {
    precondition(batch % shards == 0, "\(batch) samples in \(shards) equal shards")
    return own.map { $0 * batch / shards..<($0 + 1) * batch / shards }
  }
}
