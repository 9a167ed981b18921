import Dispatch
import Synchronization
import Tensors

/// Makes items one after the other on a thread of its own, at most `depth` ahead of who takes them.
///
/// The maker is called with 0, 1, 2, ... below `count`, and never twice at once. An error ends the row; `next()` throws it from then
/// on. Whoever takes must not ask for more than `count` items.
final class Prefetcher<Item: Sendable>: Sendable {
  private let line: Line<Item>

  init(depth: Int, count: Int = .max, label: String, make: sending @escaping (Int) throws -> Item) {
    let line = Line<Item>(depth: depth)
    self.line = line
    let maker = Maker(make: make)
    DispatchQueue(label: label, qos: .userInitiated).async {
      // The threads that share out a call's work belong to whoever trains or judges.
      Threads.keepToThisThread()
      for i in 0..<count {
        line.room.wait()
        if line.isClosed { return }
        let item = Result { try maker.make(i) }
        line.append(item)
        if case .failure = item { return }
      }
    }
  }

  /// The thread ends with the item that it is making.
  deinit { line.close() }

  func next() throws -> Item { try line.take().get() }
}

/// The queue between the two threads; it outlives the prefetcher while an item is being made.
private final class Line<Item: Sendable>: Sendable {
  private struct State {
    var items: [Result<Item, any Error>] = []
    var failure: Result<Item, any Error>?
    var isClosed = false
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
    filled.wait()
    let item = state.withLock { state in
      let item = state.items.removeFirst()
      if case .failure = item { state.failure = item }
      return item
    }
    room.signal()
    return item
  }

  func close() {
    state.withLock { $0.isClosed = true }
    room.signal()
  }
}

/// Hands the maker to its thread, the only one that ever calls it.
private struct Maker<Item>: @unchecked Sendable {
  let make: (Int) throws -> Item
}
