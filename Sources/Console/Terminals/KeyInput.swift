internal import Glibc

/// Reads keys from a terminal, and meanwhile hears of signals.
final class KeyInput {
  enum Heard {
    case input(Keyed)
    /// A byte of `Signals`.
    case signal(UInt8)
    case end
  }

  private let file: Int32
  private var decoder = InputDecoder()

  init(file: Int32) { self.file = file }

  /// Sequences of keys that are one character for the editor.
  func fold(_ sequences: [[UInt8]: Unicode.Scalar]) { decoder.folding = sequences }

  /// Whether something can be read at once: then there is no need to draw what will be old at once.
  var isReady: Bool {
    if !decoder.isEmpty { return true }
    var request = pollfd(fd: file, events: Int16(POLLIN), revents: 0)
    return poll(&request, 1, 0) > 0 && request.revents & Int16(POLLIN) != 0
  }

  /// Waits for the next key, pasted text or signal.
  func next() -> Heard {
    while true {
      if let input = decoder.next() { return .input(input) }
      // An Escape alone is the key when nothing follows within 50 ms; a paste may stutter longer.
      switch wait(milliseconds: decoder.isEmpty ? -1 : 50) {
      case .ready:
        if !fill() { return .end }
      case .signal(let byte): return .signal(byte)
      case .quiet:
        if let input = decoder.next(final: true) { return .input(input) }
      }
    }
  }

  /// Gives bytes that were read by someone else, before those that are still to come.
  func feed(_ bytes: [UInt8]) { decoder.feed(bytes) }

  func drop() { decoder.drop() }

  /// Returns when no signal has come for a while, or a key has.
  func awaitQuiet(milliseconds: Int32) {
    while case .signal(let byte) = wait(milliseconds: milliseconds) {
      if byte != Signals.resized { Signals.tell(byte); return }
    }
  }

  /// Where the terminal says that its cursor is, from 0; nil where it says nothing within a fifth of a second. Keys typed meanwhile stay.
  func cursorPosition(asking ask: () -> Void) -> (row: Int, column: Int)? {
    ask()
    let deadline = monotonicNanoseconds() + 200_000_000
    while true {
      if let position = decoder.takePosition() { return position }
      let left = (deadline - monotonicNanoseconds()) / 1_000_000
      guard left > 0 else { return nil }
      switch wait(milliseconds: Int32(left)) {
      case .ready: if !fill() { return nil }
      case .signal(let byte):
        Signals.tell(byte)
        return nil
      case .quiet: return nil
      }
    }
  }

  private enum Waited { case ready, signal(UInt8), quiet }

  private func wait(milliseconds: Int32) -> Waited {
    while true {
      var requests = [
        pollfd(fd: file, events: Int16(POLLIN), revents: 0), pollfd(fd: Signals.inlet, events: Int16(POLLIN), revents: 0),
      ]
      let count = poll(&requests, 2, milliseconds)
      if count < 0, errno != EINTR { return .ready }
      if requests[1].revents != 0, let byte = Signals.next() { return .signal(byte) }
      if count == 0 { return .quiet }
      if count > 0, requests[0].revents != 0 { return .ready }
    }
  }

  /// False at the end.
  private func fill() -> Bool {
    var buffer = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = read(file, &buffer, buffer.count)
      if count > 0 {
        decoder.feed(buffer[..<count])
        return true
      }
      if count < 0, errno == EINTR || errno == EAGAIN { continue }
      return false
    }
  }
}
