internal import Glibc
internal import Synchronization

/// The settings that a terminal had before Segue changed them, so that every way out of the process gives them back, signals included.
enum TerminalState {
  private static let state = State()

  private struct State: ~Copyable {
    let file = Atomic<Int32>(-1)
    /// Whether a line is being edited: pasted text comes between marks.
    let isEditing = Atomic<Bool>(false)
  }

  /// Written once, before `file` is stored, and only read from then on, also by handlers of signals.
  nonisolated(unsafe) private static let saved = UnsafeMutablePointer<termios>.allocate(capacity: 1)
  /// Written once, where it is made, and only read from then on.
  nonisolated(unsafe) private static let endOfEditing: UnsafeMutableBufferPointer<UInt8> = {
    let bytes = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 10)
    _ = bytes.initialize(from: "\u{1B}[?2004l\r\n".utf8)
    return bytes
  }()

  /// Remembers the settings of the terminal at `file`, once; only of the one that the process was started at.
  static func save(_ file: Int32) {
    guard file == 0, state.file.load(ordering: .acquiring) < 0, tcgetattr(file, saved) == 0 else { return }
    _ = endOfEditing
    state.file.store(file, ordering: .releasing)
  }

  /// A line is edited from now on, or no more.
  static func edits(_ isEditing: Bool) { state.isEditing.store(isEditing, ordering: .relaxed) }

  /// As it was. A handler may call this.
  static func restore() {
    let file = state.file.load(ordering: .acquiring)
    guard file >= 0 else { return }
    tcsetattr(file, TCSANOW, saved)
    if state.isEditing.exchange(false, ordering: .relaxed) { _ = Glibc.write(1, endOfEditing.baseAddress, endOfEditing.count) }
  }

  /// What is typed while a statement is evaluated waits for the next line and is not shown: it would stand in the middle of what is printed.
  static func hush() {
    let file = state.file.load(ordering: .acquiring)
    guard file >= 0 else { return }
    var quiet = saved.pointee
    quiet.c_lflag &= ~tcflag_t(ECHO | ECHONL)
    tcsetattr(file, TCSANOW, &quiet)
  }
}
