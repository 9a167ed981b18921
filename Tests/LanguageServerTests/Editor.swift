import Commands
import Foundation
import LanguageServer
import Synchronization
import Testing
import Workbench

/// An editor without a process: sends messages, and keeps what it was told.
final class Editor {
  private final class Told: Sendable { let messages = Mutex<[String]>([]) }
  private let told = Told()
  let server: LanguageServer
  private var asked = 0

  init(initialized: Bool = true) {
    let told = told
    server = LanguageServer(DomainCommands.catalog, surroundings: { _ in .memory() }, write: { message in told.messages.withLock { $0.append(message) } })
    if initialized { _ = ask("initialize", ["rootUri": "file:///session"]) }
  }

  /// What was told since it was last asked, each message with its length checked.
  func news() -> [[String: Any]] {
    told.messages.withLock { messages in
      defer { messages = [] }
      return messages.compactMap { message in
        guard let cut = message.range(of: "\r\n\r\n") else { return nil }
        let body = message[cut.upperBound...]
        #expect(message.hasPrefix("Content-Length: \(body.utf8.count)\r\n"))
        return (try? JSONSerialization.jsonObject(with: Data(body.utf8))) as? [String: Any]
      }
    }
  }

  @discardableResult
  func say(_ method: String, _ parameters: [String: Any], id: Any? = nil) -> Bool {
    var message: [String: Any] = ["jsonrpc": "2.0", "method": method, "params": parameters]
    if let id { message["id"] = id }
    return server.take(Array(try! JSONSerialization.data(withJSONObject: message)))
  }

  /// The answer, whole.
  func ask(_ method: String, _ parameters: [String: Any]) -> [String: Any] {
    asked += 1
    say(method, parameters, id: asked)
    return news().first { $0["id"] as? Int == asked } ?? [:]
  }

  static let address = "file:///session/x.segue"

  func open(_ text: String) { say("textDocument/didOpen", ["textDocument": ["uri": Editor.address, "languageId": "segue", "version": 1, "text": text]]) }
  func change(_ text: String, version: Int) { say("textDocument/didChange", ["textDocument": ["uri": Editor.address, "version": version], "contentChanges": [["text": text]]]) }

  /// What the check of what is open found: messages, each with its range as `line:character-line:character`.
  func faults() -> [String] {
    server.checkWaiting()
    let published = news().last { $0["method"] as? String == "textDocument/publishDiagnostics" }
    let diagnostics = (published?["params"] as? [String: Any])?["diagnostics"] as? [[String: Any]] ?? [["message": "nothing was published"]]
    return diagnostics.map { "\(Editor.words($0["range"])) \(($0["message"] as? String ?? "").split(separator: "\n").first ?? "")" }
  }

  static func words(_ range: Any?) -> String {
    guard let range = range as? [String: [String: Int]], let start = range["start"], let end = range["end"] else { return "?" }
    return "\(start["line"] ?? -1):\(start["character"] ?? -1)-\(end["line"] ?? -1):\(end["character"] ?? -1)"
  }

  /// The result of what is asked at `|` in a text.
  func at(_ text: String, _ method: String, checking: Bool = true) -> Any? {
    let lines = text.prefix { $0 != "|" }.split(separator: "\n", omittingEmptySubsequences: false)
    open(text.replacing("|", with: ""))
    if checking { _ = faults() }
    return ask(method, ["textDocument": ["uri": Editor.address], "position": ["line": lines.count - 1, "character": lines.last?.utf16.count ?? 0]])["result"]
  }
}
