internal import Glibc
internal import Synchronization
public import Workbench

/// Ctrl-C. While a statement is evaluated, the first asks it to stop, which it does at its next step and keeps what it has; a second within
/// a second ends the process at once with exit code 130. At the prompt Ctrl-C gives up the line. Elsewhere it ends the process.
///
///     ControlC.install()
///     let outcome = ControlC.stopping(surroundings.interrupt) { session.evaluate(line) }
public enum ControlC {
  private static let state = State()

  struct State: ~Copyable {
    let phase = Atomic<Int>(Phase.elsewhere.rawValue)
    /// The address of the `Interrupt` that is raised; 0 for none. `stopping` keeps it alive.
    let interrupt = Atomic<UInt>(0)
    /// When the last Ctrl-C came, in nanoseconds of the monotonic clock; 0 for never.
    let last = Atomic<Int>(0)
  }

  enum Phase: Int { case elsewhere, typing, working, away }

  /// Takes over SIGINT. Call it once when the process starts.
  public static func install() {
    Signals.install()
    _ = state.phase.load(ordering: .relaxed)
    Signals.handle(SIGINT) { _ in ControlC.signalled() }
    EndingSignals.install()
  }

  /// Works while Ctrl-C raises `interrupt`; what it asked of earlier work is forgotten first.
  public static func stopping<Result, Failure: Error>(
    _ interrupt: Interrupt, _ work: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let address = UInt(bitPattern: Unmanaged.passUnretained(interrupt).toOpaque())
    let before = state.interrupt.exchange(address, ordering: .relaxed)
    if before != address { interrupt.reset() }
    defer {
      state.interrupt.store(before, ordering: .relaxed)
      extendLifetime(interrupt)
      EndingSignals.endIfPending()
    }
    return try during(.working, work)
  }

  /// Reads keys while Ctrl-C is told through `Signals`, also the one that came after a question was shown and before its answer was read.
  static func typing<Result>(_ work: () -> Result) -> Result {
    during(.typing) {
      if let interrupt = UnsafeRawPointer(bitPattern: state.interrupt.load(ordering: .relaxed)),
        Unmanaged<Interrupt>.fromOpaque(interrupt)._withUnsafeGuaranteedRef({ $0.isRequested })
      {
        Signals.tell(Signals.interrupt)
      }
      return work()
    }
  }

  /// Waits for another program that has the terminal: Ctrl-C is its own.
  static func away<Result>(_ work: () -> Result) -> Result {
    TerminalState.restore()
    defer { TerminalState.hush() }
    return during(.away, work)
  }

  /// Asks the work that is going on to stop, for other signals; false where none is.
  static func requestsStop() -> Bool {
    guard Phase(rawValue: state.phase.load(ordering: .relaxed)) == .working, let address = UnsafeRawPointer(bitPattern: state.interrupt.load(ordering: .relaxed)) else { return false }
    Unmanaged<Interrupt>.fromOpaque(address)._withUnsafeGuaranteedRef { $0.request() }
    return true
  }

  private static func during<Result, Failure: Error>(_ phase: Phase, _ work: () throws(Failure) -> Result) throws(Failure) -> Result {
    state.last.store(0, ordering: .relaxed)
    let before = state.phase.exchange(phase.rawValue, ordering: .relaxed)
    defer { state.phase.store(before, ordering: .relaxed) }
    return try work()
  }

  /// What the handler does.
  private static func signalled() {
    switch Phase(rawValue: state.phase.load(ordering: .relaxed)) {
    case .typing: Signals.tell(Signals.interrupt)
    case .working:
      let now = monotonicNanoseconds()
      let last = state.last.exchange(now, ordering: .relaxed)
      if last > 0, now - last < 1_000_000_000 { EndingSignals.end(SIGINT) }
      if let address = UnsafeRawPointer(bitPattern: state.interrupt.load(ordering: .relaxed)) {
        Unmanaged<Interrupt>.fromOpaque(address)._withUnsafeGuaranteedRef { $0.request() }
      }
    case .away: break
    case .elsewhere, nil: EndingSignals.end(SIGINT)
    }
  }
}

/// The monotonic clock, which handlers may read too.
func monotonicNanoseconds() -> Int {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return time.tv_sec * 1_000_000_000 + time.tv_nsec
}
