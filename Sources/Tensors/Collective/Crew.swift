internal import Dispatch

/// Threads that work in turn, one at a time: whose turn it is has all of the pool for its calls. The caller is the first of them, and the turn
/// goes round at each ``meet(_:last:)`` and at the end.
final class Crew: Sendable {
  let size: Int
  private let rota: Rota

  /// - Throws: ``CrewError`` where the system grants no thread.
  init(_ size: Int) throws {
    precondition(size > 0, "a crew has a member")
    let rota = Rota(size)
    (self.size, self.rota) = (size, rota)
    for member in 1..<max(size, 1) {
      guard DetachedThread.start({ rota.serve(member) }) else { throw CrewError(threads: size) }
    }
  }

  deinit { rota.close() }

  /// What every member makes.
  ///
  /// - Throws: what the first of them threw, once all have ended.
  func run<Result>(_ work: (_ member: Int) throws -> Result) throws -> [Result] {
    var results = [Swift.Result<Result, any Error>?](repeating: nil, count: size)
    withoutActuallyEscaping({ member in results[member] = Swift.Result { try work(member) } }) { rota.go($0) }
    return try results.map { result in
      guard let result else { preconditionFailure("every member has worked") }
      return try result.get()
    }
  }

  /// Waits for the others, in work that all do alike. The last of them does something for all before anybody goes on.
  func meet(_ member: Int, last: () -> Void) {
    if member == size - 1 { last() }
    rota.pass(from: member)
  }
}

/// The system has no room for the threads of a crew.
public struct CrewError: Error, CustomStringConvertible {
  let threads: Int
  public var description: String { "the system grants no \(threads) threads" }
}

/// Whose turn it is. Unchecked, as only the thread whose turn it is reads or writes; the semaphores order what one wrote before what the next reads.
private final class Rota: @unchecked Sendable {
  private let gates: [DispatchSemaphore]
  private var work: ((Int) -> Void)?
  /// Counted, so that a member that was called too often is noticed.
  private var round = 0
  private var isClosed = false

  init(_ size: Int) { gates = (0..<size).map { _ in DispatchSemaphore(value: 0) } }

  /// The first member's part of a piece of work, and the turns of the others until all have ended.
  func go(_ work: @escaping (Int) -> Void) {
    self.work = work
    round += 1
    work(0)
    pass(from: 0)
    self.work = nil
  }

  /// Gives the turn to the next one, and waits for it to come round.
  func pass(from member: Int) {
    guard gates.count > 1 else { return }
    gates[(member + 1) % gates.count].signal()
    gates[member].wait()
  }

  /// What the thread of a member does.
  func serve(_ member: Int) {
    var served = 0
    gates[member].wait()
    while !isClosed {
      precondition(served != round, "all members call the same methods in the same order")
      served = round
      work?(member)
      pass(from: member)
    }
  }

  func close() {
    isClosed = true
    for gate in gates.dropFirst() { gate.signal() }
  }
}
