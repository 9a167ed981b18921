internal import Console
internal import Synchronization
package import Workbench

/// Between the thread that talks to front ends and the one that evaluates: requests one way, frames the other, and the wish to stop.
package final class Mailbox: Sendable {
  private struct State {
    var requests: [KernelMessage] = []
    var outgoing: [(channel: Channel, frames: [[UInt8]])] = []
    var isEvaluating = false
    /// No request is taken any more.
    var isClosing = false
    /// Nothing is sent any more.
    var isClosed = false
  }

  private let state = Mutex(State())
  private let worker: WakePipe
  /// Wakes the thread that talks.
  let wake: WakePipe
  private let interrupt: Interrupt

  /// - Parameter interrupt: the wish that Ctrl-C raises at the prompt.
  package init(_ interrupt: Interrupt) throws {
    self.interrupt = interrupt
    (worker, wake) = (try WakePipe(), try WakePipe())
  }

  // MARK: The thread that talks

  package func deliver(_ request: KernelMessage) {
    state.withLock { $0.requests.append(request) }
    worker.wake()
  }

  /// Asks the cell that is being evaluated to stop; nothing where none is.
  package func interruptEvaluation() { state.withLock { if $0.isEvaluating { interrupt.request() } } }

  /// No more requests: what is evaluated stops at its next step, and keeps what it has.
  package func close() {
    state.withLock { state in
      (state.isClosing, state.requests) = (true, [])
      if state.isEvaluating { interrupt.request() }
    }
    worker.wake()
  }

  /// What is to be sent now, and whether that is the last of it.
  func takeOutgoing() -> (frames: [(channel: Channel, frames: [[UInt8]])], isLast: Bool) {
    state.withLock { state in
      defer { state.outgoing = [] }
      return (state.outgoing, state.isClosed)
    }
  }

  // MARK: The thread that evaluates

  /// The next request, waited for; nil where the kernel was asked to end.
  package func next() -> KernelMessage? {
    while true {
      let (request, isClosing) = state.withLock { ($0.requests.isEmpty ? nil : $0.requests.removeFirst(), $0.isClosing) }
      if isClosing { return nil }
      if let request { return request }
      worker.wait()
    }
  }

  /// Takes those requests of a type that wait.
  func take(_ type: String) -> [KernelMessage] {
    state.withLock { state in
      defer { state.requests.removeAll { $0.type == type } }
      return state.requests.filter { $0.type == type }
    }
  }

  func send(_ channel: Channel, _ frames: [[UInt8]]) {
    state.withLock { $0.outgoing.append((channel, frames)) }
    wake.wake()
  }

  /// Evaluates while the front end may interrupt.
  func evaluating<Result>(_ work: () -> Result) -> Result {
    state.withLock {
      $0.isEvaluating = true
      // It was asked to end in the moment before.
      if $0.isClosing { interrupt.request() }
    }
    defer { state.withLock { $0.isEvaluating = false } }
    return work()
  }

  /// Nothing more will be sent.
  func finish() {
    state.withLock { $0.isClosed = true }
    wake.wake()
  }
}
