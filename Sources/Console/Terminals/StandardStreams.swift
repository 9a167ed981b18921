internal import Glibc
import Storage
internal import Synchronization
internal import Workbench

/// Standard output and standard error of a process that people and programs rely on: what cannot be written is never passed over.
public enum StandardStreams {
  private static let state = State()
  private struct State: ~Copyable { let errorsFailed = Atomic<Bool>(false) }

  /// Opens /dev/null in the place of standard streams that are closed: the next file that is opened would take their number, and what is
  /// meant for a person would end up in it. To be called before anything else is opened.
  public static func open() {
    for file: Int32 in 0...2 where fcntl(file, F_GETFD) < 0 && errno == EBADF {
      let opened = Glibc.open("/dev/null", file == 0 ? O_RDONLY : O_WRONLY)
      if opened >= 0, opened != file {
        dup2(opened, file)
        close(opened)
      }
    }
  }

  /// Writes text to standard output as it is. Where that fails the process ends: quietly where nobody reads any more, as the system would
  /// end it, else with exit code 1 and the reason.
  public static func write(_ text: String) {
    let reason = OutputFile.write(text, to: 1)
    if reason != 0 { fail(reason) }
  }

  /// The same of bytes that are no text.
  public static func write(_ bytes: [UInt8]) {
    let reason = bytes.withUnsafeBufferPointer { OutputFile.write($0, to: 1) }
    if reason != 0 { fail(reason) }
  }

  /// Writes text to standard error as it is. Work goes on where that fails, and the process ends with 1 in the end.
  public static func writeError(_ text: String) {
    if OutputFile.write(text, to: 2) != 0 { state.errorsFailed.store(true, ordering: .relaxed) }
  }

  /// Ends the process with this code, or with 1 where what it said did not arrive.
  public static func end(_ code: Int32) -> Never {
    TerminalState.restore()
    // Some file systems tell only now that the disk is full.
    let last = dup(1)
    if last >= 0, close(last) != 0, errno != EINTR, errno != EBADF { fail(errno) }
    exit(code == 0 && state.errorsFailed.load(ordering: .relaxed) ? 1 : code)
  }

  private static func fail(_ reason: Int32) -> Never {
    TerminalState.restore()
    if reason != EPIPE { OutputFile.write("error: \(FileError("write", "standard output", reason))\n", to: 2) }
    _exit(reason == EPIPE ? 128 + SIGPIPE : 1)
  }
}
