import Console
import Language
import Rendering
import Testing

@Suite struct LineAssistantTests {
  @Test(arguments: [
    ("ctrl-r takes the newest", "epo\r", "run train epochs=25"),
    ("again, the older one", "epo\u{12}\r", "run train epochs=5"),
    ("again and again stays at the oldest", "epo\u{12}\u{12}\u{12}\r", "run train epochs=5"),
    ("backspace widens", "epochs=5\u{7F}\u{7F}\r", "run train epochs=25"),
    ("an arrow edits", "fda\u{6}", "edit fda beta=0.01"),
    ("escape gives up", "fda\u{1B}", "cancelled"),
    ("nothing found", "zzz\r", "cancelled"),
    ("capitals count where they are typed", "FDA\r", "cancelled"),
    ("case aside", "日本\r", "run show 日本"),
  ])
  func searching(_ what: String, _ keys: String, _ expected: String) {
    var search = HistorySearch(["train epochs=5", "fda beta=0.01", "train epochs=25", "fda beta=0.01", "show 日本"])
    var outcome = HistorySearch.Outcome.searching
    for scalar in keys.unicodeScalars {
      #expect(outcome == .searching)
      outcome = search.take(scalar)
    }
    let said = switch outcome {
    case .searching: "searching"
    case .run(let line): "run " + line
    case .edit(let line): "edit " + line
    case .cancelled: "cancelled"
    }
    #expect(said == expected, "\(what)")
  }

  struct Words: Completer {
    var words: [Candidate]
    func completion(of line: String, at cursor: Int) -> Completion {
      let before = String(decoding: Array(line.utf8)[..<cursor], as: UTF8.self)
      let start = before.lastIndex(of: " ").map { before.utf8.distance(from: before.startIndex, to: before.index(after: $0)) } ?? 0
      let typed = String(decoding: Array(before.utf8)[start...], as: UTF8.self)
      return Completion(range: .init(start, cursor), candidates: words.filter { $0.text.hasPrefix(typed) })
    }
  }

  static func terminal(_ keys: String, words: [String], columns: Int = 60) -> (TypedLine, ScriptedTerminal) {
    let terminal = ScriptedTerminal(typing: keys, size: TerminalSize(columns: columns, rows: 12))
    let aids = LineAids(completer: Words(words: words.map { Candidate($0) }))
    return (terminal.readLine(prompt: "> ", aids: aids), terminal)
  }

  @Test(arguments: [
    ("lo\t\r", "load "),
    ("x lo\t\r", "x load "),
    ("t\tx\r", "tx"),
    ("tr\t\r", "tra"),
    ("tra\t\t\r", "train"),
    ("tra\t\t\t\r", "tracé"),
    ("tra\t\t\t\t\r", "train"),
    ("tra\t\u{1B}[Z\r", "tracé"),
    ("tra\t\t x\r", "train x"),
    ("é\t\r", "équipe "),
    ("lo b\u{1B}[D\u{1B}[D\t\r", "load b"),
    ("zzz\t\r", "zzz"),
  ])
  func tabWritesWhatIsCertainThenWalksThroughTheRest(_ keys: String, _ line: String) {
    #expect(Self.terminal(keys, words: ["load", "train", "tracé", "test", "équipe"]).0 == .line(line))
  }

  @Test func tiesAreListedBelowUntilAnotherKeyIsTyped() {
    let (_, listed) = Self.terminal("t\t", words: ["load", "train", "test"])
    // The script is over, so the line is finished; before that the list stood there.
    #expect(listed.written.contains("train"))
    let (result, after) = Self.terminal("t\te\r", words: ["load", "train", "test"])
    #expect(result == .line("te"))
    #expect(after.lines == ["> te"])
  }

  @Test func aLongListIsCutAndFollowsTheChoice() {
    let many = (10..<60).map { Candidate("word\($0)", help: "help") }
    let size = TerminalSize(columns: 30, rows: 10)
    var assistant = LineAssistant(prompt: "> ", aids: LineAids(completer: Words(words: many)))
    var line = EditedLine("w")
    if let replacement = assistant.tab(line) { line.apply(replacement) }
    #expect(line.text == "word")
    var below = assistant.view(line, size: size).below.map(\.text)
    #expect(below.count == 8 && below.first == "  word10  help" && below.last == "  … 43 more")
    for _ in 0..<20 { if let replacement = assistant.tab(line) { line.apply(replacement) } }
    #expect(line.text == "word29")
    below = assistant.view(line, size: size).below.map(\.text)
    #expect(below.contains("  word29  help"))
  }

  @Test func theRightArrowTypesTheHint() {
    let terminal = ScriptedTerminal(typing: "fd\u{1B}[C\r")
    let line = terminal.readLine(prompt: "> ", aids: LineAids(hint: { "fda beta=0.01".hasPrefix($0) ? String("fda beta=0.01".dropFirst($0.count)) : nil }))
    #expect(line == .line("fda beta=0.01"))
    #expect(terminal.lines == ["> fda beta=0.01"])
  }

  @Test(arguments: [
    ("one\u{3}", TypedLine.interrupted, ["> one^C"]), ("\u{4}", .end, [">"]), ("a\u{4}\r", .line("a"), ["> a"]), ("", .end, [">"]),
    ("\u{1B}[A\u{1B}[A\r", .line("first"), ["> first"]), ("\u{1B}[A\u{1B}[B\r", .line(""), [">"]),
    ("\u{12}fir\r", .line("first"), ["> first"]),
  ])
  func endingsAndHistory(_ keys: String, _ result: TypedLine, _ lines: [String]) {
    let terminal = ScriptedTerminal(typing: keys)
    #expect(terminal.readLine(prompt: "> ", aids: LineAids(recent: ["first", "second"], searchable: ["first", "second"])) == result)
    #expect(terminal.lines == lines)
  }

  @Test func pastedLinesRunOneAfterTheOther() {
    let terminal = ScriptedTerminal(typing: "\u{1B}[200~load\n  dataset\nfda\u{1B}[201~ x\r")
    #expect(terminal.readLine(prompt: "> ", aids: LineAids()) == .line("load dataset"))
    #expect(terminal.readLine(prompt: "> ", aids: LineAids()) == .line("fda x"))
  }
}
