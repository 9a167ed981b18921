import Commands
import Foundation
import Language
import LanguageServer
import Testing
import Workbench

@Suite struct LanguageServerTests {
  static let data = "streets = load dataset streets\n"

  @Test(arguments: [
    ("n = 25\n", []), ("frobnicate\n", ["0:0-0:10"]), ("x = 1\nfda streets beta=2\n", ["1:4-1:11"]), ("a = \"\u{1F6B2}\"\nb = \"\u{1F6B2}é\" 5\n", ["1:10-1:11"]),
    (data + "fda streets.source toward=streets.targt\n", ["1:26-1:39"]), ("# prose\nexpect 1 > 2\n#! 1 is not > 2\n", []), ("", []), ("x = 5\r\nexpect y > 1\r\n", ["1:7-1:8"]),
    ("# \u{1B}[31m\n", ["0:2-0:3"]),
  ]) func faultsAreThoseOfCheck(_ text: String, _ places: [String]) {
    let editor = Editor()
    editor.open(text)
    let found = editor.faults()
    #expect(found.map { $0.split(separator: " ").first.map(String.init) ?? "" } == places, "\(found)")
    let script = Script(text, DomainCommands.catalog.vocabulary)
    let right = Session.check(script, DomainCommands.catalog, .memory()) + script.unseenCharacters
    #expect(found.count == right.count && zip(found, right).allSatisfy { $0.contains($1.message.split(separator: "\n").first ?? "") })
  }

  /// A fault with one remedy offers it, and what it changes has that fault no more.
  @Test(arguments: [
    (data + "fda streets.source toward=streets.targt\n", "Change to streets.target", data + "fda streets.source toward=streets.target\n"),
    ("lod dataset\n", "Change to load", "load dataset\n"), ("# \u{1F6B2}\nn = 5 # \u{1F6B2}\nfmt\n", nil, nil), (data + "fda streets.source beta=2\n", nil, nil),
  ]) func mendsWhatHasOneRemedy(_ text: String, _ title: String?, _ mended: String?) throws {
    let editor = Editor()
    editor.open(text)
    editor.server.checkWaiting()
    let published = editor.news().last?["params"] as? [String: Any], diagnostics = published?["diagnostics"] as? [[String: Any]] ?? []
    let foreign: [String: Any] = ["range": diagnostics.first?["range"] ?? [:], "message": "theirs", "source": "other", "data": 5]
    let found = editor.ask("textDocument/codeAction", ["textDocument": ["uri": Editor.address], "range": foreign["range"] ?? [:], "context": ["diagnostics": diagnostics + [foreign]]])
    let actions = try #require(found["result"] as? [[String: Any]])
    #expect(actions.map { $0["title"] as? String } == (title.map { [$0] } ?? []), "\(diagnostics)")
    guard let mended else { return }
    let edits = ((actions[0]["edit"] as? [String: Any])?["changes"] as? [String: [[String: Any]]])?[Editor.address] ?? []
    #expect(edits.count == 1)
    let range = try #require(edits[0]["range"] as? [String: [String: Int]])
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { Array($0.utf16) }
    let line = try #require(range["start"]?["line"]), start = try #require(range["start"]?["character"]), end = try #require(range["end"]?["character"])
    lines[line].replaceSubrange(start..<end, with: Array((edits[0]["newText"] as? String ?? "").utf16))
    #expect(lines.map { String(decoding: $0, as: UTF16.self) }.joined(separator: "\n") == mended)
  }

  @Test func faultsFollowWhatIsTyped() {
    let editor = Editor()
    editor.open("frobnicate\n")
    #expect(editor.faults().count == 1)
    editor.change("n = 25\n", version: 2)
    #expect(editor.faults().isEmpty)
    editor.change("frobnicate\nfrobnicate\n", version: 3)
    editor.say("textDocument/didClose", ["textDocument": ["uri": Editor.address]])
    // What is closed has no faults any more.
    #expect(((editor.news().last?["params"] as? [String: Any])?["diagnostics"] as? [Any])?.isEmpty == true)
  }

  @Test(arguments: [
    ("lo|", ["load batch", "load dataset", "load weights"], "0:0-0:2"), (data + "fda bet|", ["beta="], "1:4-1:7"), (data + "fda str|", ["streets"], "1:4-1:7"),
    (data + "fda streets.s|", ["streets.source"], "1:4-1:13"), ("# wor|", [], ""), ("note = \"\u{1F6B2}\"\nfda \\\n  bet|", ["beta="], "2:2-2:5"),
    // Names that are given further down are not there yet.
    ("fda str|\n" + data, [], ""),
  ]) func completes(_ text: String, _ words: [String], _ range: String) throws {
    let answer = Editor().at(text, "textDocument/completion")
    let items = (answer as? [String: Any])?["items"] as? [[String: Any]] ?? []
    #expect(items.compactMap { $0["label"] as? String } == words, "\(items)")
    for item in items { #expect(Editor.words((item["textEdit"] as? [String: Any])?["range"]) == range) }
  }

  @Test(arguments: [
    ("fd|a", "fda", "swapping low frequencies"), (data + "fda streets.source bet|a=0.1", "[beta=0.01]", "half the window"), (data + "x = fda stre|ets.source", "streets = load dataset streets", "a dataset"),
    ("n = 25\n#> 25\nexpect n| > 2", "n = 25", "#> 25"), (data + "near = fda streets.source toward=streets.target beta=0.02\nshow nea|r", "near = fda", "beta 0.02"),
  ]) func hovers(_ text: String, _ first: String, _ second: String) {
    let answer = Editor().at(text, "textDocument/hover") as? [String: Any]
    let words = (answer?["contents"] as? [String: Any])?["value"] as? String ?? ""
    #expect(words.hasPrefix("```segue\n" + first) && words.contains(second), "\(words)")
  }

  @Test(arguments: [
    (data + "fda stre|ets.source", "0:0-0:7"), ("n = 1\nn = 2\nm = 3\nexpect n| > 1\nn = 4", "1:0-1:1"), ("load dataset\nfda data|set1.source", "0:0-0:12"), ("n| = 1", "0:0-0:1"),
    ("expect nothing| > 1", "?"), ("fd|a", "?"), ("# n|\nn = 1", "?"),
  ]) func finds(_ text: String, _ range: String) {
    let answer = Editor().at(text, "textDocument/definition") as? [String: Any]
    #expect(Editor.words(answer?["range"]) == range)
  }

  @Test(arguments: [("n   =  25\n", "n = 25\n"), ("n = 25\n", nil), ("frobnicate x=1\n", nil), ("# prose\n\nx = 50%  # why", "# prose\n\nx = 50% # why\n")])
  func formats(_ text: String, _ formatted: String?) throws {
    let editor = Editor()
    editor.open(text)
    let edits = try #require(editor.ask("textDocument/formatting", ["textDocument": ["uri": Editor.address], "options": [:]])["result"] as? [[String: Any]])
    let expected = formatted.map { _ in Script(text, DomainCommands.catalog.vocabulary).formatted(DomainCommands.catalog) }
    #expect(edits.first?["newText"] as? String == expected && edits.count == (formatted == nil ? 0 : 1))
    if let formatted { #expect(expected?.hasPrefix(formatted.split(separator: "\n").first ?? "") == true) }
  }

  @Test func messagesOutOfTurn() {
    let editor = Editor(initialized: false)
    func code(_ answer: [String: Any]) -> Int? { (answer["error"] as? [String: Any])?["code"] as? Int }
    #expect(code(editor.ask("textDocument/hover", [:])) == -32002)
    #expect((editor.ask("initialize", [:])["result"] as? [String: Any])?["capabilities"] != nil)
    #expect(code(editor.ask("textDocument/hover", [:])) == -32602)
    #expect(code(editor.ask("workspace/unknown", [:])) == -32601)
    #expect(editor.server.take(Array("not json".utf8)))
    #expect(code(editor.news().first ?? [:]) == -32700)
    // Said, not asked: no answer.
    editor.say("$/cancelRequest", ["id": 1])
    editor.say("textDocument/didOpen", ["nothing": 1])
    #expect(editor.news().isEmpty)
    #expect(editor.ask("textDocument/hover", ["textDocument": ["uri": "file:///closed"], "position": ["line": 0, "character": 0]])["result"] is NSNull)
    #expect(editor.ask("shutdown", [:])["result"] is NSNull)
    #expect(!editor.say("exit", [:]))
  }

  @Test(arguments: [
    ([0], "Content-Length: 2\r\n\r\n{}", ["{}"]), ([7], "Content-Length: 2\r\nContent-Type: x; charset=utf-8\r\n\r\n{}", ["{}"]),
    ([1], "content-length:2\r\n\r\n[]Content-Length: 4\r\n\r\nnull", ["[]", "null"]), ([1], "Content-Length: 2\r\n\r\n{", []),
  ]) func messagesComeInParts(_ size: [Int], _ bytes: String, _ messages: [String]) throws {
    var stream = MessageStream(), found: [String] = []
    let all = Array(bytes.utf8), step = size[0] == 0 ? all.count : size[0]
    for start in stride(from: 0, to: all.count, by: step) {
      stream.add(all[start..<min(start + step, all.count)])
      while let message = try stream.next() { found.append(String(decoding: message, as: UTF8.self)) }
    }
    #expect(found == messages)
  }

  @Test(arguments: ["GET / HTTP/1.1\r\nHost: x\r\n\r\n", "nonsense\r\n\r\n", "Content-Length: many\r\n\r\n", "Content-Length: -1\r\n\r\n", "Content-Length: 99999999999\r\n\r\n", String(repeating: "x", count: 5000)])
  func whatIsNoMessageEnds(_ bytes: String) {
    var stream = MessageStream()
    stream.add(bytes.utf8)
    #expect(throws: MessageStream.Fault.self) { try stream.next() }
  }

  @Test(arguments: [
    ("file:///a/b.segue", "/a/b.segue"), ("file:///a%20b/%C3%A9.segue", "/a b/é.segue"), ("file://localhost/x", "/x"), ("untitled:Untitled-1", nil), ("file:///%FF", nil), ("file:///a%2", "/a%2"),
  ]) func addresses(_ address: String, _ path: String?) { #expect(FileAddress.path(address) == path) }

  @Test func positionsCountUTF16() {
    let text = DocumentText("é\u{1F6B2}x\r\n\ny", DomainCommands.catalog.vocabulary)
    for (line, character, offset) in [(0, 0, 0), (0, 1, 2), (0, 2, 2), (0, 3, 6), (0, 4, 7), (0, 99, 7), (1, 0, 9), (2, 0, 10), (2, 1, 11), (7, 0, 11), (-1, 0, 0), (0, -5, 0)] {
      #expect(text.offset(of: .init(line: line, character: character)) == offset, "\(line):\(character)")
    }
    #expect(text.position(of: 6) == .init(line: 0, character: 3) && text.position(of: 11) == .init(line: 2, character: 1) && text.position(of: 99) == text.end)
  }

  /// No prefix of any statement of the lessons, with any word at the cursor, is more than is understood.
  @Test func anyPrefixOfAStatementIsAnswered() throws {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("sessions/lessons")
    var count = 0
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() where name.hasSuffix(".segue") {
      let text = try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
      let editor = Editor()
      editor.open(text)
      _ = editor.faults()
      for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() where !line.hasPrefix("#") {
        for length in stride(from: 0, through: line.count, by: 3) {
          editor.open(String(line.prefix(length)))
          for method in ["completion", "hover", "definition"] {
            #expect(editor.ask("textDocument/" + method, ["textDocument": ["uri": Editor.address], "position": ["line": 0, "character": number % (length + 1)]])["error"] == nil)
            count += 1
          }
        }
      }
    }
    #expect(count > 3000)
  }
}
