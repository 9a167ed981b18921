import Console
import Foundation
import Glibc
import Rendering
import Synchronization
import Testing

/// The real terminal and libedit, on a pseudo-terminal whose other end the test holds.
///
/// One at a time: libedit and the terminal database below it have global state, as a process has one terminal.
@Suite(.serialized) struct EditingTerminalTests {
  /// Types keys to lines that are read one after the other, and gives them with the screen at the end.
  final class Conversation: Sendable {
    /// What the terminal's thread tells.
    final class Told: Sendable {
      let results = Mutex<[TypedLine]>([])
      let isOver = Mutex(false)
    }

    let keyboard: Int32
    let told = Told()
    private let isHungUp = Mutex(false)

    init(columns: Int, lines: Int, aids: @escaping @Sendable () -> LineAids) throws {
      var ends: (keyboard: Int32, line: Int32) = (-1, -1)
      var size = winsize(ws_row: 20, ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
      try #require(openpty(&ends.keyboard, &ends.line, nil, nil, &size) == 0)
      keyboard = ends.keyboard
      let line = ends.line
      Thread.detachNewThread { [told] in
        if let terminal = EditingTerminal(input: line, output: line, environment: ["TERM": "xterm", "HOME": "/nonexistent"]) {
          for _ in 0..<lines {
            let result = terminal.readLine(prompt: "segue> ", aids: aids())
            told.results.withLock { $0.append(result) }
          }
        }
        close(line)
        told.isOver.withLock { $0 = true }
      }
    }

    /// Hangs up, if that was not done, and waits until the terminal's thread has noticed.
    deinit { hangUp() }

    func hangUp() {
      if !isHungUp.withLock({ let before = $0; $0 = true; return before }) { close(keyboard) }
      for _ in 0..<10_000 where !told.isOver.withLock({ $0 }) { usleep(1000) }
    }

    func type(_ keys: String) { _ = Array(keys.utf8).withUnsafeBytes { write(keyboard, $0.baseAddress, $0.count) } }

    /// Reads into the screen until it is as wanted; false after ten seconds.
    func read(into screen: inout Screen, until wanted: (Screen) -> Bool) -> Bool {
      var buffer = [UInt8](repeating: 0, count: 4096)
      var partial: [UInt8] = []
      for _ in 0..<1000 {
        if wanted(screen) { return true }
        var request = pollfd(fd: keyboard, events: Int16(POLLIN), revents: 0)
        guard poll(&request, 1, 10) > 0 else { continue }
        let count = Glibc.read(keyboard, &buffer, buffer.count)
        guard count > 0 else {
          // The terminal's side is closed: its thread is about to say that it is over.
          usleep(1000)
          continue
        }
        partial += buffer[..<count]
        if let text = String(validating: partial, as: UTF8.self) {
          screen.write(text)
          partial = []
        }
      }
      return wanted(screen)
    }
  }

  static let aids: @Sendable () -> LineAids = {
    LineAids(
      completer: LineAssistantTests.Words(words: ["load", "train", "tracé", "日本"].map { Candidate($0) }),
      hint: { "fda beta=0.01".hasPrefix($0) && !$0.isEmpty ? String("fda beta=0.01".dropFirst($0.count)) : nil }, recent: ["first", "second 日本"],
      searchable: ["first", "second 日本"])
  }

  @Test(arguments: [
    ("load\r", "load"), ("héé\u{7F}l日本\r", "hél日本"), ("lo\t\r", "load "), ("tra\t\t\t\r", "tracé"), ("tra\t\u{1B}[Z\r", "tracé"),
    ("\u{1B}[A\r", "second 日本"), ("\u{1B}[A\u{1B}[A\r", "first"), ("\u{12}fir\r", "first"), ("\u{12}second\t!\r", "second 日本!"),
    ("abc\u{1}x\u{5}y\r", "xabcy"), ("one two\u{17}\r", "one "), ("abc\u{1B}[D\u{1B}[D\u{1B}[3~\r", "ac"), ("fd\u{1B}[C\r", "fda beta=0.01"),
    ("fd\u{6}!\r", "fda beta=0.01!"), ("one\u{1B}b\u{1B}[1;5Cx\r", "onex"), ("\u{1B}[200~a\tb\u{1B}[201~\r", "a  b"), ("日本\u{1B}[D\u{7F}\r", "本"),
    ("abc\u{12}\u{7}d\r", "abcd"), ("a\u{1B}[?64;1;4cb\r", "ab"), ("x\u{15}y\r", "y"),
  ])
  func keysMakeALine(_ keys: String, _ line: String) throws {
    let conversation = try Conversation(columns: 30, lines: 1, aids: Self.aids)
    var screen = Screen(size: TerminalSize(columns: 30, rows: 20))
    #expect(conversation.read(into: &screen) { $0.lines == ["segue>"] })
    conversation.type(keys)
    let shown = ("segue> " + line).replacing(/\ +$/, with: "")
    #expect(conversation.read(into: &screen) { conversation.told.isOver.withLock { $0 } && $0.lines == [shown] })
    #expect(conversation.told.results.withLock { $0 } == [.line(line)])
  }

  @Test func aLongLineWrapsAndIsEditedInItsMiddle() throws {
    let conversation = try Conversation(columns: 20, lines: 1, aids: { LineAids() })
    var screen = Screen(size: TerminalSize(columns: 20, rows: 20))
    let text = "0123456789日本日本日本日本0123456789"
    #expect(conversation.read(into: &screen) { $0.lines == ["segue>"] })
    conversation.type(text)
    #expect(conversation.read(into: &screen) { $0.lines == ["segue> 0123456789日", "本日本日本日本012345", "6789"] })
    conversation.type("\u{1}>")
    #expect(conversation.read(into: &screen) { $0.lines == ["segue> >0123456789日", "本日本日本日本012345", "6789"] && $0.cursor.row == 0 && $0.cursor.column == 8 })
    conversation.type("\r")
    #expect(conversation.read(into: &screen) { _ in conversation.told.isOver.withLock { $0 } })
    #expect(conversation.told.results.withLock { $0 } == [.line(">" + text)])
  }

  @Test func pastedLinesAreReadOneByOneAndControlDEnds() throws {
    let conversation = try Conversation(columns: 40, lines: 4, aids: { LineAids() })
    var screen = Screen(size: TerminalSize(columns: 40, rows: 20))
    #expect(conversation.read(into: &screen) { $0.lines == ["segue>"] })
    conversation.type("\u{1B}[200~load\n  dataset\r\nfda\nrest\u{1B}[201~!\r\u{4}")
    let shown = ["segue> load dataset", "segue> fda", "segue> rest!", "segue>"]
    #expect(conversation.read(into: &screen) { conversation.told.isOver.withLock { $0 } && $0.lines == shown })
    #expect(conversation.told.results.withLock { $0 } == [.line("load dataset"), .line("fda"), .line("rest!"), .end])
  }

  @Test func aTerminalThatGoesAwayEndsTheLine() throws {
    let conversation = try Conversation(columns: 40, lines: 1, aids: { LineAids() })
    var screen = Screen(size: TerminalSize(columns: 40, rows: 20))
    #expect(conversation.read(into: &screen) { $0.lines == ["segue>"] })
    conversation.type("half a line")
    #expect(conversation.read(into: &screen) { $0.lines == ["segue> half a line"] })
    conversation.hangUp()
    #expect(conversation.told.results.withLock { $0 } == [.end])
  }

  @Test func aFileIsNoTerminal() {
    let file = open("/dev/null", O_RDWR)
    defer { close(file) }
    #expect(EditingTerminal(input: file, output: file, environment: ["TERM": "xterm"]) == nil)
  }
}
