internal import Storage

/// Who may see the page: whoever knows the address that was printed, by a name of this machine.
///
/// The address holds a token, as other people's programs reach loopback too. The `Host` header must be a name of loopback: a page from
/// elsewhere whose own name leads here (DNS rebinding) is refused though its browser connects. Any port is right, so that a tunnel serves.
package struct Gate: Sendable {
  package enum Verdict: Equatable, Sendable {
    case page
    /// The stream that the page follows.
    case events
    case moved(to: String)
    case refused(Refusal)
  }

  package enum Refusal: String, Sendable {
    case malformed = "400 Bad Request"
    case host = "403 Forbidden"
    case unknown = "404 Not Found"
    case method = "405 Method Not Allowed"

    var words: String {
      switch self {
      case .malformed: "this is no request for a page"
      case .host: "the page is served by the names 127.0.0.1 and localhost alone"
      case .unknown: "there is nothing here: open the address that segue watch printed"
      case .method: "the page can only be read"
      }
    }
  }

  package let token: String

  package init(token: String = Gate.unguessable()) { self.token = token }

  package func verdict(_ head: RequestHead) -> Verdict {
    guard let host = head["host"], Gate.isLoopback(host) else { return .refused(.host) }
    let parts = head.path.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: true)
    guard let first = parts.first, isSecret(Array(first.utf8), Array(token.utf8)) else { return .refused(.unknown) }
    guard head.method == "GET" || head.method == "HEAD" else { return .refused(.method) }
    switch head.path {
    case "/\(token)/": return .page
    case "/\(token)": return .moved(to: "/\(token)/")
    case "/\(token)/events": return head.method == "GET" ? .events : .refused(.method)
    default: return .refused(.unknown)
    }
  }

  private static func isLoopback(_ host: String) -> Bool {
    let name: Substring, port: Substring
    if host.hasPrefix("[") {
      guard let end = host.firstIndex(of: "]") else { return false }
      (name, port) = (host[...end], host[host.index(after: end)...])
    } else {
      name = host.prefix { $0 != ":" }
      port = host.dropFirst(name.count)
    }
    guard port.isEmpty || (port.hasPrefix(":") && (1...5).contains(port.dropFirst().count) && port.dropFirst().allSatisfy { $0.isASCII && $0.isNumber }) else { return false }
    return ["127.0.0.1", "localhost", "[::1]"].contains(name.lowercased())
  }

  /// 128 bits of the system's generator, as hexadecimal digits.
  package static func unguessable() -> String {
    var generator = SystemRandomNumberGenerator()
    return (0..<2).map { _ in
      let digits = String(generator.next() as UInt64, radix: 16)
      return String(repeating: "0", count: 16 - digits.count) + digits
    }.joined()
  }
}
