internal import Console
package import Rendering
internal import Synchronization

/// What the page is to show, between the thread that evaluates and the one that serves.
public final class Board: Sendable {
  /// How a statement stands.
  package enum Statement: String, Sendable { case waiting, running, done, failed }

  /// The tone in which the page says how it stands.
  package enum Mood: String, Sendable { case good, busy, trouble }

  package struct State: Sendable {
    package var document: Document
    /// Of each of the document's statements.
    package var statements: [Statement]
    /// How it stands, in a few words.
    package var words: String
    package var mood = Mood.busy
    /// What is wrong with no statement in particular.
    package var notices: [String] = []
    /// When the running statement began, by the monotonic clock.
    package var began: Double?
  }

  /// How far the running statement has come.
  package struct Step: Sendable, Equatable {
    package var fraction: Double
    package var words: String
  }

  package struct Shown: Sendable {
    package var state: State
    package var step: Step?
    /// Count what changed: the state, and the step.
    package var version = 0
    package var stepVersion = 0
  }

  private let contents: Mutex<Shown>
  /// Wakes the thread that serves.
  let wake: WakePipe

  /// - Parameter source: the name of what is shown, without folders.
  public init(source: String) throws {
    contents = Mutex(Shown(state: State(document: Document(source: source, items: []), statements: [], words: "Beginning")))
    wake = try WakePipe()
  }

  package var shown: Shown { contents.withLock { $0 } }

  package func change(_ change: (inout State) -> Void) {
    contents.withLock { shown in
      change(&shown.state)
      if !shown.state.statements.contains(.running) { (shown.step, shown.state.began) = (nil, nil) }
      shown.version += 1
    }
    wake.wake()
  }

  func set(_ step: Step) {
    contents.withLock { ($0.step, $0.stepVersion) = (step, $0.stepVersion + 1) }
    wake.wake()
  }

  /// A statement begins.
  func begin(_ statement: Int, of count: Int) {
    change { state in
      guard statement < state.statements.count else { return }
      state.statements[statement] = .running
      (state.words, state.mood, state.began) = ("Evaluating statement \(statement + 1) of \(count)", .busy, ProgressWords.seconds())
    }
  }
}
