internal import CZeroMQ
internal import Language

/// The five sockets of a kernel. They belong to one thread at a time: whoever made them hands them over once, and never looks at them again.
final class ZeroMQ: @unchecked Sendable {
  private let context: UnsafeMutableRawPointer
  private var sockets: [Channel: UnsafeMutableRawPointer] = [:]
  private static let readable: [Channel] = [.shell, .control, .stdin, .heartbeat]

  /// Opens every channel.
  ///
  /// - Throws: a `Diagnostic` where libzmq is missing, or a port is in use.
  init(_ connection: ConnectionFile) throws {
    if let words = zeromq_load() {
      throw Diagnostic("notebooks need the library libzmq.so.5, which is not installed (\(String(cString: words)))", remedy: "install Debian's package libzmq5: sudo apt-get install libzmq5")
    }
    guard let context = zeromq_context_new() else { throw Diagnostic("libzmq has no memory") }
    self.context = context
    for channel in Channel.allCases {
      guard let socket = zeromq_socket_new(context, channel.socketType) else { throw Diagnostic("libzmq opens no socket") }
      sockets[channel] = socket
      let endpoint = connection.endpoint(channel), code = zeromq_bind(socket, endpoint)
      guard code == 0 else {
        throw Diagnostic(
          "the kernel cannot listen at \(endpoint): \(String(cString: zeromq_words(code)))",
          remedy: "if another kernel was started with the same connection file, end it first; Jupyter chooses other ports for every kernel that it starts")
      }
    }
  }

  /// Waits for messages, or to be woken by `wake`: the channels that have some, and whether it was woken.
  func wait(milliseconds: Int, wake: Int32) -> (channels: [Channel], isWoken: Bool) {
    let places = ZeroMQ.readable.map { sockets[$0] }
    var ready: UInt32 = 0
    _ = zeromq_poll(places, Int32(places.count), wake, milliseconds, &ready)
    return (ZeroMQ.readable.enumerated().filter { ready & (1 << $0.offset) != 0 }.map(\.element), ready & (1 << places.count) != 0)
  }

  /// The frames of the next message; nil where none has come.
  func receive(_ channel: Channel) -> [[UInt8]]? {
    let taken = Taken()
    repeat {
      let code = zeromq_receive(sockets[channel], Unmanaged.passUnretained(taken).toOpaque()) { context, bytes, count, more in
        guard let context else { return }
        Unmanaged<Taken>.fromOpaque(context).takeUnretainedValue().add(UnsafeRawBufferPointer(start: bytes, count: count), isMore: more != 0)
      }
      if code != 0 { return nil }
    } while taken.isMore
    return taken.frames
  }

  private final class Taken {
    var frames: [[UInt8]] = []
    var isMore = false
    func add(_ bytes: UnsafeRawBufferPointer, isMore: Bool) {
      frames.append(Array(bytes))
      self.isMore = isMore
    }
  }

  func send(_ channel: Channel, _ frames: [[UInt8]]) {
    for (place, frame) in frames.enumerated() where zeromq_send(sockets[channel], frame, frame.count, place + 1 < frames.count ? 1 : 0) != 0 { return }
  }

  /// Sends what waits to be sent, for a second at most, and closes everything.
  func close() {
    for socket in sockets.values { zeromq_socket_close(socket) }
    sockets = [:]
    zeromq_context_end(context)
  }
}

extension Channel {
  fileprivate var socketType: Int32 {
    switch self {
    case .shell, .control, .stdin: Int32(zeromq_router)
    case .iopub: Int32(zeromq_pub)
    case .heartbeat: Int32(zeromq_rep)
    }
  }
}
