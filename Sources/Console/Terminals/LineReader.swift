internal import Glibc

/// Lines of a terminal that edits them itself, or of a pipe; Ctrl-C is heard meanwhile.
final class LineReader {
  private let file: Int32
  private var unread: [UInt8] = []

  init(file: Int32) {
    self.file = file
    Signals.install()
  }

  func next() -> TypedLine {
    while true {
      if let end = unread.firstIndex(of: 0x0A) {
        let line = String(decoding: unread[..<end], as: UTF8.self)
        unread.removeSubrange(...end)
        return .line(line)
      }
      var requests = [
        pollfd(fd: file, events: Int16(POLLIN), revents: 0), pollfd(fd: Signals.inlet, events: Int16(POLLIN), revents: 0),
      ]
      let count = poll(&requests, 2, -1)
      if requests[1].revents != 0, let byte = Signals.next() {
        if byte == Signals.interrupt { return .interrupted }
        continue
      }
      guard count > 0, requests[0].revents != 0 else { continue }
      var buffer = [UInt8](repeating: 0, count: 4096)
      let got = read(file, &buffer, buffer.count)
      if got > 0 { unread += buffer[..<got]; continue }
      if got < 0, errno == EINTR || errno == EAGAIN { continue }
      if unread.isEmpty { return .end }
      defer { unread = [] }
      return .line(String(decoding: unread, as: UTF8.self))
    }
  }
}

/// A question to a person at a terminal, answered by a line.
public enum Question {
  /// Only the main thread asks, one question after another.
  nonisolated(unsafe) private static let reader = LineReader(file: 0)

  /// Waits for the answer.
  public static func answer() -> TypedLine { ControlC.typing { reader.next() } }
}
