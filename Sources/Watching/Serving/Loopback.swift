internal import Glibc
internal import Language

/// A socket that only programs of this machine reach.
enum Loopback {
  /// - Parameter port: 0 for one that is free.
  static func listen(port: Int) throws -> (socket: Int32, port: Int) {
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue) | Int32(SOCK_NONBLOCK.rawValue), 0)
    guard listener >= 0 else { throw fault(port) }
    var yes: Int32 = 1
    // A port that was just given up is free for the next; one that somebody listens on is not.
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(port).bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isListening = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(listener, $0, length) == 0 && Glibc.listen(listener, 16) == 0 && getsockname(listener, $0, &length) == 0 }
    }
    guard isListening else {
      let fault = fault(port)
      close(listener)
      throw fault
    }
    return (listener, Int(in_port_t(bigEndian: address.sin_port)))
  }

  private static func fault(_ port: Int) -> Diagnostic {
    switch errno {
    case EADDRINUSE: Diagnostic("another program listens on port \(port)", remedy: "--port names another one; without it a free one is chosen")
    case EACCES: Diagnostic("port \(port) is only for root", remedy: "--port takes a number from 1024; without it a free one is chosen")
    default: Diagnostic("the page cannot be served: \(String(cString: strerror(errno)))")
    }
  }
}
