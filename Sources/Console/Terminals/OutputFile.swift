internal import Glibc

/// A file that a terminal or a pipe is behind.
enum OutputFile {
  /// Writes all of it; the system's reason where the rest could not be written, else 0.
  @discardableResult
  static func write(_ text: String, to file: Int32) -> Int32 {
    var text = text
    return text.withUTF8 { write($0, to: file) }
  }

  /// The same of bytes.
  static func write(_ bytes: UnsafeBufferPointer<UInt8>, to file: Int32) -> Int32 {
    var start = 0
    while start < bytes.count {
      let count = Glibc.write(file, bytes.baseAddress! + start, bytes.count - start)
      if count > 0 { start += count; continue }
      if errno == EINTR { continue }
      if errno == EAGAIN {
        var request = pollfd(fd: file, events: Int16(POLLOUT), revents: 0)
        poll(&request, 1, 1000)
        continue
      }
      return count == 0 ? EIO : errno
    }
    return 0
  }

  /// The terminal's size in characters; nil where the file is no terminal or the terminal does not say.
  static func size(_ file: Int32) -> TerminalSize? {
    var size = winsize()
    guard ioctl(file, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0 else { return nil }
    return TerminalSize(columns: Int(size.ws_col), rows: Int(size.ws_row))
  }
}
