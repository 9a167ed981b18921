import Foundation
import Language
import Rendering
import Testing
import Watching
import Workbench

/// The page over a real socket, on a port of the system's choosing.
@Suite struct ServingTests {
  private static let vocabulary = Catalog([]).vocabulary

  static func document(_ words: String...) -> Document {
    Document(source: "x.segue", items: words.map { .statement(Document.Cell("rounds = 1", vocabulary, display: .text("\($0)"))) })
  }

  /// A server with two statements, of which the second is evaluated.
  private final class Served {
    let board: Board
    let server: PageServer
    let token = "00112233445566778899aabbccddeeff"

    init() throws {
      board = try Board(source: "x.segue")
      board.change { ($0.document, $0.statements) = (ServingTests.document("one <b>", "two"), [.done, .running]) }
      server = try PageServer(board, gate: Gate(token: token))
    }
    deinit { server.stop() }

    func ask(_ line: String, host: String = "127.0.0.1") throws -> Browser {
      try Browser(server.port, "\(line) HTTP/1.1\r\nHost: \(host):\(server.port)\r\n\r\n")
    }
  }

  @Test func thePageIsServedWithItsPolicy() throws {
    let served = try Served(), text = try served.ask("GET /\(served.token)/").rest()
    #expect(served.server.address == "http://127.0.0.1:\(served.server.port)/\(served.token)/")
    #expect(text.hasPrefix("HTTP/1.1 200 OK\r\n"))
    let head = text.components(separatedBy: "\r\n\r\n")[0], body = text.components(separatedBy: "\r\n\r\n")[1]
    #expect(head.contains("Cache-Control: no-store") && head.contains("Referrer-Policy: no-referrer") && head.contains("X-Content-Type-Options: nosniff"))
    let policy = try #require(head.firstMatch(of: /Content-Security-Policy: (.*)/)).1
    #expect(policy.hasPrefix("default-src 'none'; img-src data:;") && policy.contains("connect-src 'self'") && policy.contains("frame-ancestors 'none'"))
    #expect(!policy.contains("script-src 'unsafe"))
    #expect(head.contains("Content-Length: \(body.utf8.count)"))
    // What export writes of each statement.
    let exported = HTMLDocument().page(served.board.shown.state.document)
    var page = LivePage()
    let fragments = page.content(of: served.board.shown.state.document).fragments
    #expect(fragments.count == 2)
    for fragment in fragments { #expect(exported.contains(fragment.html) && body.contains(fragment.html)) }
    #expect(try served.ask("HEAD /\(served.token)/").rest() == head + "\r\n\r\n")
  }

  static let refused: [(String, String, String)] = [
    ("GET /", "127.0.0.1", "404"), ("GET /00112233445566778899aabbccddeefe/", "127.0.0.1", "404"), ("GET /favicon.ico", "127.0.0.1", "404"),
    ("GET /00112233445566778899aabbccddeeff/", "evil.example", "403"), ("GET /00112233445566778899aabbccddeeff/events", "evil.example", "403"),
    ("POST /00112233445566778899aabbccddeeff/", "127.0.0.1", "405"), ("nonsense", "127.0.0.1", "400"),
  ]

  @Test(arguments: refused.indices) func othersAreRefused(_ index: Int) throws {
    let served = try Served(), (line, host, code) = Self.refused[index]
    let text = try served.ask(line, host: host).rest()
    #expect(text.hasPrefix("HTTP/1.1 \(code) ") && !text.contains("rounds") && text.contains("Cache-Control: no-store"))
  }

  @Test func theAddressWithoutItsLastSlashLeadsThere() throws {
    let served = try Served()
    #expect(try served.ask("GET /\(served.token)").rest().contains("Location: /\(served.token)/\r\n"))
  }

  @Test func eventsBringWhatChanged() throws {
    let served = try Served(), browser = try served.ask("GET /\(served.token)/events"), other = try served.ask("GET /\(served.token)/events")
    #expect(browser.read { _ in browser.events.count == 1 } && other.read { _ in other.events.count == 1 })
    #expect(browser.text.contains("Content-Type: text/event-stream"))
    let first = try blocks(browser.events[0])
    #expect(first.map { $0["state"] as? String } == ["done", "running"] && first.allSatisfy { $0["html"] is String })
    // One statement is over; the other side of the page stays as it is.
    served.board.change { ($0.document, $0.statements, $0.words) = (Self.document("one <b>", "three"), [.done, .done], "Up to date") }
    #expect(browser.read { _ in browser.events.count == 2 } && other.read { _ in other.events.count == 2 })
    for listener in [browser, other] {
      let second = try blocks(listener.events[1])
      #expect(second.map { $0["state"] as? String } == ["done", "done"] && second[0]["key"] as? String == first[0]["key"] as? String)
      #expect(second[0]["html"] == nil && (second[1]["html"] as? String)?.contains("three") == true)
      #expect(listener.events[1].data["words"] as? String == "Up to date")
    }
    // A piece that was taken away and is there again is sent again.
    served.board.change { $0.document = Self.document("one <b>", "two") }
    #expect(browser.read { _ in browser.events.count == 3 })
    #expect((try blocks(browser.events[2])[1]["html"] as? String)?.contains("two") == true)
  }

  @Test func aBrowserThatGoesAwayLeavesTheOthersBe() throws {
    let served = try Served(), gone = try served.ask("GET /\(served.token)/events"), stays = try served.ask("GET /\(served.token)/events")
    #expect(gone.read { _ in gone.events.count == 1 } && stays.read { _ in stays.events.count == 1 })
    gone.close()
    for count in 2...4 {
      served.board.change { $0.words = "change \(count)" }
      #expect(stays.read { _ in stays.events.count == count } && stays.events.last?.data["words"] as? String == "change \(count)")
    }
    #expect(try served.ask("GET /\(served.token)/").rest().hasPrefix("HTTP/1.1 200"))
  }

  @Test func aRequestInPiecesIsOne() throws {
    let served = try Served(), browser = try Browser(served.server.port, "GET /\(served.token)/ HT")
    browser.send("TP/1.1\r\nHost: localhost\r\n")
    browser.send("\r\n")
    #expect(browser.rest().hasPrefix("HTTP/1.1 200"))
  }

  @Test func aPortInUseIsSaid() throws {
    let served = try Served(), port = served.server.port
    let fault = #expect(throws: Diagnostic.self) { try PageServer(try Board(source: "y.segue"), port: port) }
    #expect(fault?.message == "another program listens on port \(port)" && fault?.remedy?.contains("--port") == true)
  }

  @Test func aServerThatStoppedGivesItsPortBack() throws {
    let served = try Served(), browser = try served.ask("GET /\(served.token)/events")
    #expect(browser.read { _ in browser.events.count == 1 })
    served.server.stop()
    _ = browser.rest()
    let next = try PageServer(try Board(source: "y.segue"), port: served.server.port)
    #expect(next.port == served.server.port)
    next.stop()
  }

  private func blocks(_ event: (name: String, data: [String: Any])) throws -> [[String: Any]] {
    #expect(event.name == "page")
    return try #require(event.data["blocks"] as? [[String: Any]])
  }
}
