internal import Glibc
internal import Language

/// Wakes a thread that waits in `poll` or here.
package final class WakePipe: Sendable {
  package let inlet: Int32
  private let outlet: Int32

  package init() throws {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { throw Diagnostic("the system grants no pipe: \(String(cString: strerror(errno)))") }
    (inlet, outlet) = (ends[0], ends[1])
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    _ = fcntl(outlet, F_SETFL, O_NONBLOCK)
  }

  deinit {
    close(inlet)
    close(outlet)
  }

  /// A pipe that is full wakes whoever waits as well.
  package func wake() {
    var byte: UInt8 = 0
    _ = Glibc.write(outlet, &byte, 1)
  }

  /// Waits until it was woken, and takes all that woke it.
  package func wait() {
    var bytes = [UInt8](repeating: 0, count: 512)
    while Glibc.read(inlet, &bytes, bytes.count) < 0, errno == EINTR {}
  }
}
