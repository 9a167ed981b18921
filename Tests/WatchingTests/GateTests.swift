import Testing
import Watching

/// Who may see the page.
@Suite struct GateTests {
  static let gate = Gate(token: "0123456789abcdef")

  static func head(_ line: String, host: String? = "127.0.0.1:8000", _ more: String = "") -> [UInt8] {
    Array("\(line) HTTP/1.1\r\n\(host.map { "Host: \($0)\r\n" } ?? "")\(more)\r\n".utf8)
  }

  static func verdict(_ bytes: [UInt8]) -> Gate.Verdict? {
    guard case .complete(let head) = RequestHead.read(bytes) else { return nil }
    return gate.verdict(head)
  }

  static let requests: [(String, String?, Gate.Verdict)] = [
    ("GET /0123456789abcdef/", "127.0.0.1:8000", .page),
    ("HEAD /0123456789abcdef/", "127.0.0.1:8000", .page),
    ("GET /0123456789abcdef/?from=mail", "localhost", .page),
    ("GET /0123456789abcdef/events", "LocalHost:9", .events),
    ("GET /0123456789abcdef/", "[::1]:8000", .page),
    ("GET /0123456789abcdef", "127.0.0.1:8000", .moved(to: "/0123456789abcdef/")),
    // The token.
    ("GET /", "127.0.0.1:8000", .refused(.unknown)),
    ("GET /0123456789abcdee/", "127.0.0.1:8000", .refused(.unknown)),
    ("GET /0123456789abcde/", "127.0.0.1:8000", .refused(.unknown)),
    ("GET /0123456789ABCDEF/", "127.0.0.1:8000", .refused(.unknown)),
    ("GET /events", "127.0.0.1:8000", .refused(.unknown)),
    ("POST /wrong/", "127.0.0.1:8000", .refused(.unknown)),
    // Other paths and methods.
    ("GET //0123456789abcdef/", "127.0.0.1:8000", .refused(.unknown)),
    ("GET /0123456789abcdef/../x.segue", "127.0.0.1:8000", .refused(.unknown)),
    ("GET /0123456789abcdef/events/", "127.0.0.1:8000", .refused(.unknown)),
    ("POST /0123456789abcdef/", "127.0.0.1:8000", .refused(.method)),
    ("OPTIONS /0123456789abcdef/events", "127.0.0.1:8000", .refused(.method)),
    ("HEAD /0123456789abcdef/events", "127.0.0.1:8000", .refused(.method)),
    // A name from elsewhere that leads here, whatever the token.
    ("GET /0123456789abcdef/", "evil.example:8000", .refused(.host)),
    ("GET /0123456789abcdef/", "127.0.0.1.evil.example", .refused(.host)),
    ("GET /0123456789abcdef/", "localhost.evil.example:8000", .refused(.host)),
    ("GET /0123456789abcdef/", "127.0.0.1:8000@evil.example", .refused(.host)),
    ("GET /0123456789abcdef/", "127.0.0.1:", .refused(.host)),
    ("GET /0123456789abcdef/", "0.0.0.0:8000", .refused(.host)),
    ("GET /0123456789abcdef/", "", .refused(.host)),
    ("GET /0123456789abcdef/", nil, .refused(.host)),
  ]

  @Test(arguments: requests.indices) func opensForWhoKnowsTheAddressAlone(_ index: Int) {
    let (line, host, expected) = Self.requests[index]
    #expect(Self.verdict(Self.head(line, host: host)) == expected)
  }

  @Test func twoHostsAreNone() { #expect(Self.verdict(Self.head("GET /0123456789abcdef/", "Host: localhost\r\n")) == .refused(.host)) }

  static let malformed = [
    "GET /\r\n\r\n", "GET http://localhost/ HTTP/1.1\r\n\r\n", "GET / HTTP/2\r\n\r\n", "GET  / HTTP/1.1\r\n\r\n", "hello\n\n", "GET / HTTP/1.1\r\nHost : localhost\r\n\r\n",
    "GET / HTTP/1.1\r\n: x\r\n\r\n", "GET / HTTP/1.1\r\nHost: a\r\n b\r\n\r\n", String(repeating: "x", count: 20_000),
  ]

  @Test(arguments: malformed) func whatIsNoRequestIsRefused(_ text: String) { #expect(RequestHead.read(Array(text.utf8)) == .malformed) }

  @Test func aRequestIsReadWhenItIsWhole() {
    let bytes = Self.head("GET /0123456789abcdef/")
    for count in 0..<bytes.count { #expect(RequestHead.read(Array(bytes[..<count])) == .incomplete) }
    #expect(Self.verdict(bytes + [0xFF, 0x0A]) == .page)
    #expect(RequestHead.read([0xFF, 0x0A, 0x0A]) == .malformed)
  }

  @Test func tokensAreLongAndNotTheSame() {
    let tokens = (0..<100).map { _ in Gate.unguessable() }
    #expect(Set(tokens).count == 100)
    #expect(tokens.allSatisfy { $0.count == 32 && $0.allSatisfy(\.isHexDigit) })
  }
}
