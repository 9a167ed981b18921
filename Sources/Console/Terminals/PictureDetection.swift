internal import Glibc
internal import Imaging
package import Rendering

/// Finds out how a terminal shows pictures: what the user says in `SEGUE_IMAGES`, else what the environment tells, else what the terminal
/// answers within a fifth of a second.
package struct PictureDetection {
  private let input: Int32
  private let output: Int32
  private let environment: [String: String]

  package init(input: Int32, output: Int32, environment: [String: String]) {
    self.input = input
    self.output = output
    self.environment = environment
  }

  /// - Parameter others: gets the bytes that were no answer: keys typed meanwhile.
  package func style(size: TerminalSize, others: ([UInt8]) -> Void) -> PictureStyle {
    let insideTmux = environment["TMUX"] != nil || (environment["TERM"] ?? "").hasPrefix("tmux")
    var style = PictureStyle(
      .words, depth: TerminalColours.depth(environment), cell: cellFromSystem() ?? PixelSize(8, 16), rows: max(size.rows - 3, 4),
      insideTmux: insideTmux)
    let said = environment["SEGUE_IMAGES"].flatMap(PictureStyle.Form.init)
    if let said, said == .words || said == .blocks {
      style.form = said
      return style
    }
    let answers = asksPictures ? ask(insideTmux: insideTmux) : TerminalAnswers()
    others(answers.others)
    if let cell = answers.cell { style.cell = cell }
    style.form = said ?? form(answers, insideTmux: insideTmux, depth: style.depth)
    if insideTmux, said != .kitty, !Self.isPlacedByTmux(style.form, answers) { style.form = style.depth >= .indexed ? .blocks : .words }
    return style
  }

  /// tmux moves text about and draws it again later: a picture that it knows nothing of would stand somewhere else. Kitty's are text to it
  /// where the terminal knows the characters for them, and some builds of tmux draw sixels themselves.
  private static func isPlacedByTmux(_ form: PictureStyle.Form, _ answers: TerminalAnswers) -> Bool {
    switch form {
    case .iterm: false
    case .sixel: answers.sixel
    case .kitty: answers.placesByCharacters
    case .blocks, .words: true
    }
  }

  /// Programs that may print what they do not understand are not asked.
  private var asksPictures: Bool {
    let term = environment["TERM"] ?? ""
    let isScreen = term.hasPrefix("screen") && environment["TMUX"] == nil
    return !["", "dumb", "linux"].contains(term) && !isScreen && isatty(input) == 1 && isatty(output) == 1
  }

  private func form(_ answers: TerminalAnswers, insideTmux: Bool, depth: ColourDepth) -> PictureStyle.Form {
    if answers.kitty { return .kitty }
    let program = environment["TERM_PROGRAM"] ?? environment["LC_TERMINAL"] ?? ""
    if !insideTmux, program == "iTerm.app" || program == "iTerm2" { return .iterm }
    if answers.sixel { return .sixel }
    return depth >= .indexed ? .blocks : .words
  }

  /// A character's size from the kernel, where the terminal told it its size in pixels.
  private func cellFromSystem() -> PixelSize? {
    var size = winsize()
    guard ioctl(output, UInt(TIOCGWINSZ), &size) == 0, size.ws_xpixel > 0, size.ws_ypixel > 0, size.ws_col > 0, size.ws_row > 0 else {
      return nil
    }
    return PixelSize(Int(size.ws_xpixel / size.ws_col), Int(size.ws_ypixel / size.ws_row))
  }

  /// Asks, and reads until the answer to the last question, which every terminal answers. Inside tmux it is tmux that answers that one, and
  /// the questions about kitty and about its version go to the terminal outside, whose answers may come a little later, or, where tmux hands
  /// nothing on, never.
  private func ask(insideTmux: Bool) -> TerminalAnswers {
    var before = termios()
    guard tcgetattr(input, &before) == 0 else { return TerminalAnswers() }
    var quiet = before
    quiet.c_lflag &= ~tcflag_t(ICANON | ECHO)
    tcsetattr(input, TCSANOW, &quiet)
    defer { tcsetattr(input, TCSANOW, &before) }
    let outside = [TerminalAnswers.kittyQuestion, TerminalAnswers.programQuestion].map(Tmux.wrapped).joined()
    let aboutKitty = insideTmux ? outside : TerminalAnswers.kittyQuestion
    OutputFile.write(aboutKitty + TerminalAnswers.questions, to: output)
    var answers = TerminalAnswers()
    let deadline = monotonicNanoseconds() + 200_000_000
    var buffer = [UInt8](repeating: 0, count: 512)
    while !answers.isComplete || insideTmux && answers.program == nil {
      let left = (deadline - monotonicNanoseconds()) / 1_000_000
      var request = pollfd(fd: input, events: Int16(POLLIN), revents: 0)
      guard left > 0, poll(&request, 1, Int32(left)) > 0 else { break }
      let count = read(input, &buffer, buffer.count)
      guard count > 0 else { break }
      answers.feed(buffer[..<count])
    }
    answers.finish()
    return answers
  }
}
