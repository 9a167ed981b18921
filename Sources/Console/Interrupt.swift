internal import Glibc
internal import Synchronization

/// Ctrl-C. While a statement is evaluated, the first asks it to stop, which it does at its next step and keeps what it has; a second within
/// a second ends the process at once with exit code 130. At the prompt Ctrl-C gives up the line. Elsewhere it ends the process.
///
///     Interrupt.install()
///     try Interrupt.watching { try session.evaluate(line, interrupted: { Interrupt.isRequested }) }
public enum Interrupt {
  private static let state = State()

  struct State: ~Copyable {
    let phase = Atomic<Int>(Phase.elsewhere.rawValue)
    let requested = Atomic<Bool>(false)
    /// When the last Ctrl-C came, in nanoseconds of the monotonic clock; 0 for never.
    let last = Atomic<Int>(0)
  }

  enum Phase: Int { case elsewhere, typing, watching }

  /// Takes over SIGINT. Call it once when the process starts.
  public static func install() {
    Signals.install()
    _ = state.phase.load(ordering: .relaxed)
    Signals.handle(SIGINT) { _ in Interrupt.signalled() }
  }

  /// Whether the statement that is being evaluated should stop. May be asked from any thread, and costs next to nothing.
  public static var isRequested: Bool { state.requested.load(ordering: .relaxed) }

  /// Asks the statement to stop, as the first Ctrl-C does.
  public static func request() { state.requested.store(true, ordering: .relaxed) }

  /// Evaluates while Ctrl-C asks to stop; what was asked before is forgotten.
  public static func watching<Result, Failure: Error>(_ work: () throws(Failure) -> Result) throws(Failure) -> Result {
    try during(.watching, work)
  }

  static func during<Result, Failure: Error>(_ phase: Phase, _ work: () throws(Failure) -> Result) throws(Failure) -> Result {
    let before = state.phase.exchange(phase.rawValue, ordering: .relaxed)
    state.requested.store(false, ordering: .relaxed)
    state.last.store(0, ordering: .relaxed)
    defer { state.phase.store(before, ordering: .relaxed) }
    return try work()
  }

  /// What the handler does.
  private static func signalled() {
    switch Phase(rawValue: state.phase.load(ordering: .relaxed)) {
    case .typing: Signals.tell(Signals.interrupt)
    case .watching:
      let now = monotonicNanoseconds()
      let last = state.last.exchange(now, ordering: .relaxed)
      if last > 0, now - last < 1_000_000_000 { _exit(130) }
      state.requested.store(true, ordering: .relaxed)
    case .elsewhere, nil: _exit(130)
    }
  }
}

/// The monotonic clock, which handlers may read too.
func monotonicNanoseconds() -> Int {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return time.tv_sec * 1_000_000_000 + time.tv_nsec
}
