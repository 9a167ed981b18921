internal import Rendering

/// Answers as they go to a browser. None is kept by it, and none may be shown within another page.
enum Response {
  static func page(_ html: String, isHead: Bool) -> [UInt8] {
    // The page names its policy itself as well; this one alone can forbid that another page frames it.
    whole("200 OK", "text/html; charset=utf-8", Array(html.utf8), isHead: isHead, [("Content-Security-Policy", LivePage.policy + "; frame-ancestors 'none'")])
  }

  static func refusal(_ refusal: Gate.Refusal, isHead: Bool) -> [UInt8] {
    whole(refusal.rawValue, "text/plain; charset=utf-8", Array((refusal.words + "\n").utf8), isHead: isHead, refusal == .method ? [("Allow", "GET, HEAD")] : [])
  }

  static func moved(to path: String) -> [UInt8] { whole("308 Permanent Redirect", "text/plain; charset=utf-8", [], isHead: false, [("Location", path)]) }

  /// What events follow, until one side closes the connection.
  static let events = front("200 OK", "text/event-stream; charset=utf-8", []) + Array("retry: 1000\n\n".utf8)

  static func event(_ name: String, _ data: JSONText) -> [UInt8] { Array("event: \(name)\ndata: \(data.text)\n\n".utf8) }

  /// Says nothing, so that a side that has gone is noticed.
  static let heartbeat = Array(":\n\n".utf8)

  private static func whole(_ status: String, _ type: String, _ body: [UInt8], isHead: Bool, _ headers: [(String, String)]) -> [UInt8] {
    front(status, type, [("Content-Length", "\(body.count)")] + headers) + (isHead ? [] : body)
  }

  private static func front(_ status: String, _ type: String, _ headers: [(String, String)]) -> [UInt8] {
    let all = [("Content-Type", type)] + headers + [
      ("Cache-Control", "no-store"), ("X-Content-Type-Options", "nosniff"), ("Referrer-Policy", "no-referrer"), ("Cross-Origin-Resource-Policy", "same-origin"),
      ("Cross-Origin-Opener-Policy", "same-origin"), ("Connection", "close"),
    ]
    return Array("HTTP/1.1 \(status)\r\n\(all.map { "\($0): \($1)\r\n" }.joined())\r\n".utf8)
  }
}
