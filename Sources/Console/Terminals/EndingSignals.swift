internal import Glibc
internal import Synchronization

/// SIGTERM and SIGHUP end the process with 128 and their number, and give the terminal back; during work they first let it stop at its next
/// step and keep what it has, as Ctrl-C does. SIGQUIT (Ctrl-\) ends it at once and quietly.
enum EndingSignals {
  private static let state = State()
  private struct State: ~Copyable { let pending = Atomic<Int32>(0) }

  /// Seconds that work has for coming to its next step.
  private static let patience: UInt32 = 10

  static func install() {
    _ = state.pending.load(ordering: .relaxed)
    Signals.unblock([SIGINT, SIGQUIT, SIGTERM, SIGHUP, SIGALRM])
    Signals.handle(SIGQUIT) { EndingSignals.end($0) }
    Signals.handle(SIGALRM) { EndingSignals.end(EndingSignals.state.pending.load(ordering: .relaxed) == 0 ? $0 : EndingSignals.state.pending.load(ordering: .relaxed)) }
    for signal in [SIGTERM, SIGHUP] where !Signals.isIgnored(signal) {
      // `nohup` starts programs with SIGHUP ignored, and means it.
      Signals.handle(signal) { signal in
        guard ControlC.requestsStop(), EndingSignals.state.pending.exchange(signal, ordering: .relaxed) == 0 else { EndingSignals.end(signal) }
        alarm(EndingSignals.patience)
      }
    }
  }

  /// Called where work has come to its end: it was to be the last.
  static func endIfPending() {
    let signal = state.pending.load(ordering: .relaxed)
    if signal != 0 { end(signal) }
  }

  /// Handlers call this.
  static func end(_ signal: Int32) -> Never {
    TerminalState.restore()
    _exit(128 + signal)
  }
}
