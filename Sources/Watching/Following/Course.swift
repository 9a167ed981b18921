internal import Language
internal import Synchronization
internal import Workbench

/// Which statements were begun, for the thread that hears of a new version of their script: work that the new version asks for as well goes
/// on, other work is asked to stop.
final class Course: Sendable {
  private struct State {
    /// The statements from the first to the one that runs; nil while none does.
    var begun: [String]?
    var isSuperseded = false
  }

  private let state = Mutex(State())
  private let interrupt: Interrupt

  init(_ interrupt: Interrupt) { self.interrupt = interrupt }

  func begin() { state.withLock { $0 = State(begun: []) } }

  func begin(_ statement: String) { state.withLock { $0.begun?.append(statement) } }

  /// Whether it was asked to stop for a newer version.
  func end() -> Bool {
    state.withLock { state in
      state.begun = nil
      return state.isSuperseded
    }
  }

  /// A newer version is there.
  func compare(_ statements: [String]) {
    state.withLock { state in
      guard let begun = state.begun, !statements.starts(with: begun) else { return }
      state.isSuperseded = true
      interrupt.request()
    }
  }
}

extension Script {
  /// What each statement says, without comments and spaces that say nothing.
  var statements: [String] {
    items.compactMap { item in
      guard case .statement(let statement, _) = item.content else { return nil }
      return statement?.canonical ?? source[item.range]
    }
  }
}
