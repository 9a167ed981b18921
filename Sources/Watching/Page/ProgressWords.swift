internal import Console
internal import Glibc
internal import Rendering
internal import Workbench

/// Where a long statement stands, in words beside a bar that the page draws. What is done at once shows none.
struct ProgressWords {
  /// Seconds before it appears, and between two updates.
  static let patience = 0.3, pause = 0.1

  private var line = ProgressLine(.pipe, palette: .none)
  private var began = ProgressWords.seconds()
  private var shown: Double?

  /// Nil where it is too early for another one.
  mutating func step(_ progress: Progress, now: Double = ProgressWords.seconds()) -> Board.Step? {
    // The line learns how long the work takes from all of them.
    let words = line.text(progress, at: now, columns: 100)
    guard now - began >= Self.patience, now - (shown ?? 0) >= Self.pause else { return nil }
    shown = now
    // The bar of the line is the page's.
    let plain = words.filter { $0 != "\u{2501}" && $0 != "\u{2578}" && $0 != "\u{2500}" }.split(separator: " ", omittingEmptySubsequences: true).joined(separator: " ")
    return Board.Step(fraction: min(max(progress.fraction.isFinite ? progress.fraction : 0, 0), 1), words: plain)
  }

  /// Of a clock that only goes forward.
  static func seconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
}
