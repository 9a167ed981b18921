internal import Console
internal import Glibc
internal import Rendering
internal import Synchronization

/// Serves what a ``Board`` shows to browsers of this machine, on a thread of its own, while another one evaluates.
///
///     let server = try PageServer(board, port: 0)
///     print(server.address)
public final class PageServer: Sendable {
  /// What a person opens.
  public let address: String
  /// The port that it listens on.
  package let port: Int
  private let thread: Ended
  private let board: Board

  /// The thread, and the wish that it ends.
  private final class Ended: Sendable {
    let isAsked = Atomic<Bool>(false)
    let thread = Mutex<BackgroundThread?>(nil)
  }

  /// - Parameter port: 0 for one that is free.
  /// - Throws: a `Diagnostic` where the port is in use.
  public convenience init(_ board: Board, port: Int = 0) throws { try self.init(board, port: port, gate: Gate()) }

  package init(_ board: Board, port: Int = 0, gate: Gate) throws {
    let listener = try Loopback.listen(port: port), ended = Ended()
    (address, self.port, thread, self.board) = ("http://127.0.0.1:\(listener.port)/\(gate.token)/", listener.port, ended, board)
    let background = try BackgroundThread {
      var desk = PageDesk(board, gate, listener: listener.socket)
      while !ended.isAsked.load(ordering: .relaxed) { desk.serve() }
      close(listener.socket)
    }
    ended.thread.withLock { $0 = background }
  }

  /// Closes all connections; returns when no more is served.
  package func stop() {
    thread.isAsked.store(true, ordering: .relaxed)
    board.wake.wake()
    thread.thread.withLock { thread in
      thread?.join()
      thread = nil
    }
  }
}

/// What the serving thread has: the connections, and the page as it was rendered last.
private struct PageDesk {
  /// Seconds between two renderings, and between two signs of life.
  static let pause = 0.05, patience = 10.0
  /// Browsers open a few; more are somebody's mistake.
  static let most = 64

  private let board: Board
  private let gate: Gate
  private let listener: Int32
  private var connections: [Connection] = []
  private var page = LivePage()
  private var rendered: (content: LivePage.Content, version: Int, at: Double)?

  init(_ board: Board, _ gate: Gate, listener: Int32) { (self.board, self.gate, self.listener) = (board, gate, listener) }

  /// One round: waits for something to do, at most a second, and does it.
  mutating func serve() {
    var polled = [pollfd(fd: board.wake.inlet, events: Int16(POLLIN), revents: 0), pollfd(fd: listener, events: Int16(POLLIN), revents: 0)]
    polled += connections.map { pollfd(fd: $0.socket, events: $0.interests, revents: 0) }
    poll(&polled, nfds_t(polled.count), isBehind ? Int32(Self.pause * 1000) : 1000)
    let now = ProgressWords.seconds()
    if polled[0].revents != 0 { board.wake.wait() }
    for (connection, state) in zip(connections, polled.dropFirst(2)) where state.revents != 0 {
      if state.revents & Int16(POLLOUT) != 0 { connection.flush() }
      if state.revents & Int16(POLLIN | POLLHUP | POLLERR) != 0 { receive(connection, now) }
    }
    if polled[1].revents != 0 { accept(now) }
    tell(now)
    for connection in connections { connection.expire(now: now) }
    connections.removeAll { $0.isOver }
  }

  private mutating func accept(_ now: Double) {
    while case let socket = Glibc.accept(listener, nil, nil), socket >= 0 {
      if connections.count < Self.most { connections.append(Connection(socket, now: now)) } else { close(socket) }
    }
  }

  private mutating func receive(_ connection: Connection, _ now: Double) {
    switch connection.receive() {
    case .incomplete: break
    case .malformed: connection.answer(Response.refusal(.malformed, isHead: false), now: now)
    case .complete(let head):
      let isHead = head.method == "HEAD"
      switch gate.verdict(head) {
      case .page: connection.answer(Response.page(page.page(of: board.shown.state.document), isHead: isHead), now: now)
      case .events:
        connection.feed = EventFeed()
        connection.answer(Response.events, now: now)
      case .moved(let path): connection.answer(Response.moved(to: path), now: now)
      case .refused(let refusal): connection.answer(Response.refusal(refusal, isHead: isHead), now: now)
      }
    }
  }

  /// Whether somebody follows who has not got the newest yet.
  private var isBehind: Bool {
    let version = board.shown.version
    return connections.contains { $0.feed != nil && !$0.isBusy && $0.feed?.version != version }
  }

  /// Gives those who follow what is new. The page is rendered only where somebody follows, and not for every statement of many.
  private mutating func tell(_ now: Double) {
    let followers = connections.filter { $0.feed != nil && !$0.isBusy && !$0.isOver }
    guard !followers.isEmpty else { return }
    let shown = board.shown
    let content: LivePage.Content
    if let rendered, rendered.version == shown.version || now - rendered.at < Self.pause {
      // A page that was just rendered serves for those who have none yet.
      guard rendered.version == shown.version else { return }
      content = rendered.content
    } else {
      content = page.content(of: shown.state.document)
      rendered = (content, shown.version, now)
    }
    for connection in followers {
      guard var feed = connection.feed else { continue }
      let bytes = feed.next(content, shown, now: now)
      connection.feed = feed
      if !bytes.isEmpty { connection.send(bytes, now: now) } else if now - connection.lastSent > Self.patience { connection.send(Response.heartbeat, now: now) }
    }
  }
}
