internal import Glibc

/// One browser's connection: a request comes, an answer goes, and it is closed; a stream of events stays open.
final class Connection {
  let socket: Int32
  private var incoming: [UInt8] = []
  private var outgoing: [UInt8] = []
  private var sent = 0
  /// Set where events are to follow.
  var feed: EventFeed?
  /// Whether the request was read and is being answered.
  private(set) var isAnswered = false
  private(set) var isOver = false
  private let opened: Double
  private(set) var lastSent: Double

  init(_ socket: Int32, now: Double) {
    (self.socket, opened, lastSent) = (socket, now, now)
    _ = fcntl(socket, F_SETFL, O_NONBLOCK)
    _ = fcntl(socket, F_SETFD, FD_CLOEXEC)
  }

  deinit { close(socket) }

  /// Whether something waits to be sent: whoever reads slowly is given the newest state when it has read the last one, and none between.
  var isBusy: Bool { sent < outgoing.count }

  /// What `poll` is to wait for.
  var interests: Int16 { Int16(POLLIN) | (isBusy ? Int16(POLLOUT) : 0) }

  /// A request takes a moment; whoever sends none holds the place of others.
  func expire(now: Double) { if !isAnswered, now - opened > 10 { isOver = true } }

  /// Takes what came; the request, once it is whole.
  func receive() -> RequestHead.Reading {
    var part = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = recv(socket, &part, part.count, 0)
      if count > 0 {
        // What follows a request is of no interest.
        if !isAnswered { incoming += part[..<count] }
        if incoming.count > RequestHead.limit { break }
        continue
      }
      if count < 0, errno == EINTR { continue }
      if count == 0 || errno != EAGAIN { isOver = true }
      break
    }
    return isAnswered || isOver ? .incomplete : RequestHead.read(incoming)
  }

  func answer(_ bytes: [UInt8], now: Double) {
    (isAnswered, incoming) = (true, [])
    send(bytes, now: now)
  }

  func send(_ bytes: [UInt8], now: Double) {
    (outgoing, sent) = (isBusy ? Array(outgoing[sent...]) + bytes : bytes, 0)
    lastSent = now
    flush()
  }

  /// Sends what the other side takes now.
  func flush() {
    while isBusy {
      let count = outgoing.withUnsafeBytes { Glibc.send(socket, $0.baseAddress! + sent, $0.count - sent, Int32(MSG_NOSIGNAL)) }
      if count > 0 { sent += count } else if errno == EAGAIN { return } else if errno != EINTR { isOver = true; return }
    }
    (outgoing, sent) = ([], 0)
    if isAnswered, feed == nil {
      // The other side reads to the end before the connection goes.
      shutdown(socket, Int32(SHUT_WR))
      isOver = true
    }
  }
}
