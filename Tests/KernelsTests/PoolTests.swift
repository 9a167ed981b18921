import FoundationEssentials
import Glibc
import Kernels
import Synchronization
import Testing

/// Counts how often each task ran, and tries to share out work within tasks as well.
private final class Tally {
  let counts: UnsafeMutableBufferPointer<Int32>
  init(_ count: Int) {
    counts = .allocate(capacity: count)
    counts.initialize(repeating: 0)
  }
  deinit { counts.deallocate() }

  func run() {
    segue_parallel(counts.count, { context, index in
      context!.assumingMemoryBound(to: Int32.self)[index] += 1
    }, counts.baseAddress)
  }
  var eachRan: Int32? { counts.allSatisfy { $0 == counts[0] } ? counts.first : nil }
}

@Suite struct PoolTests {
  @Test(arguments: [1, 2, 3, 7, 100, 10_000])
  func everyTaskRunsOnce(count: Int) {
    let tally = Tally(count)
    for _ in 0..<50 { tally.run() }
    #expect(tally.eachRan == 50)
  }

  @Test func noTasks() { segue_parallel(0, { _, _ in Issue.record("there was no task") }, nil) }

  @Test func withinATask() {
    let inner = Tally(64 * 32)
    segue_parallel(64, { context, index in
      let counts = context!.assumingMemoryBound(to: Int32.self) + index * 32
      segue_parallel(32, { counts, index in counts!.assumingMemoryBound(to: Int32.self)[index] += 1 }, counts)
    }, inner.counts.baseAddress)
    #expect(inner.eachRan == 1)
  }

  @Test func manyCallersAtOnce() async {
    await withTaskGroup(of: Int32?.self) { group in
      for _ in 0..<8 {
        group.addTask {
          let tally = Tally(17)
          for _ in 0..<500 { tally.run() }
          return tally.eachRan
        }
      }
      for await ran in group { #expect(ran == 500) }
    }
  }

  /// Also where the number of threads was said and nobody has asked for the processors: in a process of its own, which is as fresh.
  @Test(.enabled(if: sysconf(Int32(_SC_NPROCESSORS_ONLN)) > 1)) func workersAreTiedToOneProcessor() async {
    await #expect(processExitsWith: .exitCode(0)) {
      unsetenv("SEGUE_PIN")
      segue_set_thread_count(2)
      Tally(1000).run()
      let tasks = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/task")) ?? []
      let tied = tasks.count { task in
        let status = FileManager.default.contents(atPath: "/proc/self/task/\(task)/status").map { String(decoding: $0, as: UTF8.self) } ?? ""
        let list = status.split(separator: "\n").first { $0.hasPrefix("Cpus_allowed_list:") }?.split(separator: "\t").last ?? "-"
        return Int(list) != nil
      }
      exit(tied == 1 ? 0 : 1)
    }
  }

  /// The caller's first task ends when all others have: so the worker must do the rest of the caller's share, and does its own before that.
  @Test(.enabled(if: sysconf(Int32(_SC_NPROCESSORS_ONLN)) > 1)) func aShareIsTakenInOrderAndItsRestFromTheEnd() async {
    await #expect(processExitsWith: .exitCode(0)) {
      segue_set_thread_count(2)
      let order = Mutex<[Int]>([])
      withUnsafePointer(to: order) { order in
        segue_parallel(64, { context, index in
          let order = context!.assumingMemoryBound(to: Mutex<[Int]>.self)
          if index > 0 { order.pointee.withLock { $0.append(index) } } else { while order.pointee.withLock({ $0.count < 63 }) { sched_yield() } }
        }, UnsafeMutableRawPointer(mutating: order))
      }
      exit(order.withLock { $0 } == Array(32..<64) + (1..<32).reversed() ? 0 : 1)
    }
  }

  @Test func scratchIsAlignedAndApart() {
    let slots = (0..<4).map { segue_scratch(Int32($0), 1000 * ($0 + 1))! }
    for (slot, data) in slots.enumerated() {
      #expect(Int(bitPattern: data) % 64 == 0)
      for i in 0..<1000 * (slot + 1) { data[i] = Float(slot) }
    }
    for (slot, data) in slots.enumerated() { #expect(data[999] == Float(slot)) }
    #expect(segue_scratch(0, 10) == slots[0], "a smaller request gets the same buffer")
  }
}
