import Adaptation
import Language
import Tensors
import Workbench

// Batches that are computed in parts.
extension Train {
  /// Every batch must be cut into equal parts, of which each process has as many.
  func checkShards(_ peers: any Peers) throws {
    let data = try data()
    guard shards % peers.count == 0 else {
      throw Diagnostic(
        "\(counted(peers.count, "process", "processes")) cannot share \(counted(shards, "shard")) of a batch", at: $shards ?? $model?.range,
        remedy: "shards= must be a multiple of the number of processes, such as shards=\(peers.count)")
    }
    guard shards > 1 else { return }
    for stream in data.streams where stream.batch % shards != 0 {
      let isOwn = stream.name == .target && targetbatch != nil, name = isOwn ? "targetbatch" : "batch"
      throw Diagnostic(
        "a batch of \(counted(stream.batch, "image")) cannot be cut into \(shards) equal shards", at: $shards ?? (isOwn ? $targetbatch : $batch),
        remedy: "\(name)= must be a multiple of shards=, such as \(name)=\((stream.batch / shards + 1) * shards)")
    }
  }

  /// What `explain` says of them.
  func shardWords(_ data: TrainingData) -> Phrase? {
    guard data.shards > 1 else { return nil }
    let parts = data.streams.map { "\($0.batch / data.shards)" + ($0.name == .source ? "" : " of the \($0.name == .target ? "target" : "pseudo-labels")") }
    return "each step is computed in \(data.shards) shards of \(parts.joined(separator: " and ")) each, and their sums in one order: the result does not depend on who computes them"
  }
}
