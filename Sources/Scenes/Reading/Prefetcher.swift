import Dispatch
import Synchronization
import Tensors

/// Makes items one after the other on a thread of its own, at most `depth` ahead of who takes them.
///
/// Where the system grants no thread, items are made when they are asked for: nothing else changes.
///
/// The maker is called with 0, 1, 2, ... below `count`, and never twice at once. An error ends the row; `next()` throws it from then
/// on. Whoever takes must not ask for more than `count` items.
package final class Prefetcher<Item: Sendable>: Sendable {
  private let line: Line<Item>

  /// - Parameter starting: starts a thread, and says whether it could.
  package init(
    depth: Int, count: Int = .max, starting: (@escaping () -> Void) -> Bool = DetachedThread.start, make: sending @escaping (Int) throws -> Item
  ) {
    let line = Line<Item>(depth: depth)
    self.line = line
    let maker = Maker(make: make)
    let isStarted = starting {
      // The threads that share out a call's work belong to whoever trains or evaluates.
      Threads.keepToThisThread()
      for i in 0..<count {
        line.room.wait()
        if line.isClosed { return }
        let item = Result { try maker.make(i) }
        line.append(item)
        if case .failure = item { return }
      }
    }
    if !isStarted { line.makeHere(maker) }
  }

  /// The thread ends with the item that it is making.
  deinit { line.close() }

  package func next() throws -> Item { try line.take().get() }
}

/// The queue between the two threads; it outlives the prefetcher while an item is being made.
private final class Line<Item: Sendable>: Sendable {
  private struct State {
    var items: [Result<Item, any Error>] = []
    var failure: Result<Item, any Error>?
    var isClosed = false
    /// Makes items where there is no thread for it, and how many it has made.
    var maker: Maker<Item>?
    var made = 0
  }

  private let state = Mutex(State())
  private let filled = DispatchSemaphore(value: 0)
  /// One for each item that may still be made.
  let room = DispatchSemaphore(value: 0)

  init(depth: Int) {
    for _ in 0..<depth { room.signal() }
  }

  var isClosed: Bool { state.withLock { $0.isClosed } }

  func append(_ item: Result<Item, any Error>) {
    state.withLock { $0.items.append(item) }
    filled.signal()
  }

  func take() -> Result<Item, any Error> {
    if let failure = state.withLock({ $0.failure }) { return failure }
    if let item = itemMadeHere() { return item }
    filled.wait()
    let item = state.withLock { state in
      let item = state.items.removeFirst()
      if case .failure = item { state.failure = item }
      return item
    }
    room.signal()
    return item
  }

  /// Items are made by whoever takes them.
  func makeHere(_ maker: Maker<Item>) { state.withLock { $0.maker = maker } }

  private func itemMadeHere() -> Result<Item, any Error>? {
    guard let (maker, index) = state.withLock({ state in
      state.made += 1
      return state.maker.map { ($0, state.made - 1) }
    }) else { return nil }
    let item = Result { try maker.make(index) }
    if case .failure = item { state.withLock { $0.failure = item } }
    return item
  }

  func close() {
    state.withLock { $0.isClosed = true }
    room.signal()
  }
}

/// Hands the maker to its thread. Unchecked, as closures of callers need not be Sendable: that thread is the only one that ever calls it.
private struct Maker<Item>: @unchecked Sendable {
  let make: (Int) throws -> Item
}
