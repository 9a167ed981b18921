internal import Language
package import Rendering
package import Workbench

/// Where a long statement stands, on one line of a terminal that is written again and again, or on a pipe as a line for each milestone.
package struct ProgressLine {
  package enum Place: Sendable, Equatable {
    case terminal(columns: Int)
    case pipe
  }

  private let place: Place
  private let palette: Palette
  private var timeLeft = TimeLeft()
  private var shownAt: Double?
  private var isShown = false

  package init(_ place: Place, palette: Palette) {
    self.place = place
    self.palette = palette
  }

  /// For a terminal that may be resized: the line fits into `columns` from now on.
  package func fitted(columns: Int) -> ProgressLine {
    guard case .terminal = place else { return self }
    var other = ProgressLine(.terminal(columns: columns), palette: palette)
    (other.timeLeft, other.shownAt, other.isShown) = (timeLeft, shownAt, isShown)
    return other
  }

  /// What to write; nil where nothing is to be written now: on a terminal ten times a second at most, on a pipe only milestones.
  ///
  /// - Parameters:
  ///   - seconds: of any clock that only goes forward
  ///   - stopping: whether the statement was asked to stop
  package mutating func write(_ progress: Progress, at seconds: Double, stopping: Bool = false) -> String? {
    timeLeft.note(fraction: progress.fraction, at: seconds)
    switch place {
    case .pipe:
      guard progress.milestone else { return nil }
      let left = timeLeft.seconds.map { [TimeLeft.words($0) + " left"] } ?? []
      return ([progress.stage.escapedForTerminal()] + progress.figures.map { $0.styled.text } + left).joined(separator: "  ") + "\n"
    case .terminal(let columns):
      if let shownAt, seconds - shownAt < 0.1, !progress.milestone, !stopping { return nil }
      shownAt = seconds
      isShown = true
      return "\r" + palette.paint(line(progress, columns: columns - 1, stopping: stopping)) + "\u{1B}[K"
    }
  }

  /// What takes the line away, before something else is written.
  package mutating func clear() -> String {
    defer { isShown = false }
    return isShown ? "\r\u{1B}[K" : ""
  }

  /// The line for a place that is no terminal and shows it whenever it likes, such as a notebook.
  package mutating func text(_ progress: Progress, at seconds: Double, columns: Int, stopping: Bool = false) -> String {
    timeLeft.note(fraction: progress.fraction, at: seconds)
    return line(progress, columns: columns, stopping: stopping).text
  }

  /// Stage, bar, share, figures, time left. Where it is narrow the figures go first, then the bar.
  private func line(_ progress: Progress, columns: Int, stopping: Bool) -> StyledText {
    let stage = StyledText(progress.stage.escapedForTerminal(), .strong)
    let fraction = min(max(progress.fraction.isFinite ? progress.fraction : 0, 0), 1)
    let share = StyledText(" \(Int((fraction * 100).rounded(.down)))%".leftPadded(to: 5))
    let left: StyledText = timeLeft.seconds.map { StyledText("  \(TimeLeft.words($0)) left", .dim) } ?? ""
    let end: StyledText = stopping ? StyledText("  stopping …", .warning) : left
    var figures: [StyledText] = progress.figures.map { StyledText("  ") + $0.styled.joinedLines }
    var used = stage.width + 1 + share.width + end.width
    for text in figures { used += text.width }
    while used + 8 > columns, let last = figures.popLast() { used -= last.width }
    let bar = min(columns - used, 24)
    var line = stage
    if bar >= 4 { line += StyledText(" ") + Self.bar(fraction, columns: bar) }
    for text in [share] + figures + [end] { line += text }
    return line.clipped(to: columns)
  }

  private static func bar(_ fraction: Double, columns: Int) -> StyledText {
    let halves = Int((fraction * Double(columns * 2)).rounded(.down))
    let done = String(repeating: "━", count: halves / 2) + (halves % 2 == 1 ? "╸" : "")
    return StyledText(done, .command) + StyledText(String(repeating: "─", count: columns - done.count), .dim)
  }
}

extension String {
  fileprivate func leftPadded(to count: Int) -> String { String(repeating: " ", count: max(count - self.count, 0)) + self }
}
