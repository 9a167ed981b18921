internal import Glibc
internal import Synchronization

/// The signals that a terminal sends, told to whoever waits in `poll` through a pipe. Handlers do nothing that a handler may not do: they
/// set atomic numbers, write a byte, read the clock, end the process.
enum Signals {
  static let interrupt = UInt8(ascii: "c")
  static let resized = UInt8(ascii: "w")
  static let stopped = UInt8(ascii: "z")
  static let continued = UInt8(ascii: "g")

  /// The end to read from; -1 before `install`.
  static var inlet: Int32 { pipeEnds.inlet.load(ordering: .relaxed) }

  private struct PipeEnds: ~Copyable {
    let inlet = Atomic<Int32>(-1)
    let outlet = Atomic<Int32>(-1)
  }
  private static let pipeEnds = PipeEnds()

  /// Makes the pipe, once.
  static func install() {
    guard pipeEnds.outlet.load(ordering: .relaxed) < 0 else { return }
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { return }
    for end in ends {
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
    }
    pipeEnds.inlet.store(ends[0], ordering: .relaxed)
    pipeEnds.outlet.store(ends[1], ordering: .relaxed)
  }

  /// Handles `signal` by `handler`; system calls that wait are not restarted, so that they notice.
  static func handle(_ signal: Int32, _ handler: @escaping @convention(c) (Int32) -> Void) {
    var action = sigaction()
    action.__sigaction_handler.sa_handler = handler
    sigaction(signal, &action, nil)
  }

  /// Lets signals through that whoever started the process had blocked: they would wait for ever.
  static func unblock(_ signals: [Int32]) {
    var set = sigset_t()
    sigemptyset(&set)
    for signal in signals { sigaddset(&set, signal) }
    pthread_sigmask(SIG_UNBLOCK, &set, nil)
  }

  /// Whether the process was started with a signal ignored, or ignores it now.
  static func isIgnored(_ signal: Int32) -> Bool {
    var action = sigaction()
    guard sigaction(signal, nil, &action) == 0, let handler = action.__sigaction_handler.sa_handler else { return false }
    return unsafeBitCast(handler, to: Int.self) == 1  // SIG_IGN
  }

  /// Gives a signal back to the system.
  static func handleBySystem(_ signal: Int32) {
    var action = sigaction()
    action.__sigaction_handler.sa_handler = SIG_DFL
    sigaction(signal, &action, nil)
  }

  /// Tells a byte; called by handlers.
  static func tell(_ byte: UInt8) {
    let before = errno
    var byte = byte
    _ = Glibc.write(pipeEnds.outlet.load(ordering: .relaxed), &byte, 1)
    errno = before
  }

  /// The oldest byte told and not yet read.
  static func next() -> UInt8? {
    var byte: UInt8 = 0
    return Glibc.read(inlet, &byte, 1) == 1 ? byte : nil
  }
}
