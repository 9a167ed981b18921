#if MPI
internal import CMPI
import Tensors
import Workbench

/// The processes that `mpirun` started together.
struct MPIPeers: Peers, Companions {
  let rank = Int(segue_mpi_rank())
  let count = Int(segue_mpi_size())

  func gather(_ values: [Double]) -> [Double] {
    [Double](unsafeUninitializedCapacity: values.count * count) { all, filled in
      segue_mpi_gather_doubles(values, Int32(values.count), all.baseAddress)
      filled = values.count * count
    }
  }

  func gather(_ bytes: [UInt8]) -> [[UInt8]] {
    segue_mpi_await_all()
    var counts = [Int32](repeating: 0, count: count)
    segue_mpi_gather_counts(Int32(bytes.count), &counts)
    let offsets = MPIPeers.offsets(counts)
    let all = [UInt8](unsafeUninitializedCapacity: Int(counts.reduce(0, +))) { all, filled in
      segue_mpi_gather_bytes(bytes, Int32(bytes.count), all.baseAddress, counts, offsets)
      filled = all.count
    }
    return zip(offsets, counts).map { Array(all[Int($0)..<Int($0 + $1)]) }
  }

  /// In portions, as lengths are of 32 bits.
  func broadcast(_ bytes: [UInt8]) -> [UInt8] {
    segue_mpi_await_all()
    var length = Int64(bytes.count)
    segue_mpi_broadcast(&length, Int32(MemoryLayout<Int64>.size))
    var all = rank == 0 ? bytes : [UInt8](repeating: 0, count: Int(length))
    all.withUnsafeMutableBytes { all in
      for start in stride(from: 0, to: all.count, by: 1 << 30) { segue_mpi_broadcast(all.baseAddress! + start, Int32(min(all.count - start, 1 << 30))) }
    }
    return all
  }

  func scatter(_ values: UnsafeMutablePointer<Float>?, _ slices: [Range<Int>], from senders: [Bool], into received: UnsafeMutablePointer<Float>) {
    let own = slices[rank].count
    segue_mpi_exchange(
      values ?? received, slices.map { values == nil ? 0 : Int32($0.count) }, slices.map { Int32($0.lowerBound) }, received,
      senders.map { $0 ? Int32(own) : 0 }, senders.indices.map { Int32($0 * own) })
  }

  func complete(_ values: UnsafeMutablePointer<Float>, _ slices: [Range<Int>]) {
    segue_mpi_complete(values, slices.map { Int32($0.count) }, slices.map { Int32($0.lowerBound) })
  }

  private static func offsets(_ counts: [Int32]) -> [Int32] {
    var next: Int32 = 0
    return counts.map { count in
      defer { next += count }
      return next
    }
  }
}
#endif
