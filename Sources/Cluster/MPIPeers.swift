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

  func scatter(_ values: UnsafeMutablePointer<Float>?, _ slices: [Range<Int>], from senders: [Bool], into received: UnsafeMutablePointer<Float>) {
    let own = slices[rank].count
    mpi.exchange(
      values ?? received, slices.map { values == nil ? 0 : Int32($0.count) }, slices.map { Int32($0.lowerBound) }, received,
      senders.map { $0 ? Int32(own) : 0 }, senders.indices.map { Int32($0 * own) })
  }

  func complete(_ values: UnsafeMutablePointer<Float>, _ slices: [Range<Int>]) {
    mpi.complete(values, slices.map { Int32($0.count) }, slices.map { Int32($0.lowerBound) })
  }
}
