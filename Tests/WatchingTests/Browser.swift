import Foundation
import Glibc

/// A browser as far as it talks: sends bytes to a port of this machine and reads what comes, with an end to its patience.
final class Browser {
  private let socket: Int32
  private(set) var received: [UInt8] = []
  private(set) var isClosed = false

  init(_ port: Int, _ request: String) throws {
    socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(port).bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let code = withUnsafePointer(to: &address) { $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) } }
    guard code == 0 else { throw POSIXError(.ECONNREFUSED) }
    var patience = timeval(tv_sec: 20, tv_usec: 0)
    setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    send(request)
  }

  deinit { close() }

  func send(_ words: String) { _ = Array(words.utf8).withUnsafeBytes { Glibc.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) } }

  func close() {
    if !isClosed { Glibc.close(socket) }
    isClosed = true
  }

  /// Reads on until the text holds what is wanted; false where that did not come.
  func read(until isEnough: (String) -> Bool) -> Bool {
    while !isEnough(text) {
      var part = [UInt8](repeating: 0, count: 65_536)
      let count = recv(socket, &part, part.count, 0)
      guard count > 0 else { return isEnough(text) }
      received += part[..<count]
    }
    return true
  }

  /// All of an answer.
  func rest() -> String {
    _ = read { _ in false }
    return text
  }

  var text: String { String(decoding: received, as: UTF8.self) }

  /// The events that came whole: their names and data.
  var events: [(name: String, data: [String: Any])] {
    let parts = text.components(separatedBy: "\r\n\r\n").dropFirst().joined(separator: "\r\n\r\n").components(separatedBy: "\n\n").dropLast()
    return parts.compactMap { part in
      let lines = part.split(separator: "\n")
      guard lines.count == 2, lines[0].hasPrefix("event: "), lines[1].hasPrefix("data: ") else { return nil }
      let data = (try? JSONSerialization.jsonObject(with: Data(lines[1].dropFirst(6).utf8))) as? [String: Any]
      return (String(lines[0].dropFirst(7)), data ?? [:])
    }
  }
}
