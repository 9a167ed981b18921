internal import CMPI
import Tensors
import Workbench

/// The processes that `mpirun` started together.
struct MPIPeers: Peers, Companions {
  private let mpi: SegueMPI
  let rank: Int
  let count: Int

  /// Of processes that have been joined.
  init(_ mpi: SegueMPI) { (self.mpi, rank, count) = (mpi, Int(mpi.rank()), Int(mpi.size())) }

  func gather(_ values: [Double]) -> [Double] {
    [Double](unsafeUninitializedCapacity: values.count * count) { all, filled in
      mpi.gather_doubles(values, Int32(values.count), all.baseAddress)
      filled = values.count * count
    }
  }

  func gather(_ bytes: [UInt8]) -> [[UInt8]] {
    mpi.await_all()
    var counts = [Int32](repeating: 0, count: count)
    mpi.gather_counts(Int32(bytes.count), &counts)
    let offsets = counts.indices.map { counts[..<$0].reduce(0, +) }, total = Int(counts.reduce(0, +))
    let all = [UInt8](unsafeUninitializedCapacity: total) { all, filled in
      mpi.gather_bytes(bytes, Int32(bytes.count), all.baseAddress, counts, offsets)
      filled = total
    }
    return zip(offsets, counts).map { Array(all[Int($0)..<Int($0 + $1)]) }
  }

  /// In portions, as lengths are of 32 bits.
  func broadcast(_ bytes: [UInt8]) -> [UInt8] {
    mpi.await_all()
    var length = Int64(bytes.count)
    mpi.broadcast(&length, Int32(MemoryLayout<Int64>.size))
    var all = rank == 0 ? bytes : [UInt8](repeating: 0, count: Int(length))
    all.withUnsafeMutableBytes { all in
      guard let start = all.baseAddress else { return }
      for first in stride(from: 0, to: all.count, by: 1 << 30) { mpi.broadcast(start + first, Int32(min(all.count - first, 1 << 30))) }
    }
    return all
  }

  func begin(_ messages: [Message]) -> any MessagesUnderWay { MPIMessages(mpi, messages) }
}

/// Messages that MPI has begun.
private final class MPIMessages: MessagesUnderWay {
  private let mpi: SegueMPI
  private let set: UnsafeMutableRawPointer

  init(_ mpi: SegueMPI, _ messages: [Message]) {
    (self.mpi, set) = (mpi, mpi.messages(Int32(messages.count))!)
    for (index, message) in messages.enumerated() {
      switch message.direction {
      case .send(let values): mpi.send(set, Int32(index), values, Int32(message.count), Int32(message.process), Int32(message.tag))
      case .receive(let values): mpi.receive(set, Int32(index), values, Int32(message.count), Int32(message.process), Int32(message.tag))
      }
    }
  }

  deinit { wait(); mpi.forget(set) }

  var areOver: Bool { mpi.are_over(set) }
  func wait() { mpi.await(set) }
}
