import Console
import Glibc
import Rendering
import Testing

/// What the terminal answers, and where the prompt runs, decide how pictures are shown.
struct PictureDetectionTests {
  private static let kitty = "\u{1B}_Gi=31;OK\u{1B}\\", attributes = "\u{1B}[?62c", sixels = "\u{1B}[?62;4c"

  private static func program(_ name: String) -> String { "\u{1B}P>|\(name)\u{1B}\\" }

  /// The form that is found where a terminal has already sent these answers.
  private func form(_ answers: String, _ environment: [String: String]) throws -> PictureStyle.Form {
    var ends: (terminal: Int32, program: Int32) = (-1, -1)
    try #require(openpty(&ends.terminal, &ends.program, nil, nil, nil) == 0)
    defer {
      close(ends.terminal)
      close(ends.program)
    }
    // Answers are sequences, no lines, and are read as they come.
    var settings = termios()
    tcgetattr(ends.program, &settings)
    settings.c_lflag &= ~tcflag_t(ICANON | ECHO)
    tcsetattr(ends.program, TCSANOW, &settings)
    _ = Array(answers.utf8).withUnsafeBytes { write(ends.terminal, $0.baseAddress, $0.count) }
    let detection = PictureDetection(input: ends.program, output: ends.program, environment: environment)
    return detection.style(size: TerminalSize(columns: 80, rows: 24), others: { _ in }).form
  }

  @Test(arguments: [
    (kitty + attributes, PictureStyle.Form.kitty), (sixels, .sixel), (attributes, .blocks), ("", .blocks),
  ])
  func theTerminalIsAsked(_ answers: String, _ form: PictureStyle.Form) throws {
    #expect(try self.form(answers, ["TERM": "xterm-256color"]) == form)
  }

  /// Inside tmux kitty's pictures stand where characters stand that not all terminals know which know the pictures.
  @Test(arguments: [
    (kitty + program("kitty(0.28.1)") + attributes, PictureStyle.Form.kitty), (kitty + program("kitty(0.26.5)") + attributes, .blocks),
    (attributes + kitty + program("ghostty 1.1.0"), .kitty), (kitty + program("WezTerm 20240203") + attributes, .blocks),
    (kitty + attributes, .blocks), (sixels + program("tmux 3.5"), .sixel), (attributes, .blocks),
  ])
  func insideTmuxTheVersionCounts(_ answers: String, _ form: PictureStyle.Form) throws {
    #expect(try self.form(answers, ["TERM": "tmux-256color", "TMUX": "there"]) == form)
  }

  @Test(arguments: [PictureStyle.Form.kitty, .blocks, .words])
  func whatTheUserSaysHolds(_ said: PictureStyle.Form) throws {
    let environment = ["TERM": "tmux-256color", "TMUX": "there", "SEGUE_IMAGES": said.rawValue]
    #expect(try form(Self.kitty + Self.program("kitty(0.26.5)") + Self.attributes, environment) == said)
  }
}
